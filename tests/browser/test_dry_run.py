"""Before prizes move: the office sees who and why, leaves it, or does it whole; a plan, and the sheets of a judge."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import speak_its_language
from tests.browser.marks import BROWSER

pytestmark = BROWSER


def levels(page, first: str, second: str) -> None:
    """So many first and second prizes in the form of the plan."""
    for at, (prize, number) in enumerate((("first", first), ("second", second))):
        page.select_option(f"#id_levels-{at}-prize", prize)
        page.select_option(f"#id_levels-{at}-kind", "count")
        page.fill(f"#id_levels-{at}-value", number)
    page.fill("#id_reason", "参赛作品增加")
    page.fill("#id_minutes", "组委会纪要 3 号")


def look(page) -> str:
    page.get_by_role("button", name="预览").click()
    page.wait_for_load_state()
    return page.inner_text("#preview")


def test_who_moves_is_seen_before_a_plan_or_a_sheet_counts(page, sign_in):
    page.set_default_timeout(15_000)
    sign_in("organiser")
    page.get_by_role("link", name=re.compile("区级选拔赛")).first.click()
    board = page.url
    page.goto(f"{board}plan/1/")
    levels(page, "1", "1")
    look(page)
    page.get_by_role("button", name="保存方案").click()
    page.wait_for_load_state()

    page.goto(f"{board}plan/1/")
    levels(page, "2", "3")
    shown = look(page)
    assert "名额由 1 个变为 2 个" in shown
    assert "二等奖" in shown
    moves = page.locator("#preview tbody tr th").all_inner_texts()
    page.get_by_role("link", name="取消").click()  # dropped
    assert "版本 2" not in page.inner_text("main")

    page.goto(f"{board}judging/")
    row = page.locator("tbody tr", has_text="评委乙")
    row.locator("th a").click()
    judge = page.url
    marks = page.locator("section table").first.inner_text()
    assert "已提交" in marks
    page.locator("summary.button", has_text="评分表停止计分").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("select").select_option("all")
    dialog.locator("input[type=text]").fill("与作者有亲属关系")
    dialog.locator("button[type=submit]").first.click()
    page.wait_for_load_state()
    assert "尚未作任何更改" in page.inner_text("main")
    assert page.locator("tbody tr th a").count()
    page.get_by_role("link", name="不作变动").click()
    assert page.url == judge
    assert page.locator("section table").first.inner_text() == marks
    assert moves
    in_its_language(page, judge)


def in_its_language(page, judge: str) -> None:
    """Done whole, and brought back, in the reader's own language; nothing stands in the way of who cannot see it."""
    page.goto("/")
    chosen = speak_its_language(page)
    page.goto(judge)
    words = ("评分表停止计分", "停止计分", "恢复不计分的评分表", "恢复计分", "重新加入")
    if chosen == "en":
        words = ("Set sheets aside", "Set aside", "Bring back the sheets that count no more", "Bring back", "Take back")
    page.locator("summary.button", has_text=words[0]).click()
    dialog = page.locator("dialog[open]")
    dialog.locator("select").select_option("all")
    dialog.locator("input[type=text]").fill("与作者有亲属关系")
    dialog.locator("button[type=submit]").first.click()
    page.wait_for_load_state()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name=words[1], exact=True).click()
    page.wait_for_load_state()
    page.get_by_role("button", name=words[2]).click()
    page.wait_for_load_state()
    page.get_by_role("button", name=words[3], exact=True).click()
    page.wait_for_load_state()
    page.get_by_role("button", name=words[4], exact=True).click()
    page.wait_for_load_state()
    assert page.locator("summary.button", has_text=words[0]).count() == 1

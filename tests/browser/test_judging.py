"""A judge's evening: marks that save themselves, a hall without a network, two windows, and the office that waits."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from awards.demo.accounts import DEMO_PASSWORD
from tests.browser.conftest import speak_its_language
from tests.browser.marks import BROWSER
from tests.browser.test_entering import sign_out
from tests.factories import halls

pytestmark = BROWSER
FOUR_DAYS_OLD = """() => {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith("laurel.judge."))) {
    const record = JSON.parse(localStorage[key]);
    localStorage[key] = JSON.stringify({ ...record, at: Date.now() - 4 * 24 * 3600 * 1000 });
  }
}"""


def give(page, *points: int) -> None:
    fields = page.locator("form[data-sheet] input[name^=mark-]")
    for at, one in enumerate(points):
        fields.nth(at).fill(str(one))


def begin(page) -> None:
    page.locator("main .toolbar a.button-next").click()
    page.locator("#desk[data-ready=yes]").wait_for()


def is_saved(page) -> None:
    page.locator("#desk[data-kind=saved]").wait_for()


def stored(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('laurel.judge.'))")


def test_a_mark_saves_itself_and_is_handed_in(page, pile):
    begin(page)
    give(page, 30, 45)
    is_saved(page)
    assert page.inner_text("[data-total]") == "75"
    page.reload()
    assert page.locator("input[name^=mark-]").first.input_value() == "30"
    page.get_by_role("button", name="提交", exact=True).click()
    is_saved(page)
    page.get_by_role("link", name="回执").click()
    assert "75" in page.inner_text("main")
    page.goto(pile)
    assert "1 / 20" in page.inner_text("main")
    assert stored(page) == []


def test_a_mark_out_of_range_stays_on_the_device_and_is_not_sent(page, pile):
    begin(page)
    give(page, 41)
    page.locator("#desk[data-kind=refused]").wait_for()
    page.fill("#comment", "思路清楚")
    page.reload()
    assert page.locator("input[name^=mark-]").first.input_value() == "41"
    assert page.input_value("#comment") == "思路清楚"
    give(page, 40)
    is_saved(page)
    assert stored(page) == []


def test_what_was_not_accepted_for_three_days_is_erased_and_said(page, pile):
    begin(page)
    give(page, 41)
    page.locator("#desk[data-kind=refused]").wait_for()
    page.goto(pile)
    page.locator("#desk[data-ready=yes]").wait_for()
    assert len(stored(page)) == 1
    page.evaluate(FOUR_DAYS_OLD)
    page.reload()
    page.locator("#desk[data-kind=refused]").wait_for()
    assert stored(page) == []


@pytest.mark.parametrize("page", [390], indirect=True)
def test_twenty_sheets_without_a_network_arrive_once_each(page, pile):
    page.get_by_role("button", name="存到本机").click()
    page.locator("#desk[data-kind=saved]").wait_for(timeout=120_000)
    sent: list[str] = []
    page.context.set_offline(True)
    page.locator("main .toolbar a.button-next").click()
    for number in range(halls.ENTRIES):
        page.locator("form[data-sheet]").wait_for()
        give(page, number, 50)
        page.get_by_role("button", name="提交", exact=True).click()
        page.locator(".action-bar a.button-next").click()
    page.wait_for_url(f"**{pile}")
    assert len(stored(page)) == halls.ENTRIES
    expect(page.locator("[data-row] [data-unsent]:visible")).to_have_count(halls.ENTRIES)
    page.on("response", lambda one: sent.append(one.url) if one.url.endswith("/submit/") and one.ok else None)
    page.context.set_offline(False)
    page.get_by_text("20 / 20").first.wait_for(timeout=120_000)  # the pile fetches itself anew once all is sent
    page.locator("#desk[data-ready=yes]").wait_for()
    assert len(sent) == len(set(sent)) == halls.ENTRIES
    assert stored(page) == []
    totals = [text.strip() for text in page.locator("tbody td.number").all_inner_texts()]
    assert sorted(int(text.split()[-1]) for text in totals) == list(range(50, 50 + halls.ENTRIES))


def test_two_windows_never_overwrite_each_other_silently(page, pile):
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#desk[data-ready=yes]").wait_for()
    give(page, 11)
    is_saved(page)
    give(other, 22)
    other.locator("dialog#two-versions[open]").wait_for()
    assert {"11", "22"} <= set(other.locator("[data-versions] td").all_inner_texts())
    other.locator("[data-choose=theirs]").click()
    assert other.locator("input[name^=mark-]").first.input_value() == "11"
    give(other, 23)
    is_saved(other)
    other.close()


def test_what_was_typed_after_the_session_ended_asks_for_the_pin(page, pile):
    begin(page)
    page.context.clear_cookies(name="sessionid")
    give(page, 17, 18)
    page.locator("dialog#desk-pin[open]").wait_for()
    page.fill("#desk-pin-field", DEMO_PASSWORD)
    page.locator("[data-pin] button[type=submit]").click()
    is_saved(page)
    page.reload()
    assert page.locator("input[name^=mark-]").first.input_value() == "17"


def test_signing_out_erases_what_the_device_kept(page, pile):
    page.get_by_role("button", name="存到本机").click()
    page.locator("#desk[data-kind=saved]").wait_for(timeout=120_000)
    assert page.evaluate("caches.keys().then((all) => all.filter((one) => one.includes('pages')).length)") == 1
    sign_out(page)
    assert page.evaluate("caches.keys().then((all) => all.filter((one) => !one.includes('shell')))") == []
    assert stored(page) == []


def test_what_is_finished_is_looked_at_once_more_and_handed_in_together(page, pile):
    begin(page)
    for _ in range(3):
        give(page, 20, 30)
        is_saved(page)
        page.locator("a[rel=next]").click()
        page.locator("#desk[data-ready=yes]").wait_for()
    page.goto(pile)
    page.get_by_role("link", name="提交已评完的3份").click()
    page.locator("tbody input[type=checkbox]").first.uncheck()
    page.get_by_role("button", name="提交所选").click()
    assert "2 / 20" in page.inner_text("main")


def test_who_knows_a_work_steps_back_and_it_is_gone(page, pile):
    begin(page)
    give(page, 20, 30)
    is_saved(page)
    number = page.inner_text("main .lead").split(" ")[0]
    page.get_by_text("我认识这件作品").click()
    page.fill("#id_reason", "是我同事的学生")
    page.get_by_role("button", name="我回避").click()
    page.wait_for_url(f"**{pile}")
    row = page.locator("tr", has_text=number)
    assert "回避" in row.inner_text()
    assert row.locator("a[data-work]").count() == 0


def test_nothing_stands_in_the_way_of_a_judge(page, pile):
    speak_its_language(page)
    for address in (pile, f"{pile}compare/", f"{pile}review/", f"{pile}answer/"):
        page.goto(address)
        assert Axe().run(page).violations_count == 0, address
    page.goto(pile)
    page.locator("main .toolbar a.button-next").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


# ---- the office, and the judge whom it invites


def test_from_an_invitation_to_the_first_sheet(page, sign_in, browser, server):
    """The office adds a judge and assigns; the judge opens the link, answers, and marks the first work."""
    sign_in("organiser")
    language = speak_its_language(page)
    page.goto("/")
    page.locator("main a[href^='/contests/']", has_text="演示" if language == "zh-hans" else "demo").first.click()
    contest = page.url.split("/contests/")[1].split("/")[0]
    page.goto(f"/contests/{contest}/judging/judges/")
    name = f"新评委{language}"
    page.fill("#id_name", name)
    page.locator("form", has=page.locator("#id_name")).locator("button[type=submit]").click()
    boxes = page.locator("tbody input[name=judge]:checked")
    assert boxes.count() == 1, "only who has no link yet is chosen by itself"
    page.locator("button[name=as][value=slips]").click()
    link = next(word for word in page.inner_text(".slip").split() if "/link/" in word or "/l/" in word)
    path = "/" + link.split("/", 3)[3]
    assert Axe().run(page).violations_count == 0

    judge = browser.new_context(viewport=page.viewport_size, base_url=server)
    judge.add_cookies([{"name": "language", "value": language, "url": server}])
    theirs = judge.new_page()
    theirs.goto(path)
    theirs.locator("main form button[type=submit]").first.click()
    theirs.locator("#id_pledge").check()
    theirs.fill("#id_pin", "730518")
    theirs.locator("main form.form button.button-next").click()
    theirs.wait_for_load_state()
    assert "/judging/" in theirs.url

    page.goto(f"/contests/{contest}/judging/assign/1/1/")
    column = page.locator("thead th").count() - 1
    page.locator(f"tbody tr >> nth=0 >> td >> nth={column - 1} >> button").click()
    assert page.locator(".messages .notice-ok").count() == 1
    theirs.reload()
    begin(theirs)
    give(theirs, 10, 10, 10, 10, 10)
    theirs.locator("[data-submit]").click()
    is_saved(theirs)
    judge.close()
    page.goto(f"/contests/{contest}/judging/")
    assert name in page.inner_text("main")
    assert Axe().run(page).violations_count == 0


def pairs_on(page) -> list[str]:
    """Row by row who has what; what could be added stands there only where a click adds."""
    shown = page.locator("table.table-board").inner_text().replace("◎", "●")
    return shown.replace("+", "").replace("★", "").split("\n")


def test_an_entry_moves_by_keyboard_and_is_undone(page, sign_in):
    """The board of pairs: choose, see what speaks against it, do it, undo it."""
    sign_in("organiser")
    page.get_by_role("link", name="演示").first.click()
    contest = page.url.split("/contests/")[1].split("/")[0]
    board = f"/contests/{contest}/judging/assign/1/1/"
    page.goto(board)
    before = pairs_on(page)
    page.goto(f"{board}?mode=move")
    page.locator("td a.button").first.press("Enter")
    page.wait_for_url("**pair=**")
    page.goto(f"{board}?mode=move")
    for one in [link.get_attribute("href") for link in page.locator("td a.button").all()]:
        page.goto(board + one.replace("#exchange", ""))
        if page.locator("#to option[value^=move]").count():
            break
    wanted = page.locator("#to option[value^=move]").first.get_attribute("value")
    page.select_option("#to", wanted)
    page.locator("#exchange form button").press("Enter")
    page.wait_for_url("**to=**")
    assert pairs_on(page) == before
    page.locator("#exchange form button").press("Enter")
    page.wait_for_url("**undo=**")
    assert pairs_on(page) != before
    page.get_by_role("button", name="撤销", exact=True).click()
    page.wait_for_load_state()
    page.goto(board)
    assert pairs_on(page) == before


def open_swap(page, board: str) -> None:
    """The first assignment that may be given for another one, by clicks. What somebody has begun is refused in words."""
    page.goto(f"{board}?mode=move")
    for chosen in [link.get_attribute("href") for link in page.locator("td a.button").all()]:
        page.goto(board + chosen.replace("#exchange", ""))
        swaps = page.locator("td a.button[href*='to=swap']")
        if swaps.count():
            swaps.first.click()
            page.wait_for_url("**to=swap**")
            if page.locator("#exchange button[value^=swap]").count():
                return
    raise AssertionError("Nothing can be swapped here.")


def test_two_judges_swap_two_entries_and_it_is_undone(page, sign_in):
    """Told before it is done who then has what; done, exactly these two entries have changed hands; undone, none."""
    sign_in("organiser")
    page.get_by_role("link", name="演示").first.click()
    contest = page.url.split("/contests/")[1].split("/")[0]
    board = f"/contests/{contest}/judging/assign/2/1/"
    page.goto(board)
    before = pairs_on(page)
    open_swap(page, board)
    told = page.locator("#exchange li").all_inner_texts()
    assert len(told) == 2 and all("→" in one for one in told)
    numbers = {one.split()[0] for one in told}
    assert pairs_on(page) == before  # it is only told
    page.get_by_role("button", name="对换", exact=True).click()
    page.wait_for_url("**undo=**")
    page.goto(board)
    changed = {line.split()[0] for line, was in zip(pairs_on(page), before, strict=True) if line != was}
    assert changed == numbers
    page.go_back()
    page.get_by_role("button", name="撤销", exact=True).click()
    page.wait_for_load_state()
    page.goto(board)
    assert pairs_on(page) == before

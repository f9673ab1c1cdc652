"""Practice in a real browser: the office puts a work in, judges mark it, and one sees how they marked beside the others."""

import re
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe

from judging.services.practice import FEWEST
from tests.browser.conftest import TOKEN, built, sign_in_as, speak_its_language
from tests.browser.marks import BROWSER
from tests.competition.inspection.samples import pdf
from tests.factories import halls

pytestmark = BROWSER
WORK = "T1 往年作品"
COMPARISON = "查看试评比较"
PRACTISE = re.compile(r"/judging/\w+/practice/\w+/")


@pytest.fixture(scope="module")
def practising(desk):
    """A hall of its own: the piles of its judges, each judge once."""
    return zip(count(1), built(desk, halls.PRACTICE), strict=False)


@pytest.fixture
def office(browser, page, server, practising):
    """The office at its own desk, on the page of practice. There is none before and none afterwards."""
    context = browser.new_context(viewport=page.viewport_size, base_url=server)
    context.add_cookies([{"name": "language", "value": "zh-hans", "url": server}])
    desk = context.new_page()
    sign_in_as(desk, halls.PRACTICE)
    desk.goto("/")
    desk.get_by_role("link", name="大厅评审practice").first.click()
    desk.goto(f"{desk.url}judging/practice/1/1/")
    desk.get_by_role("button", name="开设试评").click()
    yield desk
    desk.locator("main summary.button", has_text="取消试评").click()
    desk.locator("dialog[open] button[type=submit]").first.click()
    desk.get_by_role("button", name="开设试评").wait_for()
    context.close()


def test_judges_practise_and_one_sees_how_they_marked_beside_the_others(page, office, practising, browser, server):
    others, (number, pile) = [next(practising) for _ in range(FEWEST - 1)], next(practising)
    put_in(office)
    for at, (other, key) in enumerate(others):
        hand_in(browser, server, other, key, 20 + at, 40)

    sign_in_as(page, halls.username(number, halls.PRACTICE))
    page.goto(f"/judging/{pile}/")
    page.get_by_role("link", name=WORK).click()
    page.fill("#mark-1", "41")
    page.get_by_role("button", name="提交试评").click()
    page.locator(".notice-refused").wait_for()
    assert page.input_value("#mark-1") == "41", "refused, and what was typed stands"
    page.fill("#mark-1", "30")
    page.fill("#mark-2", "50")
    page.context.set_offline(True)
    page.locator("[data-offline]").wait_for()
    assert page.get_by_role("button", name="提交试评").is_disabled()
    page.context.set_offline(False)
    page.locator("[data-offline]").wait_for(state="hidden")
    page.get_by_role("button", name="提交试评").click()
    page.wait_for_url(f"**/judging/{pile}/")
    assert "0 / 3" in page.inner_text("main"), "practice counts as no work of the pile"
    assert page.get_by_role("link", name=COMPARISON).count() == 0

    office.reload()
    assert "80" in office.inner_text("section[aria-labelledby=grid]")
    office.get_by_role("button", name="公布比较").click()
    office.locator("section[aria-labelledby=release] button", has_text="撤回").wait_for()

    page.reload()
    page.get_by_role("link", name=COMPARISON).click()
    shown = page.inner_text("main")
    assert "30" in shown and "21" in shown, "the own mark, and the median of three others"
    speak_its_language(page)
    page.reload()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def put_in(office) -> None:
    office.get_by_role("link", name="放入作品").click()
    office.fill("#id_title", "往年作品")
    office.fill("#id_abstract", "一份已获准使用的往年作品。")
    office.set_input_files("#id_added", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(("Mars",))})
    office.get_by_role("button", name="保存").click()
    office.get_by_role("link", name=WORK).wait_for()


def hand_in(browser, server: str, number: int, pile: str, *points: int) -> None:
    """A judge elsewhere, by requests alone."""
    context = browser.new_context(base_url=server)
    sign_in_as(context.new_page(), halls.username(number, halls.PRACTICE))
    address = PRACTISE.search(context.request.get(f"/judging/{pile}/").text())[0]
    marks = {f"mark-{at}": str(one) for at, one in enumerate(points, 1)}
    token = TOKEN.search(context.request.get(address).text())[1]
    answer = context.request.post(address, form={**marks, "do": "submit", "csrfmiddlewaretoken": token})
    assert answer.url.endswith(f"/judging/{pile}/")
    context.close()

"""The committee's deliberation after the ranking: the door is opened, a move proposed, voted on, explained, taken back."""

import pytest

from tests.browser.conftest import speak_its_language
from tests.browser.marks import BROWSER
from tests.browser.test_entering import faults_on
from tests.browser.test_papers import PAST

pytestmark = BROWSER
MINUTES = "评委会纪要〔2017〕7号"


def open_decision(page, board: str) -> None:
    """The published list is taken back to be decided anew, unless it was by the other width."""
    page.goto(f"{board}awards/")
    if page.locator("#amend summary").count():
        page.locator("#amend summary").click()
        page.locator("dialog[open] #id_reason").fill("评委会合议")
        page.locator("dialog[open] button[type=submit]").first.click()
        page.wait_for_load_state()
        page.get_by_role("button", name="计算排名并拟定获奖名单").click()
        page.wait_for_load_state()


def ranked(page, prize: str) -> tuple[str, str]:
    """Number and address of the last entry with this prize in the first group."""
    rows = page.locator("section[aria-labelledby=ranking] tbody tr", has=page.locator(".prize", has_text=prize))
    cell = rows.last.locator("th a")
    return cell.inner_text(), cell.get_attribute("href")


@pytest.fixture(scope="module")
def ruled(desk):
    """The past contest as if it had allowed moves before its first lock: afterwards nobody can."""
    said = "from competition.models import Contest; past = Contest.objects.get(label_zh__startswith='第九届'); \
past.settings |= {'move_majority': 'half', 'move_minutes': '组委会纪要〔2017〕2号'}; past.save()"
    desk.run("shell", "-c", said)


def propose(page, entry: str, to: str, other: str = "", other_to: str = "") -> None:
    page.fill("#id_entry", entry)
    page.select_option("#id_to", to)
    page.fill("#id_other", other)
    page.select_option("#id_other_to", other_to)
    page.fill("#id_reason", "合议认为创新性更突出")
    page.get_by_role("button", name="提出", exact=True).click()
    page.wait_for_load_state()


def vote(page, card, **numbers: int) -> None:
    for name in ("present", "in_favour", "against", "abstained", "recused"):
        card.locator(f"input[name={name}]").fill(str(numbers.get(name, 0)))
    card.locator("input[name=minutes]").fill(MINUTES)
    card.get_by_role("button", name="录入表决结果").click()
    page.wait_for_load_state()


def test_an_entry_is_moved_by_the_committee_and_moved_back(page, sign_in, ruled):
    page.set_default_timeout(15_000)
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    board = page.url
    open_decision(page, board)
    page.goto(f"{board}awards/")
    page.get_by_role("link", name="合议调整").click()

    down, _ = ranked(page, "一等奖")
    up, entry = ranked(page, "二等奖")
    page.locator("section[aria-labelledby=ranking] tbody tr", has_text=up).get_by_role("link", name="提出调整").click()
    assert page.input_value("#id_entry") == up
    propose(page, up, "first")
    assert "名额只有" in page.inner_text("main .notice-refused")
    assert page.input_value("#id_reason") == "合议认为创新性更突出"
    propose(page, up, "first", down, "second")
    card = page.locator("article.card-next")
    vote(page, card, present=7, in_favour=5, against=1)
    assert "票数不符" in page.inner_text("main .notice-refused")
    assert card.locator("input[name=minutes]").input_value() == MINUTES
    vote(page, card, present=7, in_favour=5, against=1, abstained=1)
    assert "表决通过" in page.inner_text("main")
    paper = page.get_by_role("link", name="合议记录").get_attribute("href")
    assert page.request.get(paper).body().startswith(b"%PDF")
    address = page.url.partition("#")[0]

    chinese = page.context.cookies()
    speak_its_language(page)
    assert faults_on(page, address) == []
    page.context.add_cookies(chinese)
    page.goto(entry)
    assert f"由二等奖调整为一等奖（会议纪要：{MINUTES}）" in page.inner_text("main")

    page.goto(address)
    page.locator("article", has_text=MINUTES).first.locator("summary", has_text="撤回").click()
    page.locator("dialog[open] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert "已撤回" in page.inner_text("main")
    page.goto(entry)
    assert "由二等奖调整为一等奖" not in page.inner_text("main")
    page.goto(address)
    assert page.locator("#id_majority").count() == 0, "a rule that was voted by stays"

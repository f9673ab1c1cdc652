"""双人复核 in two browsers at once: one proposes, the other approves, up to the public page and back to one person."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import speak_its_language
from tests.browser.marks import BROWSER
from tests.browser.test_day import confirm
from tests.browser.test_papers import PAST

pytestmark = BROWSER


@pytest.fixture
def second(page, browser, server, desk):
    """A page of the second person, who signed in with the link that the command printed."""
    name = f"second-{page.viewport_size['width']}"
    printed = desk.run("give_role", name, "approver", "--contest", PAST, "--person", "复核员孙某")
    link = printed.split()[-1]
    context = browser.new_context(viewport=page.viewport_size, base_url=server)
    context.add_cookies([{"name": "language", "value": "zh-hans", "url": server}])
    found = context.new_page()
    found.set_default_timeout(30_000)
    found.goto(link[link.index("/link/") :])
    found.locator("main button[type=submit]").first.click()
    found.wait_for_load_state()
    yield found
    context.close()


def approve(second, step: str) -> None:
    """What waits, as the second person finds it from the start page."""
    second.goto("/?from=sign-in")
    if second.get_by_role("link", name=PAST).count():
        second.get_by_role("link", name=PAST).first.click()
    second.get_by_role("link", name=step, exact=True).first.click()
    confirm(second, "同意", "同意")
    assert "已同意并执行" in second.inner_text("main .messages")


def faults(page, *addresses: str) -> list[str]:
    """What axe finds on these pages, in the language of the screen."""
    found, was = [], page.context.cookies()
    page.goto("/")
    language = speak_its_language(page)
    for address in addresses:
        page.goto(address)
        assert page.get_attribute("html", "lang") == language
        found += [f"{address}: {one['id']}" for one in Axe().run(page).response["violations"]]
    page.context.add_cookies(was)
    return found


def test_one_proposes_and_the_other_approves(page, sign_in, second):
    page.set_default_timeout(30_000)
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    board = page.url
    page.locator("nav.tabs").get_by_role("link", name="双人复核").click()
    page.get_by_role("button", name="实行双人复核").click()
    page.wait_for_load_state()
    assert "自现在起实行双人复核" in page.inner_text("main .messages")
    page.goto(f"{board}awards/")
    page.locator("#amend summary").click()
    page.locator("dialog[open] #id_reason").fill("经核查更正名单")
    page.locator("dialog[open] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert "复核员孙某" in page.inner_text("main .card")
    approve(second, "收回名单，重新评定")
    page.goto(board)
    page.get_by_role("button", name="计算排名并拟定获奖名单").click()
    page.wait_for_load_state()
    confirm(page, "提请锁定名单", "提请锁定")
    assert "尚无任何改动" in page.inner_text("main .messages")
    page.goto(board)
    assert "查看：锁定名单" in page.inner_text("main .card-next")
    second.goto("/?from=sign-in")
    second.get_by_role("link", name=PAST).first.click()  # its award takes two persons with it, and stands beside it
    second.get_by_role("link", name="锁定名单", exact=True).first.click()
    assert faults(second, second.url, f"{board}two-persons/") == []
    approve(second, "锁定名单")
    page.goto(board)
    page.get_by_role("button", name="签发证书").click()
    page.wait_for_load_state()
    confirm(page, "提请发布", "提请发布")
    approve(second, "发布名单")
    page.goto(board.replace("/contests/", "/results/"))
    assert "经核查更正名单" in page.inner_text("#versions")
    page.goto(f"{board}two-persons/")
    page.locator("summary", has_text="停用双人复核").click()
    page.locator("dialog[open] #id_reason").fill("办公室只有一人")
    page.locator("dialog[open] button[type=submit]").first.click()
    page.wait_for_load_state()
    approve(second, "停用双人复核")
    page.goto(f"{board}two-persons/")
    assert "由一人办理" in page.inner_text("main")

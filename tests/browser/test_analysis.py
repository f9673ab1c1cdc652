"""The analysis opened, reviews reckoned, and where further ones would go: on a phone and on a desk."""

from tests.browser.marks import BROWSER
from tests.browser.test_entering import serious_faults

pytestmark = BROWSER
PAST = "第九届滁州市青少年科技创新大赛"


def test_reviews_are_reckoned_from_how_the_edition_was_judged(page, sign_in):
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    page.locator("nav.tabs").get_by_role("link", name="排名").click()
    page.wait_for_load_state()
    shut = page.locator("details:has(button[name=open])")
    if shut.count():  # on the other screen it was opened already
        shut.locator("summary").click()
        shut.locator("button").click()
    else:
        page.locator("main a[href$='/analysis/']").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="评审份数测算").click()
    page.fill("#id_wanted", "85")
    page.get_by_role("button", name="测算").click()
    page.wait_for_load_state()
    assert page.locator("figure.chart svg").is_visible()
    assert page.locator("figure.chart tbody tr").count() == 9
    assert "位评委" in page.inner_text("main")
    page.get_by_role("link", name="临界复评").click()
    page.wait_for_load_state()
    assert not page.get_by_role("button", name="查看安排方案").count(), "after judging there is nothing to add"
    page.go_back()
    assert not serious_faults(page, ["a[href$='/analysis/borderline/']"])

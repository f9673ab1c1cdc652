"""The committee votes on its phones: three members by their links, one ballot each, and the next round after the first."""

import re

import pytest

from tests.browser.conftest import built, sign_in_as
from tests.browser.marks import BROWSER
from tests.factories.halls import ROOM

pytestmark = BROWSER
PHONE = {"width": 390, "height": 844}
ROUND_1 = {"甲": ["yes", "no", "no", "no"], "乙": ["yes", "yes", "no", "no"], "丙": ["yes", "no", "abstain", "no"]}
NAMES = [f"委员{name}" for name in ROUND_1]


@pytest.fixture
def device(browser, server):
    """Makes a device of its own: a phone, unless a width is said."""
    made = []

    def make(**more):
        context = browser.new_context(viewport=PHONE, base_url=server, **more)
        context.add_cookies([{"name": "language", "value": "zh-hans", "url": server}])
        made.append(context)
        page = context.new_page()
        page.set_default_timeout(12_000)
        return page

    yield make
    for context in made:
        for page in context.pages:
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        context.close()


def convene(office, room: str) -> dict[str, str]:
    """The office names three members, opens the meeting and notes who is there. The link of each."""
    links = {}
    office.goto(room)
    for name in NAMES:
        office.fill("#id_name", name)
        office.get_by_role("button", name="添加委员").click()
    for name in NAMES:
        office.goto(room)
        office.locator("li.row", has_text=name).get_by_role("button", name="个人链接").click()
        links[name] = re.search(r"/link/[^\s（(]+", office.inner_text("main .slip"))[0]
    office.goto(room)
    for name, value in (("chair", "周主任"), ("chief_scrutineer", "郑监票"), ("tellers", "冯计票")):
        office.fill(f"#id_{name}", value)
    office.fill("#id_held_on", "2026-05-01")
    office.get_by_role("button", name="开始会议").click()
    for name in NAMES:
        office.get_by_label(name, exact=True).check()
    office.get_by_role("button", name="保存到会情况").click()
    return links


def open_round(office, room: str) -> None:
    office.goto(room)
    office.select_option("#id_way", "phone")
    office.get_by_role("button", name="开始表决").click()
    office.wait_for_load_state()


def choose(phone, choices: list[str]) -> None:
    fields = phone.locator("main fieldset")
    assert fields.count() == len(choices)
    for place, choice in enumerate(choices):
        fields.nth(place).locator(f"input[value={choice}]").check()


def cast(phone) -> None:
    phone.get_by_role("button", name="投票", exact=True).click()
    phone.wait_for_load_state()


def counts(page) -> list[str]:
    """Of each nominee as the round's page shows them; without them what it shows instead."""
    return [" ".join(row.split()) for row in page.locator("#round tbody tr").all_inner_texts()]


def test_three_members_vote_on_their_phones(device, browser, server, desk):
    [award] = built(desk, ROOM)
    room, vote = f"/awards/{award}/ballots/", f"/awards/{award}/vote/"
    office = device()
    sign_in_as(office, ROOM)
    links = convene(office, room)
    phones = {}
    for name in NAMES:
        phones[name] = device()
        phones[name].goto(links[name])
        phones[name].locator("main button[type=submit]").first.click()
        phones[name].wait_for_load_state()
    stranger = device()
    stranger.goto(links[NAMES[0]])
    assert not stranger.locator("main button[type=submit]").count()  # it signs in once

    open_round(office, room)
    one, two, three = phones.values()
    for phone in phones.values():
        phone.goto(vote)
    second = device(storage_state=one.context.storage_state())
    second.goto(vote)
    for phone in (one, second):
        choose(phone, ROUND_1["甲"])
    cast(one)
    assert "您已投票" in one.inner_text("main")
    cast(second)
    assert "另一台设备" in second.inner_text("main")

    wall = office.context.new_page()  # shown to the room: it follows by itself
    for page in (office, wall):
        page.goto(f"{room}1/")
        assert "1 / 3" in page.inner_text("#round") and "得票" not in page.inner_text("#round")
    office.goto(room)
    assert not office.get_by_role("button", name="开始表决").count()
    for phone, name in ((two, "乙"), (three, "丙")):
        choose(phone, ROUND_1[name])
        cast(phone)
    wall.locator("#round", has_text="3 / 3").wait_for(timeout=15_000)
    office.goto(f"{room}1/")
    office.get_by_role("button", name="结束本轮表决").click()
    office.wait_for_load_state()
    fixed = counts(office)
    assert "当选" in fixed[0] and not any("当选" in one for one in fixed[1:])

    open_round(office, room)
    office.goto(f"{room}1/")
    assert counts(office) == fixed
    one.goto(vote)
    assert one.locator("main fieldset").count() == 3
    text = office.inner_text("main")
    assert all(name in text for name in NAMES) and "各委员的投票" not in text

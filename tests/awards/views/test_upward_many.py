"""Sending entries up from a list of many pages: what is ticked on another page is neither lost nor sent unseen."""

import re

import pytest
from django.test import Client

from awards.services.lists import lock_list
from competition.models import Forwarding, Quota
from tests.awards.views.test_upward import above, address
from tests.factories.contests import decided
from tests.factories.noticing import NOW, account, client_of, consent, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    """100 entries: two pages of fifty."""
    sender = decided(small({f"A{number:03}": (number, number, number) for number in range(1, 101)}))
    lock_list(contest=sender, by=None, at=NOW)
    sender.refresh_from_db()
    return sender, above(sender, most=60), client_of(office_of(sender))


def numbers(text: str) -> dict[str, bool]:
    """What the page shows that may be ticked: number -> whether it is."""
    boxes = re.findall(r'name="entry" value="\w{26}" aria-label="(\w+)"( checked)?>', text)
    return {number: bool(checked) for number, checked in boxes}


def shown(client: Client, sender, higher, query: str = "") -> dict[str, bool]:
    return numbers(client.get(address("upward-to", sender, higher) + query).content.decode())


def send(client: Client, sender, higher, query: str, ticked: set[str], **more: str):
    """As the browser does: what stands on the page, and which of it is ticked."""
    url = address("upward-to", sender, higher) + query
    page = client.get(url)
    keys = {one.entry.number: one.entry.key for one in page.context["page"]}
    return client.post(url, said_by(page) | {"entry": [keys[one] for one in ticked], **more})


def said_by(page) -> dict[str, str]:
    """What the page knows of itself and of other pages."""
    return {"shown": page.context["shown"], "elsewhere": page.context["known_elsewhere"]}


def test_the_proposal_stands_on_all_pages_and_is_counted_over_them(many):
    page = many[2].get(address("upward-to", *many[:2]))
    assert len(page.context["page"]) == 50 and page.context["elsewhere"] == 10
    (cap,) = page.context["places"]
    assert (cap.most, cap.there, cap.ticked, cap.is_over) == (60, 0, 60, False)
    assert "60 件" in page.content.decode() and sum(shown(many[2], *many[:2], "?page=2").values()) == 10


def test_ticks_stay_while_one_turns_pages_and_searches_and_every_ticked_entry_goes_up_in_order(many):
    sender, higher, client = many
    first = set(shown(client, sender, higher)) - {"A100", "A099"}
    assert send(client, sender, higher, "", first, go="?page=2").url.endswith("?page=2")
    assert not Forwarding.objects.exists()
    second = {one for one, is_on in shown(client, sender, higher, "?page=2").items() if is_on}
    send(client, sender, higher, "?page=2", second | {"A001"}, go="?")
    assert shown(client, sender, higher)["A100"] is False and shown(client, sender, higher, "?page=2")["A001"] is True
    ticked = shown(client, sender, higher, "?only=ticked&size=100")
    assert len(ticked) == 59 and all(ticked.values())
    found = {one for one, is_on in shown(client, sender, higher, "?q=A09").items() if is_on}
    assert "A099" not in found and "A098" in found
    send(client, sender, higher, "?q=A09", found - {"A098"}, send="1")
    went = list(Forwarding.objects.order_by("entry__order").values_list("sent__number", flat=True))
    assert len(went) == 58 and {"A100", "A099", "A098"}.isdisjoint(went) and "A001" in went
    assert went[0] == "A097" and went[-1] == "A001"
    assert not any(shown(client, sender, higher).values())  # what was unticked is not proposed again unasked
    send(client, sender, higher, "", set(), proposed="1")
    assert [one for one, is_on in shown(client, sender, higher).items() if is_on] == ["A100", "A099"]


def test_too_many_are_said_before_and_refused_whole_with_everything_still_ticked(many):
    sender, higher, client = many
    second = {one for one, is_on in shown(client, sender, higher, "?page=2").items() if is_on}
    send(client, sender, higher, "?page=2&size=50", second | {"A001", "A002"}, go="")
    page = client.get(address("upward-to", sender, higher))
    assert page.context["places"][0].is_over and "超出：" in page.content.decode()
    answer = send(client, sender, higher, "?q=A001", {"A001"}, send="1")
    assert answer.status_code == 422 and not Forwarding.objects.exists()
    assert len(shown(client, sender, higher, "?only=ticked&size=100")) == 62
    send(client, sender, higher, "?q=A001", {"A001"}, none="1")
    assert shown(client, sender, higher, "?only=ticked") == {}


def test_quotas_of_units_are_counted_over_all_pages(many):
    sender, higher, client = many
    unit = sender.entries.exclude(school=None).first().school.district
    Quota.objects.create(contest=higher, district=unit, most=7)
    cap, quota = client.get(address("upward-to", sender, higher)).context["places"]
    assert (quota.whose, quota.most, quota.ticked, quota.is_over) == (unit.label, 7, 7, False)
    assert cap.ticked >= 7
    keys = list(sender.entries.filter(school__district=unit).values_list("number", flat=True))
    size = f"?size=500&district={unit.key}"
    send(client, sender, higher, size, set(keys), go="")
    over = client.get(address("upward-to", sender, higher)).context["places"]
    assert over[1].is_over == (len(keys) > 7)


def test_what_may_not_go_is_not_ticked_by_a_form_that_says_so(many):
    sender, higher, client = many
    consent(sender, "A100", "integrity")
    assert "A100" not in shown(client, sender, higher)
    assert [one.entry.number for one in client.get(
        address("upward-to", sender, higher) + "?only=consent").context["page"]] == ["A100"]  # fmt: skip
    send(client, sender, higher, "?size=100", {"A100", "A050"}, go="")
    assert client.get(address("upward-to", sender, higher)).context["places"][0].ticked == 1
    send(client, sender, higher, "?size=100", {"A100", "A050"}, send="1")
    assert [one.sent.number for one in Forwarding.objects.all()] == ["A050"]


def test_each_higher_contest_and_each_person_has_ticks_of_its_own(many):
    sender, higher, client = many
    send(client, sender, higher, "", set(), go="")
    assert not any(shown(client, sender, higher).values())
    other = client_of(account("second", kind="organiser", contest=sender))
    assert shown(other, sender, higher)["A100"] is True


def test_what_a_page_did_not_know_is_ticked_elsewhere_does_not_go_up(many):
    """A proposal that quotas changed, and another window of the same person."""
    sender, higher, client = many
    url = address("upward-to", sender, higher)
    seen = client.get(url)
    keys = [one.entry.key for one in seen.context["page"]]
    higher.settings = {"forwards": {"accepts": True, "most": 90}}
    higher.save()
    answer = client.post(url, said_by(seen) | {"entry": keys, "send": "1"})
    assert answer.status_code == 422 and not Forwarding.objects.exists()
    assert len(answer.context["ticked"]) == 90
    again = client.get(url)
    send(client, sender, higher, "?page=2", set(), go="")  # in another window
    assert client.post(url, said_by(again) | {"entry": keys, "send": "1"}).context["sent"].went
    assert Forwarding.objects.count() == 50


def test_a_second_click_sends_nothing_and_does_not_say_that_something_changed(many):
    sender, higher, client = many
    url = address("upward-to", sender, higher)
    seen = client.get(url)
    said = said_by(seen) | {"entry": [one.entry.key for one in seen.context["page"]], "send": "1"}
    assert [client.post(url, said).status_code for _click in range(2)] == [200, 200]
    assert Forwarding.objects.count() == 60

"""Many drafts handed in at once."""

import pytest
import time_machine
from django.urls import reverse

from competition.models import Entry
from competition.states import EntryState
from tests.factories.entering import NOW, begun, put


@pytest.fixture
def address(made) -> str:
    return reverse("hand-in", args=[made.contest.key, made.schools["晴川一中"].key])


def without_pledges(entry: Entry) -> Entry:
    return put(entry, draft=entry.draft | {"pledges": []})


@time_machine.travel(NOW)
def test_pledges_are_given_once_for_all_that_are_chosen(made, client, address):
    first = without_pledges(begun(made, "一"))
    second = without_pledges(begun(made, "二", authors=[{"name": "赵一", "grade": 5}]))
    left = without_pledges(begun(made, "三", authors=[{"name": "钱二", "grade": 5}]))
    client.force_login(made["晴川一中"])
    assert client.get(address).status_code == 200
    client.post(address, {"entry": [first.key, second.key], "pledge-integrity": "on"})
    states = {one.title: one.state for one in Entry.objects.all()}
    assert states == {"一": EntryState.SUBMITTED, "二": EntryState.SUBMITTED, "三": EntryState.DRAFT}
    assert first.submissions.get().content["pledges"] == ["integrity"]
    assert not left.submissions.exists()


@time_machine.travel(NOW)
def test_one_that_lacks_something_keeps_no_other_back(made, client, address):
    whole, lacking = begun(made, "一"), begun(made, "", authors=[{"name": "赵一", "grade": 5}])
    client.force_login(made["晴川一中"])
    client.post(address, {"entry": [whole.key, lacking.key], "pledge-integrity": "on"})
    assert Entry.objects.get(pk=whole.pk).state == EntryState.SUBMITTED
    assert Entry.objects.get(pk=lacking.pk).state == EntryState.DRAFT


@time_machine.travel(NOW)
def test_without_the_pledges_nothing_is_handed_in(made, client, address):
    entry = without_pledges(begun(made, "一"))
    client.force_login(made["晴川一中"])
    client.post(address, {"entry": [entry.key]})
    assert Entry.objects.get(pk=entry.pk).state == EntryState.DRAFT


@time_machine.travel(NOW)
def test_drafts_of_another_school_are_not_taken(made, client, address):
    other = begun(made, "水车", "西山中学", authors=[{"name": "孙小", "grade": 5}])
    client.force_login(made["晴川一中"])
    client.post(address, {"entry": [other.key], "pledge-integrity": "on"})
    assert Entry.objects.get(pk=other.pk).state == EntryState.DRAFT

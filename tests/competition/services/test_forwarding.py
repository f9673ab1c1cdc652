"""Entries go up into a higher contest: once, with everything, within its quotas, and only with consent."""

import pytest

from competition import events
from competition.models import Contest, Division, Entry, Event, Forwarding, MaterialKind, Pledge, Quota, Track
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_divisions, save_tracks
from competition.services.forwarded import ties_between
from competition.services.forwarding import (
    forward_entries,
    save_forward_terms,
    save_forward_ties,
    take_back_forwarded,
)
from competition.states import ContestState, EntryState, Level, PledgeBy
from tests.factories.contests import MINT
from tests.factories.entering import (
    BEFORE,
    CLOSES,
    NOW,
    OPENS,
    Open,
    again,
    handed_in,
    office_says,
    open_contest,
    put,
    recorded,
    refusal,
    ruled,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db
CONSENT = "监护人同意上报。"


def higher_contest(**rules) -> Contest:
    details = ContestDetails(name="省赛", series="省赛", year=2026, ordinal=1, as_of=OPENS, level=Level.PROVINCE)
    contest = save_contest(details=details, mint=MINT, has_verification=False, **BEFORE)
    save_divisions(contest=contest, names=[("p", "小学", ""), ("j", "初中", "")], **BEFORE)
    tracks = save_tracks(contest=contest, tracks=[TrackDetails("创新"), TrackDetails("实践", is_group=True)], **BEFORE)
    MaterialKind.objects.create(track=tracks["创新"], code="r", order=1, label_zh="研究报告", formats=["pdf"])
    usual = {
        "state": ContestState.ENTRY, "opens_at": OPENS, "closes_at": CLOSES,
        "settings": {"forwards": {"accepts": True, "most": None}},
    }  # fmt: skip
    Contest.objects.filter(pk=contest.pk).update(**usual | rules)
    contest.refresh_from_db()
    return contest


def lower() -> Open:
    made = open_contest()
    Pledge.objects.create(
        contest=made.contest, order=9, code="forwarding", label_zh="上报", text_zh=CONSENT, by=PledgeBy.GUARDIAN,
        is_required=False,
    )  # fmt: skip
    return made


def passed(made: Open, title: str, *, consent: bool = True, **more) -> Entry:
    pledges = ["integrity", *(["forwarding"] if consent else [])]
    entry = unit_says(made, handed_in(made, title, pledges=pledges, **more))
    return put(entry, state=EntryState.PASSED)


def fixed(made: Open) -> Contest:
    return ruled(made, state=ContestState.PUBLISHED)


def send(made: Open, higher: Contest, *entries: Entry, by: str = "host"):
    return forward_entries(sender=made.contest, higher=higher, entries=list(entries), by=made[by], at=NOW)


def test_an_entry_goes_up_with_everything():
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    fixed(made)
    with recorded("entry.handed-in", "entry.recommended", "entries.forwarded", "entries.received"):
        sent = send(made, higher, entry)
    (one,) = sent.went
    there = again(one.entry)
    assert (there.state, there.number, there.title, there.lower_contest) == ("recommended", "A001", "浇花器", "小赛")
    assert (there.track.label_zh, there.division.label_zh, there.school) == ("创新", "小学", entry.school)
    assert [a.person for a in there.authors.all()] == [a.person for a in entry.authors.all()]
    assert [t.person for t in there.tutors.all()] == [t.person for t in entry.tutors.all()]
    assert [m.sha256 for m in there.materials.all()] == [m.sha256 for m in entry.materials.all()]
    assert there.submissions.get().content["title"] == "浇花器"
    assert (there.origin.sent, entry.forwardings.get().entry) == (entry, there)


def test_no_name_of_a_person_reaches_the_logs():
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    fixed(made)
    send(made, higher, entry)
    said = "".join(f"{one.body}{one.subject}" for one in Event.objects.all())
    assert "作者" not in said
    assert "王老师" not in said


def test_sending_twice_doubles_nothing_and_a_late_one_is_added():
    made, higher = lower(), higher_contest()
    first, second = passed(made, "浇花器"), passed(made, "喂鸟器")
    fixed(made)
    send(made, higher, first)
    with recorded():
        assert send(made, higher, first).there == 1
    sent = send(made, higher, first, second)
    assert ([one.sent for one in sent.went], sent.there) == ([second], 1)
    assert higher.entries.count() == 2


def test_without_consent_it_is_named_and_left_out():
    made, higher = lower(), higher_contest()
    entry, other = passed(made, "浇花器", consent=False), passed(made, "喂鸟器")
    fixed(made)
    sent = send(made, higher, entry, other)
    assert [one for one, _why in sent.left_out] == [entry]
    assert [one.sent for one in sent.went] == [other]


def test_what_did_not_pass_here_is_left_out():
    made, higher = lower(), higher_contest()
    entry = put(passed(made, "浇花器"), state=EntryState.NOT_PASSED)
    fixed(made)
    assert [one for one, _why in send(made, higher, entry).left_out] == [entry]
    assert not higher.entries.exists()


def test_the_cap_for_one_sender_holds():
    made, higher = lower(), higher_contest(settings={"forwards": {"accepts": True, "most": 1}})
    first, second = passed(made, "浇花器"), passed(made, "喂鸟器")
    fixed(made)
    with refusal("forward-quota"):
        send(made, higher, first, second)
    assert len(send(made, higher, first).went) == 1


def test_the_quota_of_its_unit_holds():
    made, higher = lower(), higher_contest()
    first, second = passed(made, "浇花器"), passed(made, "喂鸟器")
    Quota.objects.create(contest=higher, district=first.school.district, most=1)
    fixed(made)
    with refusal("quota-reached"):
        send(made, higher, first, second)
    assert not higher.entries.exists()


def test_every_track_must_be_known_there():
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    Track.objects.filter(contest=higher, code="创新").update(label_zh="科技创新")
    fixed(made)
    with refusal("forward-untied"):
        send(made, higher, entry)
    save_forward_ties(
        sender=made.contest, higher=higher, ties={"tracks": {"创新": "创新"}}, consent="", by=made["host"], at=NOW
    )
    assert len(send(made, higher, entry).went) == 1


def test_parts_are_proposed_by_equal_names():
    made, higher = lower(), higher_contest()
    ties = ties_between(made.contest, higher)
    assert ties["tracks"] == {"创新": "创新", "实践": "实践"}
    assert ties["divisions"] == {"primary": "p", "junior": "j"}
    Division.objects.filter(contest=higher).delete()
    assert ties_between(made.contest, higher)["divisions"] == {"primary": "", "junior": ""}


def test_what_the_higher_one_asks_besides_is_added_by_the_school():
    made, higher = lower(), higher_contest()
    Pledge.objects.create(
        contest=higher, order=1, code="integrity", label_zh="省赛承诺", text_zh="省赛的话", by=PledgeBy.AUTHOR
    )
    entry = passed(made, "浇花器")
    fixed(made)
    sent = send(made, higher, entry)
    there = again(sent.went[0].entry)
    assert (sent.to_complete, there.state) == (1, "returned")
    there.draft["pledges"] = ["integrity"]
    there.save()
    submitted_again(made, there)
    assert again(there).state == "recommended"


def test_a_pledge_counts_there_only_in_the_same_words():
    made, higher = lower(), higher_contest()
    Pledge.objects.create(contest=higher, order=1, code="x", label_zh="承诺", text_zh="……", by=PledgeBy.AUTHOR)
    entry = passed(made, "浇花器")
    fixed(made)
    there = send(made, higher, entry).went[0].entry
    assert (again(there).state, there.submissions.get().content["pledges"]) == ("recommended", ["x"])


def test_a_pupil_who_is_there_already_stays_here():
    made, higher = lower(), higher_contest()
    author = [{"name": "赵一", "grade": 5}]
    ruled(made, entries_per_student=None)
    first, second = passed(made, "浇花器", authors=author), passed(made, "喂鸟器", authors=author)
    fixed(made)
    sent = send(made, higher, first, second)
    assert [one for one, _why in sent.left_out] == [second]
    assert higher.entries.count() == 1
    assert events.first_broken(higher) is None


def test_taken_back_and_sent_again_it_is_the_same_one():
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    fixed(made)
    one = send(made, higher, entry).went[0]
    with recorded("entry.withdrawn", "forwarding.taken-back"):
        take_back_forwarded(forwarding=one, by=made["host"], at=NOW)
    assert again(one.entry).state == "withdrawn"
    sent = send(made, higher, entry)
    assert again(sent.went[0].entry).state == "recommended"
    assert (higher.entries.count(), Forwarding.objects.count()) == (1, 1)
    assert again(one.entry).materials.filter(is_removed=False).count() == 1


def test_what_the_higher_office_has_checked_stays():
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    fixed(made)
    one = send(made, higher, entry).went[0]
    office_says(made, again(one.entry))
    with refusal("forwarded-checked"):
        take_back_forwarded(forwarding=one, by=made["host"], at=NOW)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"settings": {}}, "forwards-not-taken"),
        ({"state": ContestState.JUDGING}, "wrong-state"),
        ({"closes_at": NOW}, "entries-closed"),
    ],
)
def test_it_is_sent_only_where_it_is_taken(rules, code):
    made, higher = lower(), higher_contest(**rules)
    entry = passed(made, "浇花器")
    fixed(made)
    if "closes_at" in rules:
        ruled(made)
        Contest.objects.filter(pk=higher.pk).update(has_unit_step=False)
    with refusal(code):
        send(made, higher, entry)


def test_nothing_goes_up_before_the_list_is_fixed():
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    with refusal("wrong-state"):
        send(made, higher, entry)


def test_nothing_goes_down_or_aside():
    made, higher = lower(), higher_contest()
    higher.series.level = Level.CITY
    higher.series.save()
    entry = passed(made, "浇花器")
    fixed(made)
    with refusal("forwards-not-taken"):
        send(made, higher, entry)


@pytest.mark.parametrize("who", ["stranger", "晴川一中", "东区"])
def test_the_office_of_the_lower_contest_alone_sends(who):
    made, higher = lower(), higher_contest()
    entry = passed(made, "浇花器")
    fixed(made)
    with refusal("hidden"):
        send(made, higher, entry, by=who)
    one = send(made, higher, entry).went[0]
    with refusal("hidden"):
        take_back_forwarded(forwarding=one, by=made[who], at=NOW)


def test_the_higher_office_says_whether_it_takes_any():
    made, higher = lower(), higher_contest(settings={})
    with refusal("hidden"):
        save_forward_terms(contest=higher, accepts=True, most=3, by=made["host"], at=NOW)
    with recorded("forwards.saved"):
        save_forward_terms(contest=higher, accepts=True, most=3, by=made["office"], at=NOW)
    with recorded():
        save_forward_terms(contest=higher, accepts=True, most=3, by=made["office"], at=NOW)

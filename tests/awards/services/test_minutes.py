"""Prizes decided elsewhere: typed in under scanned minutes, changed until the lock, in bundle and log."""

from datetime import timedelta
from typing import Any

import pytest

from awards.models import Decision, TrackMinutes
from awards.outputs.bundle import bundle_of, fixed_list
from awards.outputs.explanations import explanation_of
from awards.services.amending import amend_list
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.minutes import SaidInMinutes, given_now, save_minutes
from awards.services.plans import save_decisions
from awards.services.running import decide
from awards.states import AwardedBy, ResultDetail
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Event, Role, StoredFile, Track, User
from competition.services.contests import reach
from competition.states import ContestState, RoleKind
from tests.factories.bundles import Rows, codes, tampered
from tests.factories.contests import AT, Made, small_contest
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db
NAME = "评审纪要〔2026〕7号"


@pytest.fixture
def made() -> Made:
    """Three entries judged by marks, and two paintings that were decided elsewhere."""
    found = small_contest()
    reach(contest=found.contest, state=ContestState.JUDGING, by=None, at=AT)
    painting = Track.objects.create(
        contest=found.contest, code="科幻画", label_zh="科幻画", order=2, is_by_minutes=True
    )
    found.tracks["科幻画"] = painting
    for order, number in enumerate(("B1", "B2"), 10):
        found.entries[number] = Entry.objects.create(
            contest=found.contest, track=painting, number=number, title=f"画{number}", state="passed", order=order,
            school=found.entries["A1"].school, key=found.contest.mint.key("entry", number),
        )  # fmt: skip
    return found


@pytest.fixture
def office(made: Made) -> User:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=made.contest)
    return user


def scan(letter: str = "a") -> StoredFile:
    return StoredFile.objects.get_or_create(
        sha256=letter * 64, defaults={"size": 9, "kind": "pdf", "media_type": "application/pdf", "stored_at": AT}
    )[0]


def save(
    made: Made, office: User, *, name: str = NAME, base: int = 0, paper: Any = None, **prizes: str
) -> TrackMinutes:
    """save(made, office, B1="first")"""
    given = {made.entries[number].key: code for number, code in prizes.items()}
    return save_minutes(
        track=made.tracks["科幻画"], said=SaidInMinutes(name, given), base=base, by=office, at=AT,
        paper=scan() if paper is None else paper or None,
    )  # fmt: skip


def refused(code: str, made: Made, office: User, **more: Any) -> Denial:
    before = (TrackMinutes.objects.count(), Decision.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as fault:
        save(made, office, **more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (TrackMinutes.objects.count(), Decision.objects.count(), Event.objects.count()) == before
    return fault.value.denial


def awarded(contest: Contest) -> dict[str, tuple[str, str]]:
    return {one.entry.number: (one.code, one.by) for one in standing_list(contest).awards.select_related("entry")}


def test_prizes_by_minutes_stand_beside_those_by_marks(made, office):
    save(made, office, B1="first", B2="merit")
    decide(contest=made.contest, by=office, at=AT)
    given = awarded(made.contest)
    assert given["B1"] == ("first", AwardedBy.MINUTES)
    assert given["B2"] == ("merit", AwardedBy.MINUTES)
    assert given["A1"] == ("first", AwardedBy.PLAN)
    assert check_list(standing_list(made.contest)) == []
    event = Event.objects.get(action="minutes.saved")
    assert (event.body["sha256"], event.body["prizes"], event.body["track"]) == ("a" * 64, 2, "科幻画")
    assert NAME not in str(event.body)


def test_what_is_explained_is_that_minutes_decided_and_no_marks(made, office):
    save(made, office, B1="first")
    award_list = decide(contest=made.contest, by=office, at=AT)
    said = explanation_of(award_list, made.entries["B1"], ResultDetail.MARKS)
    assert said is not None
    assert NAME in said.why
    assert (said.sheets, said.levels, said.better) == ((), (), "")
    none = explanation_of(award_list, made.entries["B2"], ResultDetail.MARKS)
    assert none is not None
    assert none.code == ""


def test_a_change_is_a_new_version_and_a_draft_list_follows(made, office):
    save(made, office, B1="first")
    decide(contest=made.contest, by=office, at=AT)
    save(made, office, base=1, paper=False, B1="second", B2="first")  # under the same scan
    assert [one.version for one in made.tracks["科幻画"].minutes.all()] == [1, 2]
    assert awarded(made.contest)["B2"] == ("first", AwardedBy.MINUTES)
    assert check_list(standing_list(made.contest)) == []
    save(made, office, base=2, paper=False)  # and nobody
    assert given_now(made.tracks["科幻画"]) == {}


def test_the_same_again_is_no_new_version(made, office):
    first = save(made, office, B1="first")
    events = Event.objects.count()
    assert save(made, office, base=1, B1="first") == first
    assert Event.objects.count() == events
    assert save(made, office, base=1, paper=scan("b"), B1="first").version == 2  # another scan is


def test_the_decisions_of_other_tracks_stay(made, office):
    save_decisions(contest=made.contest, decisions={made.entries["A1"]: (None, "纪要")}, by=office, at=AT)
    save(made, office, B1="first")
    assert Decision.objects.filter(entry=made.entries["A1"]).exists()


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("minutes-without-name", {"name": " "}),
        ("minutes-without-scan", {"paper": False}),
        ("minutes-changed", {"base": 1}),
    ],
)
def test_what_is_refused(made, office, code, more):
    refused(code, made, office, B1="first", **more)


def test_only_entries_of_the_track_that_count(made, office):
    refused("minutes-of-others", made, office, A1="first")
    Entry.objects.filter(number="B1").update(state="withdrawn")
    refused("minutes-of-others", made, office, B1="first")


def test_an_entry_that_counts_no_more_loses_its_decision(made, office):
    save(made, office, B1="first")
    Entry.objects.filter(number="B1").update(state="withdrawn")
    save(made, office, base=1, paper=False, B2="first")
    assert [one.entry.number for one in Decision.objects.all()] == ["B2"]


def test_a_track_that_is_marked_has_none(made, office):
    with pytest.raises(Refused) as fault:
        save_minutes(track=made.tracks["创新"], said=SaidInMinutes(NAME, {}), base=0, by=office, at=AT, paper=scan())
    assert fault.value.denial.code == "hidden"


@pytest.mark.parametrize("state", ["locked", "published"])
def test_after_the_lock_nothing_changes_even_on_a_page_loaded_before(made, office, state):
    assert made.tracks["科幻画"].contest.state == "judging"
    Contest.objects.filter(pk=made.contest.pk).update(state=state)
    refused("wrong-state", made, office, B1="first")


def test_after_an_amendment_they_may_change_again(made, office):
    save(made, office, B1="first")
    decide(contest=made.contest, by=office, at=AT)
    lock_list(contest=Contest.objects.get(pk=made.contest.pk), by=office, at=AT)
    amend_list(contest=made.contest, reason="更正", by=office, at=AT)
    assert save(made, office, base=1, paper=False, B2="first").version == 2


def test_who_is_not_the_office_saves_nothing(made):
    refused("hidden", made, User.objects.create_user("stranger"), B1="first")


def test_a_track_without_a_word_is_found_before_the_lock(made, office):
    decide(contest=made.contest, by=office, at=AT)
    found = {one.code: one.facts for one in check_list(standing_list(made.contest))}
    assert found["minutes-missing"] == {"track": "科幻画"}
    save(made, office)  # nobody has a prize, and the minutes say so
    assert check_list(standing_list(made.contest)) == []


# ---- the bundle


@pytest.fixture
def bundle(made, office) -> bytes:
    save(made, office, B1="first", B2="third")
    decide(contest=made.contest, by=office, at=AT)
    lock_list(contest=Contest.objects.get(pk=made.contest.pk), by=office, at=AT + timedelta(days=1))
    return bundle_of(fixed_list(Contest.objects.get(pk=made.contest.pk)))


def test_the_bundle_has_the_digest_and_neither_name_nor_scan(bundle):
    report = verify(bundle)
    assert [one.text(1) for one in report.faults] == []
    assert {"minutes-given", "minutes-scan"} <= {one.code for one in report.not_recomputed}
    assert ("a" * 64).encode() in bundle
    assert NAME.encode() not in bundle


@pytest.mark.parametrize("number", [1, 3])
def test_another_number_of_prizes_than_the_minutes_said_is_found(bundle, number):
    def said(rows: Rows) -> None:
        next(one for one in rows["events"] if one["action"] == "minutes.saved")["body"]["prizes"] = number

    assert codes(tampered(bundle, said, is_rechained=True)) == {"minutes-count"}


def track_in(rows: Rows, *, by_minutes: bool) -> dict[str, Any]:
    return next(one for one in rows["tracks"] if one["by_minutes"] == by_minutes)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: track_in(rows, by_minutes=True).update(scan="c" * 64), "link-differs"),
        (lambda rows: track_in(rows, by_minutes=True).pop("scan"), "link-differs"),
        (lambda rows: track_in(rows, by_minutes=False).update(scan="c" * 64), "minutes-of-marks"),
        (lambda rows: rows["decisions"][0].update(code="grand"), "award-differs"),
    ],
    ids=["another scan", "no scan", "a track of marks", "another prize"],
)
def test_what_was_changed_of_minutes_is_found(bundle, change, code):
    assert code in codes(tampered(bundle, change))


def test_prizes_by_minutes_in_a_track_of_marks_are_found(bundle):
    assert "award-undue" in codes(
        tampered(bundle, lambda rows: track_in(rows, by_minutes=False).update(by_minutes=True))
    )

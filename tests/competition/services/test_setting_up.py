"""Setting a contest up: every service, what it refuses, and what the next edition takes along."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from awards.models import PrizePlan
from competition.access import why_not_set_up
from competition.core.ordinals import numeral
from competition.errors import Refused
from competition.models import Announcement, Contest, Division, Entry, MaterialKind, Pledge, Quota, Role, Track
from competition.presets import presets
from competition.services.accounts import create_account, grant_role
from competition.services.announcing import announce, hide_announcement
from competition.services.quotas import QuotaDetails, save_quotas
from competition.services.setting_up import (
    close_entries,
    contest_from_preset,
    copy_contest,
    missing_for_opening,
    open_contest,
    save_basics,
    save_material_kinds,
    save_pledges,
    save_track_rules,
)
from competition.states import ContestState, EntryState, PledgeBy, RoleKind
from judging.models import Criterion
from tests.factories.contests import small_contest
from tests.factories.entering import (
    CLOSES,
    NOW,
    OPENS,
    TICK,
    UNIT_CLOSES,
    Open,
    begun,
    give_quota,
    handed_in,
    put,
    recommended,
    recorded,
    refusal,
    ruled,
)

pytestmark = pytest.mark.django_db


def kind(code: str, **more: Any) -> MaterialKind:
    return MaterialKind(code=code, label_zh=code, formats=["pdf"], **more)


def pledge(code: str, **more: Any) -> Pledge:
    return Pledge(code=code, label_zh=code, by=PledgeBy.SCHOOL, text_zh="……", **more)


# name -> (service on the open contest, by whom and when)
SET_UP: dict[str, Any] = {
    "basics": lambda m, **who: save_basics(contest=m.contest, values={"about": "新"}, **who),
    "track": lambda m, **who: save_track_rules(track=m.tracks["创新"], values={"max_authors": 1}, **who),
    "materials": lambda m, **who: save_material_kinds(track=m.tracks["创新"], kinds=[kind("video")], **who),
    "pledges": lambda m, **who: save_pledges(contest=m.contest, pledges=[pledge("school")], **who),
    "open": lambda m, **who: open_contest(contest=m.contest, **who),
    "close": lambda m, **who: close_entries(contest=m.contest, **who),
}
ORGANISE: dict[str, Any] = {
    "quotas": lambda m, **who: save_quotas(contest=m.contest, quotas=[QuotaDetails(m.units["东区"], 3)], **who),
    "announce": lambda m, **who: announce(contest=m.contest, title="通知", body="……", **who),
    "copy": lambda m, **who: copy_contest(contest=m.contest, **who),
}


@pytest.mark.parametrize("name", SET_UP | ORGANISE)
def test_a_contest_is_hidden_from_who_is_not_its_organiser(made: Open, name: str) -> None:
    service = (SET_UP | ORGANISE)[name]
    for who in ("stranger", "晴川一中", "东区"):
        with refusal("hidden"):
            service(made, by=made[who], at=NOW)
    with refusal("sign-in"):
        service(made, by=AnonymousUser(), at=NOW)


@pytest.mark.parametrize("state", [one for one in ContestState if one not in (ContestState.SETUP, ContestState.ENTRY)])
@pytest.mark.parametrize("name", SET_UP)
def test_rules_are_not_changed_once_judging_has_begun(made: Open, name: str, state: ContestState) -> None:
    ruled(made, state=state)
    for track in made.tracks.values():
        track.contest = made.contest
    with refusal("wrong-state"):
        SET_UP[name](made, by=made["host"], at=NOW)


# ---- basics and tracks


def test_save_basics_names_what_changed_in_one_event(made: Open) -> None:
    values = {"about": "新", "contact": made.contest.contact, "grace_minutes": 5, "secret": b"no", "state": "locked"}
    with recorded("contest.changed"):
        for _ in range(2):
            save_basics(contest=made.contest, values=values, by=made["host"], at=NOW)
    found = Contest.objects.get()
    assert (found.about, found.grace_minutes, found.state) == ("新", 5, "entry")
    assert bytes(found.secret) != b"no"


def test_an_end_before_the_beginning_is_refused(made: Open) -> None:
    with pytest.raises(Refused):
        save_basics(contest=made.contest, values={"closes_at": OPENS}, by=made["host"], at=NOW)


def test_save_track_rules_names_what_changed_in_one_event(made: Open) -> None:
    with recorded("track.changed"):
        for _ in range(2):
            save_track_rules(track=made.tracks["创新"], values={"max_authors": 1, "code": "x"}, by=made["host"], at=NOW)
    found = Track.objects.get(pk=made.tracks["创新"].pk)
    assert (found.max_authors, found.code) == (1, "创新")


# ---- materials, pledges, quotas


def kinds_of(made: Open) -> list[tuple[str, int, bool]]:
    return list(made.tracks["创新"].material_kinds.order_by("order").values_list("code", "order", "is_required"))


def test_save_material_kinds_makes_them_the_wanted_ones_in_order(made: Open) -> None:
    track = made.tracks["创新"]
    with recorded("materials.asked"):
        save_material_kinds(
            track=track, kinds=[kind("video", is_required=False), kind("report")], by=made["host"], at=NOW
        )
    assert kinds_of(made) == [("video", 1, False), ("report", 2, True)]
    assert MaterialKind.objects.get(code="report").pk == made.kinds["report"].pk
    with recorded():
        save_material_kinds(
            track=track, kinds=[kind("video", is_required=False), kind("report")], by=made["host"], at=NOW
        )


def test_a_kind_that_entries_have_files_of_stays_and_is_no_longer_required(made: Open) -> None:
    entry = begun(made)
    save_material_kinds(track=made.tracks["创新"], kinds=[], by=made["host"], at=NOW)
    assert kinds_of(made) == [("report", 1, False)]
    assert entry.materials.get().kind == made.kinds["report"]


def test_saving_again_beside_a_kept_kind_is_no_event(made: Open) -> None:
    begun(made)
    save_material_kinds(track=made.tracks["创新"], kinds=[kind("video")], by=made["host"], at=NOW)
    with recorded():
        save_material_kinds(track=made.tracks["创新"], kinds=[kind("video")], by=made["host"], at=NOW)


def test_save_pledges_drops_what_nobody_wants(made: Open) -> None:
    with recorded("pledges.asked"):
        for _ in range(2):
            save_pledges(contest=made.contest, pledges=[pledge("school"), pledge("integrity")], by=made["host"], at=NOW)
    assert list(made.contest.pledges.values_list("code", "order")) == [("school", 1), ("integrity", 2)]
    with recorded("pledges.asked"):
        save_pledges(contest=made.contest, pledges=[], by=made["host"], at=NOW)


def test_save_quotas_makes_them_the_wanted_ones(made: Open) -> None:
    east, school, track = made.units["东区"], made.schools["西山中学"], made.tracks["创新"]
    division = made.contest.divisions.get(code="junior")
    quotas = [QuotaDetails(east, 5), QuotaDetails(east, 2, track, division, 50), QuotaDetails(school, 1)]
    with recorded("quotas.saved"):
        for _ in range(2):
            save_quotas(contest=made.contest, quotas=quotas, by=made["host"], at=NOW)
    rows = Quota.objects.values_list("district", "school", "track", "division", "most", "team_percent")
    assert set(rows) == {
        (east.pk, None, None, None, 5, None),
        (east.pk, None, track.pk, division.pk, 2, 50),
        (None, school.pk, None, None, 1, None),
    }
    with recorded("quotas.saved"):
        save_quotas(contest=made.contest, quotas=[QuotaDetails(east, 6)], by=made["host"], at=NOW)
    assert list(Quota.objects.values_list("most", flat=True)) == [6]


@pytest.mark.parametrize("state", ContestState)
def test_quotas_and_announcements_are_open_at_every_state(made: Open, state: ContestState) -> None:
    ruled(made, state=state)
    with recorded("quotas.saved", "announcement.made"):
        ORGANISE["quotas"](made, by=made["host"], at=NOW)
        ORGANISE["announce"](made, by=made["host"], at=NOW)


# ---- opening, closing, announcing


def test_open_contest_moves_it_once(made: Open) -> None:
    ruled(made, state=ContestState.SETUP)
    with recorded("contest.entry"):
        open_contest(contest=made.contest, by=made["host"], at=NOW)
    with refusal("no-such-move"):
        open_contest(contest=made.contest, by=made["host"], at=NOW)


@pytest.mark.parametrize("missing", [{"opens_at": None}, {"closes_at": None}, {"contact": " "}])
def test_a_contest_that_lacks_something_does_not_open(made: Open, missing: dict[str, Any]) -> None:
    ruled(made, state=ContestState.SETUP, **missing)
    assert len(missing_for_opening(made.contest)) == 1
    with refusal("set-up-incomplete"):
        open_contest(contest=made.contest, by=made["host"], at=NOW)


def test_a_contest_without_tracks_does_not_open(made: Open) -> None:
    ruled(made, state=ContestState.SETUP)
    Track.objects.all().delete()
    with refusal("set-up-incomplete"):
        open_contest(contest=made.contest, by=made["host"], at=NOW)


def test_close_entries_holds_to_the_microsecond(made: Open) -> None:
    with refusal("still-open"):
        close_entries(contest=made.contest, by=made["host"], at=CLOSES - TICK)
    ruled(made, has_unit_step=False)
    with recorded("contest.judging"):
        close_entries(contest=made.contest, by=made["host"], at=CLOSES)


@pytest.mark.parametrize("state", EntryState)
def test_nothing_that_waits_for_the_office_is_left_behind(made: Open, state: EntryState) -> None:
    put(recommended(made), state=state)
    if state in (EntryState.RECOMMENDED, EntryState.RETURNED):
        with refusal("unchecked-entries"):
            close_entries(contest=made.contest, by=made["host"], at=UNIT_CLOSES)
    else:
        close_entries(contest=made.contest, by=made["host"], at=UNIT_CLOSES)
        assert made.contest.state == ContestState.JUDGING


def test_entries_are_not_closed_while_units_may_still_recommend(made: Open) -> None:
    handed_in(made)
    with refusal("still-open"):
        close_entries(contest=made.contest, by=made["host"], at=UNIT_CLOSES - timedelta(days=5))


def test_announcements_are_made_and_hidden_once(made: Open) -> None:
    with recorded("announcement.made"):
        made_one = announce(contest=made.contest, title="通知", body="……", by=made["host"], at=NOW)
    with refusal("hidden"):
        hide_announcement(announcement=made_one, by=made["东区"], at=NOW)
    with recorded("announcement.hidden"):
        for _ in range(2):
            hide_announcement(announcement=made_one, by=made["host"], at=NOW)
    assert Announcement.objects.get().is_hidden


# ---- presets


@pytest.mark.parametrize("code", presets())
def test_every_preset_loads_and_opens(made: Open, code: str) -> None:
    preset = presets()[code]
    marked = ("rounds.saved", "rubrics.saved") if any(track.rubric for track in preset.tracks) else ()
    with recorded("contest.created", *marked):
        contest = contest_from_preset(preset=preset, label_zh="新赛", year=2026, by=made["office"], at=NOW)
    assert contest.tracks.count() == len(preset.tracks)
    assert contest.divisions.count() == len(preset.divisions)
    assert contest.pledges.count() == len(preset.pledges)
    kinds = MaterialKind.objects.filter(track__contest=contest)
    assert kinds.count() == sum(len(track.materials) for track in preset.tracks)
    for row in [*contest.tracks.all(), *contest.divisions.all(), *contest.pledges.all(), *kinds]:
        row.full_clean()
    with refusal("set-up-incomplete"):
        open_contest(contest=contest, by=made["office"], at=NOW)
    save_basics(
        contest=contest, values={"opens_at": OPENS, "closes_at": CLOSES, "contact": "科协"}, by=made["office"], at=NOW
    )
    open_contest(contest=contest, by=made["office"], at=NOW)
    assert contest.state == ContestState.ENTRY


def test_a_preset_is_refused_twice_and_to_others(made: Open) -> None:
    preset = next(iter(presets().values()))
    new: dict[str, Any] = {"preset": preset, "label_zh": "新赛", "year": 2026, "at": NOW}
    for who in ("host", "东区", "stranger"):
        with refusal("not-organiser"):
            contest_from_preset(by=made[who], **new)
    contest_from_preset(by=made["office"], **new)
    with refusal("edition-there-already"):
        contest_from_preset(by=made["office"], **new)
    assert contest_from_preset(by=made["office"], **(new | {"year": 2027})).series.contests.count() == 2


# ---- the next edition


def rules_of(contest: Contest) -> dict[str, Any]:
    """Everything that a new edition takes along, in words that do not name its rows."""
    kinds = MaterialKind.objects.filter(track__contest=contest)

    def said(row: Any, *hidden: str) -> dict[str, Any]:
        left_out = {"id", "key", "contest_id", "track_id", "division_id", *hidden}
        return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in left_out}

    return {
        "tracks": [said(one) for one in contest.tracks.all()],
        "divisions": [said(one) for one in contest.divisions.all()],
        "subjects": [said(one) for one in contest.subjects.all()],
        "pledges": [said(one) for one in contest.pledges.all()],
        "kinds": [(one.track.code, said(one)) for one in kinds.select_related("track")],
        "quotas": [
            (said(one), one.track.code if one.track else "", one.division.code if one.division else "")
            for one in contest.quotas.select_related("track", "division")
        ],
    }


def test_copy_contest_moves_ordinal_year_and_dates_and_takes_the_rules_along(made: Open) -> None:
    contest = ruled(
        made, label_zh="第九届小赛", label_en="9th Contest", ordinal=9, places=1, settings={"entry_number": "{serial}"},
        work_since=date(2024, 2, 29), work_until=date(2026, 3, 1), about="关于", days_to_correct=3, entries_per_student=2,
    )  # fmt: skip
    Division.objects.create(contest=contest, code="open", order=3, label_zh="公开")
    give_quota(made, 2, district=made.units["东区"], track=made.tracks["创新"], team_percent=30)
    give_quota(made, 1, school=made.schools["西山中学"], division=contest.divisions.get(code="junior"))
    handed_in(made, finished_on=date(2026, 1, 1))
    announce(contest=contest, title="通知", body="", by=made["host"], at=NOW)
    with recorded("contest.created"):
        new = copy_contest(contest=contest, by=made["office"], at=NOW)
    new.refresh_from_db()
    assert (new.label_zh, new.label_en, new.ordinal, new.year) == (f"第{numeral(10)}届小赛", "10th Contest", 10, 2027)
    assert (new.opens_at, new.closes_at) == (OPENS.replace(year=2027), CLOSES.replace(year=2027))
    assert new.unit_closes_at == UNIT_CLOSES.replace(year=2027)
    assert (new.work_since, new.work_until) == (date(2025, 3, 1), date(2027, 3, 1))
    assert (new.state, new.series, new.as_of) == (ContestState.SETUP, contest.series, NOW)
    for name in ("places", "settings", "about", "contact", "days_to_correct", "grace_minutes", "entries_per_student"):
        assert getattr(new, name) == getattr(contest, name), name
    assert rules_of(new) == rules_of(contest)
    assert bytes(new.secret) != bytes(contest.secret)
    assert new.key != contest.key
    assert not new.entries.exists()
    assert not new.announcements.exists()
    assert Entry.objects.count() == 1


def test_copy_contest_takes_rubrics_and_plan_and_no_people_along(made: Open) -> None:
    contest = small_contest().contest  # the same edition, now with judges and marks
    new = copy_contest(contest=contest, by=made["office"], at=NOW)

    def criteria(one: Contest) -> list[tuple[Any, ...]]:
        rows = Criterion.objects.filter(rubric__round__contest=one)
        return list(rows.values_list("rubric__round__label_zh", "rubric__track__code", "label_zh", "maximum"))

    def levels(one: Contest) -> list[tuple[Any, ...]]:
        plans = PrizePlan.objects.filter(contest=one)
        return list(
            plans.values_list("version", "groups__track__code", "groups__levels__code", "groups__levels__order")
        )

    assert criteria(new) == criteria(contest) != []
    assert levels(new) == levels(contest) != []
    assert not new.entries.exists()
    assert not new.judges.exists()
    assert not new.award_lists.exists()
    assert set(Track.objects.filter(rubrics__round__contest=new).values_list("contest", flat=True)) == {new.pk}


def test_the_copy_is_made_once_and_can_be_copied_on(made: Open) -> None:
    new = copy_contest(contest=made.contest, by=made["office"], at=NOW)
    with refusal("edition-there-already"):
        copy_contest(contest=made.contest, by=made["office"], at=NOW)
    assert copy_contest(contest=new, by=made["office"], at=NOW).year == 2028


def test_a_copy_without_dates_has_none(made: Open) -> None:
    ruled(made, opens_at=None, closes_at=None, unit_closes_at=None, ordinal=None, label_zh="2026年小赛")
    new = copy_contest(contest=made.contest, by=made["office"], at=NOW)
    assert (new.opens_at, new.work_since, new.ordinal, new.label_zh) == (None, None, None, "2027年小赛")


def test_a_contest_of_the_last_days_of_february_can_be_copied(made: Open) -> None:
    ruled(
        made, year=2028, opens_at=datetime(2028, 2, 28, 4, tzinfo=UTC), closes_at=datetime(2028, 2, 29, 2, tzinfo=UTC)
    )
    assert copy_contest(contest=made.contest, by=made["office"], at=NOW).pk


def test_who_made_the_next_edition_may_set_it_up(made: Open) -> None:
    new = copy_contest(contest=made.contest, by=made["host"], at=NOW)
    assert why_not_set_up(made["host"], new, at=NOW) is None


def test_an_organiser_of_one_contest_does_not_copy_another(made: Open) -> None:
    other = Contest.objects.create(
        series=made.contest.series, year=2030, label_zh="另一届", secret=b"x" * 32, as_of=NOW
    )
    user = create_account(username="host2", name="host2", password=None, by=None, at=NOW)
    grant_role(user=user, kind=RoleKind.ORGANISER, contest=other, by=None, at=NOW)
    with refusal("hidden"):
        copy_contest(contest=made.contest, by=user, at=NOW)
    assert Role.objects.filter(user=user).count() == 1


def test_a_name_is_given_once_a_year(made: Open) -> None:
    """Two contests of one name in one year are not told apart by anybody."""
    with refusal("edition-there-already"):
        contest_from_preset(preset=presets()["chuzhou"], label_zh="小赛", year=2026, by=made["office"], at=NOW)

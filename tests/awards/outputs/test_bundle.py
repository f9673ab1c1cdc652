"""What a bundle carries, and that it can be worked out again."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from awards.models import AwardList, Decision
from awards.outputs.bundle import bundle_of, fixed_list
from awards.outputs.bundle.comparing import differences
from awards.prizes import BY_CODE
from awards.services.lists import lock_list, publish_list, take_list_back
from awards.services.planning import stored_groups
from awards.services.plans import GroupDetails, LevelDetails, save_decisions, save_plan
from awards.services.proposals import plan_in_force
from awards.services.running import decide
from awards.states import SeatKind, Ties
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import Contest, Person, School, User
from competition.services.contests import TrackDetails, save_tracks
from competition.states import ContestState
from judging.core.finalists import Cut
from judging.models import Criterion, Mark, Round, RoundEntry, Rubric, Sheet
from judging.services.attendance import set_attendance
from judging.services.finalists import choose_finalists, propose_finalists
from judging.states import Attendance
from tests.awards.services.test_tie_breakers import tied_contest
from tests.factories.bundles import change, codes, named, notes, published, rows_of, said, tampered
from tests.factories.contests import AT, WHO, Made, small_contest
from tests.factories.measuring import VOID, give_plan, reading, robot_contest
from verify.laurel_verify import as_json, as_text, verify

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def test_the_same_contest_gives_the_same_bytes(data, tied):
    assert bundle_of(fixed_list(tied.contest)) == data


def test_a_tie_that_the_committee_settled_is_worked_out_again(data):
    report = verify(data)
    assert [one.text(1) for one in report.faults] == []
    assert (report.checked["ties"], report.checked["awards"], report.checked["scores"]) == (2, 2, 3)
    assert "decisions-given" in {one.code for one in report.not_recomputed}


def test_a_list_that_is_not_fixed_has_no_bundle(tied):
    with pytest.raises(Refused) as fault:
        fixed_list(tied.contest)
    assert fault.value.denial.code == "bundle-not-fixed"
    take_list_back(contest=Contest.objects.get(pk=tied.contest.pk), by=None, at=AT)
    with pytest.raises(Refused):
        fixed_list(tied.contest)


# ── other kinds of contests ──


def test_finalists_rounds_and_who_was_absent_are_worked_out_again():
    made = small_contest()
    office = User.objects.create_user("office", name="办公室")
    office.roles.create(kind="organiser", contest=made.contest)
    move(made.contest, ContestState.JUDGING, by=office, at=AT)
    final = Round.objects.create(
        contest=made.contest, code="终评", label_zh="终评", order=2, is_for_finalists=True, weight=Decimal("2.5")
    )
    rubric = Rubric.objects.create(round=final, track=made.tracks["创新"], reviews=1, method="median", places=1)
    criterion = Criterion.objects.create(rubric=rubric, order=1, label_zh="问辩", maximum=1000, weight=Decimal("0.3"))
    absent = RoundEntry.objects.get(round=made.rounds["评审"], entry__number="A3")
    set_attendance(place=absent, to=Attendance.ABSENT, by=office, at=AT)
    cuts = {made.tracks["创新"].pk: Cut("share", Fraction(50))}
    shown = propose_finalists(final, cuts, by_division=False).digest
    choose_finalists(one=final, cuts=cuts, by_division=False, shown=shown, by=office, at=AT)
    defend(made, final, criterion, A1=700, A2=910)
    data = bundle_of(published(made.contest))
    assert said(data) == []
    assert verify(data).checked["finalists"] == 2
    report = tampered(data, change("rounds", 1, cuts=[["创新", "count", "1", True]]))
    assert named(report, "finalist-differs")[0].startswith("终评 A2")


def defend(made: Made, final: Round, criterion: Criterion, **points: int) -> None:
    for number, given in points.items():
        place = made.entries[number].assignments.create(round=final, judge=made.judges["J1"], by="hand")
        sheet = Sheet.objects.create(assignment=place, state="submitted", submitted_at=AT, save_key=f"key-{number}")
        Mark.objects.create(sheet=sheet, criterion=criterion, points=given)


def test_a_measured_contest_is_worked_out_again():
    made = robot_contest(4)
    Contest.objects.filter(pk=made.contest.pk).update(state=ContestState.SETUP)
    made.contest.refresh_from_db()
    move(made.contest, ContestState.JUDGING, by=None, at=AT)
    give_plan(made, 1, 1)
    made.measure("R01", reading(80, "1:45"), reading(70, "1:00"), VOID)
    made.measure("R02", reading(80, "1:44.99"), VOID, VOID)
    made.measure("R03", VOID, VOID, VOID)
    made.measure("R04", reading(0, "3:00"), reading(10, "0:30"), reading(10, "0:31"))
    data = bundle_of(published(made.contest))
    assert said(data) == []
    assert verify(data).checked["attempts"] == 12

    def faster(rows):
        rows["attempts"][0]["milliseconds"] = 104_000

    assert {"digest-differs", "standing-differs"} <= codes(tampered(data, faster))
    assert "attempt-wrong" in codes(tampered(data, change("attempts", 0, milliseconds=None)))
    assert "state-differs" in codes(tampered(data, change("attempts", 0, state="entered")))


def test_prizes_by_minutes_are_held_against_the_decisions():
    made = small_contest()
    save_tracks(contest=made.contest, tracks=[TrackDetails("创新", is_by_minutes=True)], **WHO)
    save_decisions(contest=made.contest, decisions={made.entries["A2"]: (BY_CODE["first"], "纪要 7")}, by=None, at=AT)
    data = bundle_of(published(made.contest))
    assert said(data) == []
    assert "minutes-given" in notes(data)
    assert named(tampered(data, change("decisions", 0, code="second")), "award-differs")


def test_a_plan_of_shares_and_minimum_scores_is_worked_out_again():
    made = small_contest()
    levels = (
        LevelDetails(BY_CODE["first"], SeatKind.PERCENT_ENTRIES, Decimal("33.3333")),
        LevelDetails(BY_CODE["second"], SeatKind.REST, None, 8500),
    )
    group = GroupDetails(made.tracks["创新"], None, levels, ties=Ties.EXTEND, cap_percent=Decimal(100))
    save_plan(contest=made.contest, groups=[group], **WHO)
    data = bundle_of(published(made.contest))
    assert said(data) == []
    assert [one["code"] for one in rows_of(data)["awards"]] == ["first", "second"]


def test_an_older_log_without_digests_says_so(data):
    def older(rows):
        for event in rows["events"]:
            event["body"].pop("content" if event["action"] in ("plan.saved", "decisions.saved") else "prizes", None)

    report = tampered(data, older, is_rechained=True)
    assert report.holds
    assert sum(one.code == "log-older" for one in report.not_recomputed) == 3


def test_a_plan_without_tie_breakers_says_nothing_of_them(data):
    assert "breakers" not in rows_of(data)["plan"][0]
    assert "tie_values" not in rows_of(data)["lists"][0]


def test_why_a_plan_was_changed_is_named_among_what_is_not_in_the_bundle():
    contest = tied_contest()
    assert "plan-why" not in notes(bundle_of(published(contest)))
    [group] = stored_groups(plan_in_force(contest))
    save_plan(
        contest=contest, groups=[replace(group, ties=Ties.SHRINK)], reason="组委会决定", minutes="纪要 2 号", **WHO
    )
    data = bundle_of(published(contest))
    assert said(data) == []
    assert "plan-why" in notes(data)


# ── whom it names ──


def test_a_bundle_names_nobody(canaries):
    contest, tokens = canaries
    text = bundle_of(fixed_list(contest)).decode("utf-8", "replace")
    assert len(tokens) > 40
    assert [one for one in tokens if one in text] == []


@pytest.fixture
def canaries() -> tuple[Contest, set[str]]:
    """A contest with a token of its own in every field of people, schools and free text, whatever its table."""
    from django.apps import apps
    from django.db import models

    from tests.factories.judging import judged_contest
    from tests.judging.test_blindness import Canaries, says_things

    judged = judged_contest()
    says_things(judged, Canaries())
    for code in ("J1", "J3"):
        for number in ("A2", "A3"):
            if (code, number) != ("J3", "A3"):
                judged.submit(70, code=code, entry=number)
    decide(contest=judged.contest, by=None, at=AT)
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in ("competition", "judging", "awards"):
            for field in model._meta.fields:
                if is_words(model, field, models):
                    for pk in model._default_manager.values_list("pk", flat=True):
                        token = f"鸩{model.__name__}{field.name}{pk}鸩"
                        if field.max_length is None or len(token) <= field.max_length:
                            found.add(token)
                            model._default_manager.filter(pk=pk).update(**{field.name: token})
    AwardList.objects.update(state="locked", locked_at=AT)
    for award in AwardList.objects.get().awards.all():
        award.said = dict.fromkeys(award.said, "鸩said鸩")
        award.save()
    return judged.contest, found | {"鸩said鸩"}


# What a bundle says, by design: codes and states, the rules that the contest published, digests and random keys.
PUBLISHED = {
    "key", "code", "state", "kind", "number", "hash", "prev_hash", "action", "subject", "via", "digest", "method", "ties",
    "rounding", "measure", "combine", "outcome", "input_digest", "result_digest", "rule_version", "code_version", "terms",
    "source", "choice", "zone", "language", "level", "sha256", "password", "save_key", "last_save", "majority_of", "by",
}  # fmt: skip


def is_words(model: Any, field: Any, models: Any) -> bool:
    if field.name in PUBLISHED or not isinstance(field, (models.CharField, models.TextField)) or field.choices:
        return False
    return (model.__name__, field.name) not in {("Criterion", "label_zh")}


def test_a_name_would_be_found(canaries):
    """The test of the test: a number that is a token is in the bundle, and is seen there."""
    contest, _ = canaries
    contest.entries.filter(number="A1").update(number="鸩A1鸩")
    assert "鸩A1鸩" in bundle_of(fixed_list(contest)).decode("utf-8", "replace")


# ── against the database ──


def test_a_bundle_is_what_the_database_says(data, tied):
    assert differences(data) == []
    School.objects.filter(entries__contest=tied.contest).update(name="改名")
    Person.objects.filter(authorships__entry=tied.entries["A1"]).update(name="改名")
    assert differences(data) == []


def test_what_the_database_says_otherwise_is_named(data, tied):
    mark = Mark.objects.filter(sheet__assignment__entry__number="A1").first()
    Mark.objects.filter(pk=mark.pk).update(points=1)
    found = differences(data)
    assert {one.member for one in found} == {"sheets.jsonl"}
    assert [one.is_of_bundle for one in found] == [True, False]


def test_what_happened_since_is_no_difference(tied):
    decide(contest=tied.contest, by=None, at=AT)
    data = bundle_of(lock_list(contest=tied.contest, by=None, at=AT))
    publish_list(contest=Contest.objects.get(pk=tied.contest.pk), by=None, at=LATER)
    assert verify(data).holds
    assert differences(data) == []


def test_a_bundle_of_elsewhere_is_refused(data, tied):
    tied.contest.award_lists.filter(version=2).update(version=9)
    with pytest.raises(Refused) as fault:
        differences(data)
    assert fault.value.denial.code == "bundle-of-elsewhere"


# ── what is answered ──


def test_the_answer_says_what_was_checked_and_what_not_in_both_languages(data):
    text = as_text(verify(data))
    assert "全部一致 · everything holds" in text
    assert "得分与名次 · scores and ranks worked out again" in text
    assert "not recomputed" in text
    assert "severity model" in text
    answer = json.loads(as_json(tampered(data, lambda rows: rows["awards"].pop())))
    assert answer["holds"] is False
    assert {one["code"] for one in answer["faults"]} == {"award-missing", "link-differs"}
    assert all(one["zh"] and one["en"] for one in answer["faults"])


def test_a_decision_of_a_workbook_names_no_tie_and_that_is_said(data, tied):
    Decision.objects.update(terms="")
    assert "terms-blank" in notes(bundle_of(fixed_list(tied.contest)))

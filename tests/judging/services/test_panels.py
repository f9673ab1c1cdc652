"""Panels: the assigner keeps to them, what stands is left alone, cross reviews link them."""

import pytest

from competition.errors import Refused
from competition.models import Division, Entry, Event, Subject, Track
from competition.services.setting_up import copy_contest
from judging.conflicts import panels_of
from judging.coverage import coverage_of
from judging.models import Assignment, Judge, Panel, Rubric
from judging.services.assignments import add_assignment, assign_judges, propose_assignments
from judging.services.cross_reviews import add_cross_reviews, propose_cross_reviews
from judging.services.panel import JudgeFacts, add_judge, dismiss_judge
from judging.services.panels import PanelFacts, delete_panel, save_panel
from tests.factories.contests import AT, small_contest
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """A1 of physics, A2 of chemistry, A3 of biology; four judges, nothing assigned, one judge an entry."""
    made = judged_contest()
    Assignment.objects.all().delete()
    Rubric.objects.update(reviews=1)
    for number, name in (("A1", "物理"), ("A2", "化学"), ("A3", "生物")):
        subject = Subject.objects.create(contest=made.contest, code=name, label_zh=name)
        Entry.objects.filter(number=number).update(subject=subject)
    add_judge(contest=made.contest, facts=JudgeFacts("后备"), by=made.office, at=AT)
    return made


def make(judged: Judged, name: str, subjects: str, judges: str, panel: Panel | None = None, **more) -> Panel:
    """subjects, judges   codes, with spaces between them"""
    facts = PanelFacts(
        label_zh=name,
        track=Track.objects.get(contest=judged.contest, code="创新"),
        subjects=tuple(Subject.objects.filter(code__in=subjects.split())),
        judges=tuple(judged.contest.judges.filter(code__in=judges.split())),
        **more,
    )
    return save_panel(contest=judged.contest, panel=panel, facts=facts, by=judged.office, at=AT)


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("judge__code", "entry__number"))


def assign(judged: Judged, seed: int = 1) -> set[tuple[str, str]]:
    assign_judges(contest=judged.contest, seed=seed, by=judged.office, at=AT)
    return pairs()


def test_small_subjects_are_one_panel_and_its_judges_mark_nothing_else(judged):
    make(judged, "理化", "物理 化学", "J1")
    make(judged, "生物", "生物", "J2")
    assert assign(judged) == {("J1", "A1"), ("J1", "A2"), ("J2", "A3")}


@pytest.mark.parametrize("seed", range(6))
def test_a_large_subject_is_shared_by_several_panels(judged, seed):
    Entry.objects.update(subject=Subject.objects.get(code="物理"))
    make(judged, "物理甲", "物理", "J1")
    make(judged, "物理乙", "物理", "J2")
    assert {code for code, _number in assign(judged, seed)} == {"J1", "J2"}


def test_an_entry_of_no_panel_is_anybodys_and_is_counted(judged):
    make(judged, "物理", "物理", "J1")
    proposal = propose_assignments(judged.contest, seed=1)
    assert ("J1", "A1") in {(judge.code, entry.number) for entry, judge in proposal.parts[0].added}
    assert proposal.added == 3
    (track,) = coverage_of(judged.contest).tracks
    assert [entry.number for entry in track.outside] == ["A2", "A3"]
    assert [judge.code for judge in track.judges] == ["J2", "J3", "P01"]


def test_without_panels_nothing_changes(judged):
    before = propose_assignments(judged.contest, seed=1).digest
    panel = make(judged, "全部", "", "J1 J2 J3 P01")
    assert propose_assignments(judged.contest, seed=1).digest == before
    make(judged, "全部", "", "J1", panel)
    assert propose_assignments(judged.contest, seed=1).digest != before
    delete_panel(panel=panel, by=judged.office, at=AT)
    assert propose_assignments(judged.contest, seed=1).digest == before


def test_a_division_narrows_a_panel(judged):
    division = Division.objects.create(contest=judged.contest, code="初中", label_zh="初中", order=1)
    Entry.objects.filter(number="A1").update(division=division)
    make(judged, "初中", "", "J1", division=division)
    assert [entry.number for entry in coverage_of(judged.contest).tracks[0].outside] == ["A2", "A3"]
    assert {number for code, number in assign(judged) if code == "J1"} >= {"A1"}


def test_what_stands_outside_its_panel_stays_when_it_is_assigned_again(judged):
    make(judged, "全部", "", "J1")
    one, entry = judged.contest.rounds.get(), Entry.objects.get(number="A1")
    add_assignment(one=one, entry=entry, judge=judged.judge("J2"), by=judged.office, at=AT)
    assert assign(judged) == {("J2", "A1"), ("J1", "A2"), ("J1", "A3")}
    assert propose_assignments(judged.contest, seed=1).released == 0


def test_closed_panels_are_linked_by_cross_reviews_which_stay(judged):
    make(judged, "物理", "物理", "J1")
    make(judged, "化学", "化学", "J2")
    make(judged, "生物", "生物", "J3")
    assign(judged)
    (linking,) = propose_cross_reviews(propose_assignments(judged.contest, seed=1))
    assert (linking.groups, linking.left, len(linking.reviews)) == (3, 1, 2)
    common = {"seed": 1, "shown": linking.digest, "by": judged.office, "at": AT}
    add_cross_reviews(rubric=linking.rubric, **common)
    before = pairs()
    assert assign(judged) == before


def test_who_lacks_a_judge_is_told_how_many_are_of_other_panels(judged):
    make(judged, "物理", "物理", "")
    (case,) = propose_assignments(judged.contest, seed=1).shortages
    assert "A1" in case
    assert "4" in case  # all four are of other panels


def test_the_page_says_which_panel_is_too_small_and_who_is_not_for_its_track(judged):
    Rubric.objects.update(reviews=2)
    make(judged, "物理", "物理", "J1 J2")
    dismiss_judge(judge=judged.judge("J2"), by=judged.office, at=AT)
    other = Track.objects.create(contest=judged.contest, code="创意", label_zh="创意", order=2)
    judged.judge("J1").tracks.add(other)
    (row,) = coverage_of(judged.contest).rows
    assert (row.entries, row.judges, [one.code for one in row.elsewhere], row.is_short) == (1, [], ["J1", "J2"], True)


def test_a_panel_whose_subject_is_taken_out_marks_nothing_and_not_everything(judged):
    spare = Subject.objects.create(contest=judged.contest, code="天文", label_zh="天文")
    panel = make(judged, "天文", "天文", "J1")
    spare.delete()
    entry = Entry.objects.get(number="A1")
    assert panels_of(judged.contest).judges_of(entry) is None
    assert not Panel.objects.get(pk=panel.pk).marks(entry)


def test_one_event_for_one_change_and_two_of_one_name_are_refused(judged):
    panel = make(judged, "物理", "物理", "J1")
    make(judged, "物理组", "物理", "J1 J2", panel)
    assert list(Event.objects.filter(action="panel.saved").values_list("body", flat=True)) == [
        {"judges": 1}, {"judges": 2},
    ]  # fmt: skip
    with pytest.raises(Refused) as fault:
        make(judged, "物理组", "", "")
    assert fault.value.denial.code == "panel-twice"
    delete_panel(panel=panel, by=judged.office, at=AT)
    assert Event.objects.filter(action="panel.deleted").count() == 1
    for again in (
        lambda: make(judged, "物理", "", "", panel),
        lambda: delete_panel(panel=panel, by=judged.office, at=AT),
    ):
        with pytest.raises(Refused):
            again()
    assert Panel.objects.count() == 0
    assert Judge.objects.count() == 4


def test_only_the_office_and_only_until_the_decision(judged):
    panel = make(judged, "物理", "物理", "J1")
    with pytest.raises(Refused):
        delete_panel(panel=panel, by=judged.users["J1"], at=AT)
    judged.contest.state = "decision"
    judged.contest.save(update_fields=["state"])
    with pytest.raises(Refused):
        make(judged, "化学", "化学", "J1")


def test_the_next_edition_has_the_panels_without_their_judges(judged):
    division = Division.objects.create(contest=judged.contest, code="初中", label_zh="初中", order=1)
    make(judged, "理化", "物理 化学", "J1 J2", division=division)
    made = copy_contest(contest=judged.contest, by=judged.office, at=AT)
    (panel,) = made.panels.all()
    assert (panel.label_zh, panel.track.contest, panel.division.contest) == ("理化", made, made)
    assert ({one.code for one in panel.subjects.all()}, panel.has_all_subjects) == ({"物理", "化学"}, False)
    assert {one.contest for one in panel.subjects.all()} == {made}
    assert panel.judges.count() == 0


def test_a_contest_that_is_played_from_a_workbook_has_no_panels():
    assert panels_of(small_contest().contest).rows == ()

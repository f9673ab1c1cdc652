"""What addresses of judging name."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from competition.models import District, Entry
from judging.access import CommonOfJudge, UnitInRound
from judging.access_to_practice import PracticeOfJudge, WorkOfJudge
from judging.models import (
    Assignment,
    CommonSet,
    Judge,
    Panel,
    PracticeWork,
    Question,
    Room,
    Round,
    RoundEntry,
    Sheet,
)
from judging.practising import practice_sets


def find_judge(request: HttpRequest, key: str) -> Judge:
    return get_object_or_404(Judge.objects.select_related("contest"), key=key)


def find_sheet(request: HttpRequest, key: str, sheet: str) -> Sheet:
    """Found within its judge's pile only."""
    everything = Sheet.objects.select_related(
        "assignment__judge__contest", "assignment__round", "assignment__entry__track"
    )
    return get_object_or_404(everything, assignment__judge__key=key, key=sheet)


def find_assignment(request: HttpRequest, key: str, work: str) -> Assignment:
    """An entry in the pile of this judge, in one round."""
    rows = Assignment.objects.select_related("judge__contest", "round", "draft")
    found = get_object_or_404(rows, judge__key=key, key=work)
    # two small questions: PostgreSQL thinks longer about one of eight tables, with every save of every judge
    found.entry = Entry.objects.select_related("track", "division").get(pk=found.entry_id)
    found.entry.contest = found.judge.contest
    return found


def find_judge_in(request: HttpRequest, key: str, judge: str) -> Judge:
    """A judge of this contest, for its office."""
    rows = Judge.objects.select_related("contest", "person", "user", "school", "district")
    return get_object_or_404(rows, contest__key=key, key=judge)


def find_panel_in(request: HttpRequest, key: str, panel: str) -> Panel:
    rows = Panel.objects.select_related("contest", "track", "division")
    return get_object_or_404(rows, contest__key=key, key=panel)


def find_sheet_in(request: HttpRequest, key: str, sheet: str) -> Sheet:
    rows = Sheet.objects.select_related("assignment__judge__contest", "assignment__round__contest", "assignment__entry")
    return get_object_or_404(rows, assignment__round__contest__key=key, key=sheet)


def find_question_in(request: HttpRequest, key: str, question: str) -> Question:
    rows = Question.objects.select_related("assignment__round__contest", "assignment__entry", "assignment__judge")
    return get_object_or_404(rows, assignment__round__contest__key=key, key=question)


def find_round(request: HttpRequest, key: str, place: int) -> Round:
    return get_object_or_404(Round.objects.select_related("contest"), contest__key=key, order=place)


def find_common(request: HttpRequest, key: str, common: str) -> CommonOfJudge:
    """Common entries of the contest of this judge."""
    judge = find_judge(request, key)
    sets = CommonSet.objects.select_related("round__contest", "track")
    return CommonOfJudge(judge, get_object_or_404(sets, round__contest=judge.contest_id, key=common))


def find_practice(request: HttpRequest, key: str, practice: str) -> PracticeOfJudge:
    """What is practised in the contest of this judge."""
    judge = find_judge(request, key)
    sets = practice_sets().select_related("round__contest", "track")
    return PracticeOfJudge(judge, get_object_or_404(sets, round__contest=judge.contest_id, key=practice))


def find_practice_work(request: HttpRequest, key: str, work: str) -> WorkOfJudge:
    judge = find_judge(request, key)
    works = PracticeWork.objects.filter(practice__in=practice_sets())
    works = works.select_related("practice__round__contest", "practice__track")
    return WorkOfJudge(judge, get_object_or_404(works, practice__round__contest=judge.contest_id, key=work))


def find_place(request: HttpRequest, key: str, place: int, entry: str) -> RoundEntry:
    """An entry in a round of this contest."""
    rows = RoundEntry.objects.select_related("round__contest", "entry__track", "entry__school__district", "room")
    return get_object_or_404(rows, round__contest__key=key, round__order=place, entry__key=entry)


def find_room(request: HttpRequest, key: str, place: int, room: str) -> Room:
    rows = Room.objects.select_related("round__contest")
    return get_object_or_404(rows, round__contest__key=key, round__order=place, key=room)


def find_unit_in_round(request: HttpRequest, key: str, contest: str, place: int) -> UnitInRound:
    return UnitInRound(find_round(request, contest, place), get_object_or_404(District, key=key))

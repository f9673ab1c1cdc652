"""What addresses of judging name."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from competition.models import Entry
from judging.models import Assignment, Judge, Question, Sheet


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


def find_sheet_in(request: HttpRequest, key: str, sheet: str) -> Sheet:
    rows = Sheet.objects.select_related("assignment__judge__contest", "assignment__round__contest", "assignment__entry")
    return get_object_or_404(rows, assignment__round__contest__key=key, key=sheet)


def find_question_in(request: HttpRequest, key: str, question: str) -> Question:
    rows = Question.objects.select_related("assignment__round__contest", "assignment__entry", "assignment__judge")
    return get_object_or_404(rows, assignment__round__contest__key=key, key=question)

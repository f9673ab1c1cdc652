"""What addresses of judging name."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from judging.models import Assignment, Judge, Sheet


def find_judge(request: HttpRequest, key: str) -> Judge:
    return get_object_or_404(Judge.objects.select_related("contest"), key=key)


def find_sheet(request: HttpRequest, key: str, sheet: str) -> Sheet:
    """Found within its judge's pile only."""
    everything = Sheet.objects.select_related(
        "assignment__judge__contest", "assignment__round", "assignment__entry__track"
    )
    return get_object_or_404(everything, assignment__judge__key=key, key=sheet)


def find_assignment(request: HttpRequest, key: str, entry: str) -> Assignment:
    """The entry in the pile of this judge, whichever the round."""
    rows = Assignment.objects.select_related("judge__contest", "entry__track", "entry__division", "entry__contest")
    found = rows.filter(judge__key=key, entry__key=entry).first()
    if found is None:
        raise Http404("Not in this pile.")
    return found

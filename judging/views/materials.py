"""What a judge reads of an entry: the copies, under neutral names. The files themselves are never near this page."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from competition.inspection import FileKind
from competition.models import Entry, Material, StoredFile
from competition.views.doors import allowed
from competition.views.downloads import stored
from competition.views.previews import preview_page
from judging.access import why_not_see_work
from judging.models import Assignment
from judging.views.finding import find_assignment

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp",
           "video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov"}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One copy. `name` tells the entry's number, the kind and which of them, and nothing else."""

    key: str
    name: str
    copy: StoredFile
    pages: range


def shown_to_judges(entry: Entry) -> list[Shown]:
    """By kind, in the order in which the track asks for them."""
    rows = entry.materials.filter(is_removed=False, kind__is_for_judges=True, copy__isnull=False)
    numbers: dict[int, int] = {}
    found = []
    for one in rows.select_related("kind", "copy"):
        numbers[one.kind_id] = numbers.get(one.kind_id, 0) + 1
        if one.copy is not None:
            found.append(Shown(one.key, neutral_name(entry, one, numbers[one.kind_id]), one.copy, pages_of(one)))
    return found


def neutral_name(entry: Entry, material: Material, number: int) -> str:
    copy = material.copy
    ending = ENDINGS.get(copy.media_type, f".{material.name.rsplit('.', 1)[-1].lower()}"[:6]) if copy else ""
    return f"{entry.number}-{material.kind.label}-{number}{ending}"


def pages_of(material: Material) -> range:
    can_be_drawn = material.copy is not None and material.copy.kind in (FileKind.PDF, FileKind.IMAGE)
    return range(1, (material.copy.pages or 1) + 1) if can_be_drawn and material.copy else range(0)


def find_shown(entry: Entry, key: str) -> Shown:
    found = next((one for one in shown_to_judges(entry) if one.key == key), None)
    if found is None:
        raise Http404("No such copy.")
    return found


@require_GET
@allowed(why_not_see_work, find_assignment)
def work(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    facts = {"judge": assignment.judge, "contest": assignment.judge.contest, "entry": assignment.entry}
    return render(request, "judging/work.html", facts | {"materials": shown_to_judges(assignment.entry)})


@require_GET
@allowed(why_not_see_work, find_assignment)
def material(request: HttpRequest, assignment: Assignment, material: str) -> FileResponse:
    found = find_shown(assignment.entry, material)
    return stored(found.copy, found.name)


@require_GET
@allowed(why_not_see_work, find_assignment)
def material_page(request: HttpRequest, assignment: Assignment, material: str, number: int) -> FileResponse:
    return preview_page(find_shown(assignment.entry, material).copy, number)

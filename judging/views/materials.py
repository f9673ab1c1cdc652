"""What a judge reads of an entry: the copies, under neutral names. The files themselves are never near this page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from competition.inspection import FileKind
from competition.models import Entry, Material, StoredFile
from competition.views.doors import allowed
from competition.views.downloads import ENDINGS, stored
from competition.views.previews import preview_page
from judging.access import why_not_see_work
from judging.models import Assignment
from judging.views.finding import find_assignment


@dataclass(frozen=True)
class Shown:
    """One copy. `name` tells the entry's number, the kind and which of them, and nothing else."""

    key: str
    name: str
    copy: StoredFile
    pages: range


def shown_to_judges(entry: Entry) -> list[Shown]:
    return shown_of([entry])[entry.pk]


def shown_of(entries: Sequence[Entry]) -> dict[int, list[Shown]]:
    """By kind, in the order in which the track asks for them. A file that names somebody waits until the office has let
    the names pass, also where it came after the check."""
    by_key = {one.pk: one for one in entries}
    rows = Material.objects.filter(entry__in=by_key, is_removed=False, kind__is_for_judges=True, copy__isnull=False)
    numbers: Counter[tuple[int, int]] = Counter()
    found: dict[int, list[Shown]] = {key: [] for key in by_key}
    for one in rows.select_related("kind", "copy"):
        numbers[one.entry_id, one.kind_id] += 1
        if one.copy is not None and (one.cleared_reason or not one.findings):
            name = neutral_name(by_key[one.entry_id], one, numbers[one.entry_id, one.kind_id])
            found[one.entry_id].append(Shown(one.key, name, one.copy, pages_of(one)))
    return found


def neutral_name(entry: Entry, material: Material, number: int) -> str:
    ending = ENDINGS.get(material.copy.media_type, "") if material.copy else ""
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
def material(request: HttpRequest, assignment: Assignment, material: str) -> FileResponse:
    found = find_shown(assignment.entry, material)
    return stored(found.copy, found.name)


@require_GET
@allowed(why_not_see_work, find_assignment)
def material_page(request: HttpRequest, assignment: Assignment, material: str, number: int) -> FileResponse:
    return preview_page(find_shown(assignment.entry, material).copy, number)

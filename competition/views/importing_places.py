"""A list of units and schools from Excel: read, shown row by row, asked about, and only then taken in."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_organise
from competition.core.place_columns import PLACE_LIST
from competition.errors import Refused
from competition.events import record_look
from competition.importing_places import (
    ASKED,
    CHANGED,
    NEW,
    SAME,
    WRONG,
    Fault,
    Line,
    Plan,
    places_plan,
    read_places,
)
from competition.models import District, School
from competition.services.importing_places import Imported, import_places
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.importing import ListForm, faults_xlsx
from competition.views.kept import keep, redeemed, ticket

SHOWN = 300  # rows that are read; those that ask something are shown beyond it
MOST_QUESTIONS = 500  # a form has an end


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise)
def upload(request: SignedIn, thing: None) -> HttpResponse:
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "competition/places_import.html", {"form": form}, status=status)
    data = form.cleaned_data["list"].read()
    return preview(request, data, keep(data), {})


def preview(request: SignedIn, data: bytes, sha256: str, answers: dict[str, str]) -> HttpResponse:
    """answers   those about units; what they change is shown before it counts"""
    plan = places_plan(read_places(data), answers)
    record_look(request.user, "places", request.user, at=timezone.now())
    shown = shown_lines(plan)
    facts = {
        "plan": plan,
        "lines": shown,
        "more": len(plan.lines) - len(shown),
        "counts": [(one, plan.count(one)) for one in (NEW, CHANGED, ASKED, SAME, WRONG)],
        "open": [one for one in plan.units if not one.answer],
        "answers": answers,
        "ticket": ticket(request.user, sha256, plan.digest),
    }
    return render(request, "competition/places_preview.html", facts)


def shown_lines(plan: Plan) -> list[Line]:
    asking = {line.number for line in plan.lines if line.candidates}
    asking = set(sorted(asking)[:MOST_QUESTIONS])
    return [line for at, line in enumerate(plan.lines) if at < SHOWN or line.number in asking]


def sent(request: SignedIn, about: Sequence[str]) -> dict[str, str]:
    """What was answered, by the names of the fields."""
    names = [name for name in request.POST if name.startswith(tuple(about))]
    return {name: request.POST[name] for name in names}


def kept_list(request: SignedIn) -> tuple[bytes, str, str] | None:
    """The bytes that were looked at, their SHA-256, and the digest of what was shown; None where the day is over."""
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    try:
        return (kept.read(), kept.sha256, kept.shown) if kept else None
    except FileNotFoundError:
        return None


def upload_again(request: SignedIn) -> HttpResponse:
    messages.error(request, _("The day of this list is over. Upload it again."))
    return redirect("places-import")


@require_POST
@allowed(why_not_organise)
def answered(request: SignedIn, thing: None) -> HttpResponse:
    """Which units are meant: look at the list once more with that."""
    found = kept_list(request)
    if found is None:
        return upload_again(request)
    return preview(request, found[0], found[1], sent(request, ["unit-"]))


@require_POST
@allowed(why_not_organise)
def apply(request: SignedIn, thing: None) -> HttpResponse:
    """What was shown and answered, and nothing else."""
    found, answers = kept_list(request), sent(request, ["unit-", "row-"])
    if found is None:
        return upload_again(request)
    data, sha256, shown = found
    reading = read_places(data)
    try:
        with events.via(Via.WEB):
            done = import_places(reading=reading, answers=answers, shown=shown, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return preview(request, data, sha256, sent(request, ["unit-"]))
    tell(request, done)
    left = done.plan.count(WRONG) + done.plan.count(ASKED)
    if not left:
        return redirect("places")
    facts = {"left": left, "answers": answers, "ticket": ticket(request.user, sha256, shown)}
    return render(request, "competition/places_imported.html", facts)


def tell(request: SignedIn, done: Imported) -> None:
    counts = {"units": done.units, "schools": done.schools, "changed": done.changed}
    said = _("Taken in: %(units)s new units, %(schools)s new schools, %(changed)s rows changed.") % counts
    if any(counts.values()):
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing new came in."))


@require_POST
@allowed(why_not_organise)
def faults(request: SignedIn, thing: None) -> HttpResponse:
    """The rows that do not go in, with why at their cells: mend them and upload this file."""
    found = kept_list(request)
    if found is None:
        return upload_again(request)
    plan = places_plan(read_places(found[0]), sent(request, ["unit-", "row-"]))
    left = {line.number: why_left(line, plan) for line in plan.lines if line.status in (WRONG, ASKED)}
    return download(faults_xlsx(plan.table, left, PLACE_LIST.zh), "to-correct.xlsx", XLSX)


def why_left(line: Line, plan: Plan) -> list[Fault]:
    if line.status == WRONG:
        return line.faults
    column, asked = "school", line.candidates
    if not asked:
        column, asked = "unit", next(one.candidates for one in plan.units if one.name == line.unit_name)
    text = _("Perhaps the same as %(names)s: nobody has said so yet.") % {"names": "、".join(one.name for one in asked)}
    return [Fault(plan.table.letters[column], text)]


@require_GET
@allowed(why_not_organise)
def list_xlsx(request: SignedIn, thing: None) -> HttpResponse:
    """What is here now, in the columns that an import reads: change it and bring it back."""
    record_look(request.user, "places", request.user, at=timezone.now())
    rows: list[list[Any]] = []
    for unit in District.objects.prefetch_related("schools"):
        kind = PLACE_LIST.column("kind").choices[unit.kind][in_english()]
        rows.append([unit.label_zh, kind, "", unit.label_en, "", unit.contact, unit.phone])
        rows += [row_of(unit, school) for school in sorted(unit.schools.all(), key=lambda one: one.name)]
    return download(list_of(rows), "schools.xlsx", XLSX)


def row_of(unit: District, school: School) -> list[Any]:
    names = "、".join(school.aliases)
    return [unit.label_zh, "", school.name, school.name_en, names, school.contact, school.phone]


@require_GET
@allowed(why_not_organise)
def empty_xlsx(request: SignedIn, thing: None) -> HttpResponse:
    """The headings alone."""
    return download(list_of([]), "schools-empty.xlsx", XLSX)


def list_of(rows: list[list[Any]]) -> bytes:
    """The sheet, and a second one that explains its columns."""
    sheet = PLACE_LIST.en if in_english() else PLACE_LIST.zh
    headings = [Heading(one.en if in_english() else one.zh, "", 18) for one in PLACE_LIST.columns]
    told = [[one.en, one.help_en] if in_english() else [one.zh, one.help_zh] for one in PLACE_LIST.columns]
    explained = Sheet(_("How to fill it in"), [Heading(_("Column"), "", 20), Heading(_("Meaning"), "", 70)], told)
    return workbook_bytes([Sheet(sheet, headings, rows), explained], at=timezone.now())


def in_english() -> bool:
    return (get_language() or "zh").startswith("en")

"""A list of entries from Excel: read, shown row by row, and only then taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import Entrance, UnitIn, why_not_enter, why_not_enter_for_unit
from competition.core.columns import SheetSpec
from competition.core.entry_columns import ENTRY_LIST
from competition.core.pasted import pasted_rows
from competition.core.reading import Table, safe_text
from competition.errors import Refused
from competition.importing import CHANGED, NEW, SAME, WRONG, Plan, import_plan
from competition.models import Contest, District, School
from competition.services.entering import import_entries
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import SchoolState, Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.entering import find_entrance
from competition.views.finding import find_unit_in
from competition.views.kept import keep, redeemed, ticket

LIMIT_MB = 10
SHOWN = 300


class ListForm(forms.Form):
    list = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy(
            ".xlsx, .xls (also of WPS), .ods, .csv or .txt, at most 10 MB. Nothing is taken in until you say so."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def clean_list(self) -> Any:
        found = self.cleaned_data["list"]
        if found.size > LIMIT_MB * 1024 * 1024:
            raise forms.ValidationError(_("The file has more than %(most)s MB."), params={"most": LIMIT_MB})
        return found


class RowsForm(ListForm):
    """A list as a file, or typed; one of the two. `spec` tells the columns, `example` a typed line."""

    spec: SheetSpec
    example = ""
    help_text: Any = ""

    typed = forms.CharField(label=gettext_lazy("Or type or paste rows"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["list"].required = False
        self.fields["typed"].help_text = self.help_text
        self.fields["typed"].widget.attrs |= {"rows": 6, "placeholder": self.example}

    def clean_list(self) -> Any:
        return super().clean_list() if self.cleaned_data["list"] else None

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(found.get("list")) == bool(found.get("typed", "").strip()):
            raise forms.ValidationError(_("Choose a file, or type rows: one of the two."))
        return found

    @property
    def data_of_list(self) -> bytes:
        found = self.cleaned_data["list"]
        data: bytes = found.read() if found else pasted_rows(self.cleaned_data["typed"], self.spec)
        return data


@dataclass(frozen=True)
class ListFor:
    """Whose entries a list may speak of, and where its pages are: of a school, or of all schools of a unit."""

    contest: Contest
    schools: Sequence[School]
    place: School | District
    prefix: str
    home: str

    def url(self, step: str = "") -> str:
        return reverse(f"{self.prefix}{step}", args=[self.contest.key, self.place.key])

    @property
    def urls(self) -> dict[str, str]:
        return {step: self.url(f"-{step}") for step in ("apply", "faults", "template")} | {"upload": self.url()}

    def plan(self, data: bytes) -> Plan:
        today = timezone.now().astimezone(self.contest.tz).date()
        return import_plan(data, self.contest, self.schools, today=today)


def of_school(entrance: Entrance) -> ListFor:
    home = reverse("school", args=[entrance.school.key])
    return ListFor(entrance.contest, [entrance.school], entrance.school, "import", home)


def of_unit(place: UnitIn) -> ListFor:
    schools = list(place.unit.schools.filter(state=SchoolState.ACTIVE).select_related("district"))
    home = f"{reverse('unit', args=[place.unit.key])}?contest={place.contest.key}"
    return ListFor(place.contest, schools, place.unit, "unit-import", home)


def upload_page(request: SignedIn, wanted: ListFor) -> HttpResponse:
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    facts: dict[str, Any] = {"wanted": wanted, "urls": wanted.urls}
    if not form.is_bound or not form.is_valid():
        facts |= {"form": form}
        return render(request, "competition/import.html", facts, status=422 if form.is_bound else 200)
    data = form.cleaned_data["list"].read()
    plan = wanted.plan(data)
    facts |= {
        "plan": plan,
        "lines": plan.lines[:SHOWN],
        "more": max(len(plan.lines) - SHOWN, 0),
        "counts": [(one, plan.count(one)) for one in (NEW, CHANGED, SAME, WRONG)],
        "ticket": ticket(request.user, keep(data), plan.digest),
    }
    return render(request, "competition/import_preview.html", facts)


def kept_list(request: SignedIn) -> tuple[bytes | None, str]:
    """The bytes of the list that was shown, and the digest of what was shown of it."""
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    try:
        return (kept.read(), kept.shown) if kept else (None, "")
    except FileNotFoundError:
        return None, ""


def apply_page(request: SignedIn, wanted: ListFor) -> HttpResponse:
    """What was shown, and nothing else."""
    data, shown = kept_list(request)
    plan = wanted.plan(data) if data is not None else None
    if plan is None or plan.digest != shown:
        messages.error(
            request,
            _("This preview is too old, or entries changed since. Nothing was taken in. Upload the list again."),
        )
        return redirect(wanted.url())
    try:
        with events.via(Via.WEB):
            new, changed = import_entries(contest=wanted.contest, lines=plan.good, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(wanted.url())
    facts = {"new": new, "changed": changed}
    messages.success(
        request, _("%(new)s drafts are new, %(changed)s were changed. Complete them and hand them in.") % facts
    )
    return redirect(wanted.home)


def faults_page(request: SignedIn, wanted: ListFor) -> HttpResponse:
    """The wrong rows alone, with what is wrong at their cells: mend them and upload this file."""
    data, _shown = kept_list(request)
    if data is None:
        messages.error(request, _("The day of this list is over. Upload it again."))
        return redirect(wanted.url())
    plan = wanted.plan(data)
    wrong = {line.number: line.faults for line in plan.lines if line.status == WRONG}
    return download(faults_xlsx(plan.table, wrong, ENTRY_LIST.zh), "to-correct.xlsx", XLSX)


def template_page(wanted: ListFor) -> HttpResponse:
    """An empty list with this contest's tracks as its example; for a unit with the column of schools."""
    in_english = (get_language() or "zh").startswith("en")
    left_out = {"number", "school"} if isinstance(wanted.place, School) else {"number"}
    columns = [one for one in ENTRY_LIST.columns if one.name not in left_out]
    headings = [Heading(one.en if in_english else one.zh, "", 20) for one in columns]
    tracks = list(wanted.contest.tracks.all())
    rows = [[one.label if column.name == "track" else "" for column in columns] for one in tracks]
    data = workbook_bytes([Sheet(ENTRY_LIST.en if in_english else ENTRY_LIST.zh, headings, rows)], at=timezone.now())
    return download(data, "entries.xlsx", XLSX)


def faults_xlsx(table: Table, wrong: Mapping[int, Sequence[Any]], title: str) -> bytes:
    """The rows of these numbers, each with its faults (column, text)."""
    names = [name for name in table.headings if name in table.letters]
    rows: list[list[str]] = []
    marked: dict[tuple[int, int], str] = {}
    for row in table.rows:
        if row.number not in wrong:
            continue
        faults = wrong[row.number]
        cells = [cell_text(row.values.get(name, row.extra.get(name, ""))) for name in names]
        for column, name in enumerate(names):
            here = [fault for fault in faults if fault.column == table.letters[name]]
            if here:
                marked[len(rows), column] = "\n".join(fault.text for fault in here)
                cells[column] = cells[column] or next((safe_text(one.found) for one in here if one.found), "")
        rows.append([*cells, "；".join(fault.text for fault in faults)])
    headings = [Heading(table.headings[name], "", 18) for name in names] + [Heading("问题", "Problem", 60)]
    return workbook_bytes([Sheet(title, headings, rows, marked)], at=timezone.now())


def cell_text(value: Any) -> str:
    return "、".join(value) if isinstance(value, tuple) else safe_text(value)


@require_http_methods(["GET", "POST"])
@allowed(why_not_enter, find_entrance)
def upload(request: SignedIn, entrance: Entrance) -> HttpResponse:
    return upload_page(request, of_school(entrance))


@require_POST
@allowed(why_not_enter, find_entrance)
def apply(request: SignedIn, entrance: Entrance) -> HttpResponse:
    return apply_page(request, of_school(entrance))


@require_POST
@allowed(why_not_enter, find_entrance)
def faults(request: SignedIn, entrance: Entrance) -> HttpResponse:
    return faults_page(request, of_school(entrance))


@require_GET
@allowed(why_not_enter, find_entrance)
def template(request: SignedIn, entrance: Entrance) -> HttpResponse:
    return template_page(of_school(entrance))


@require_http_methods(["GET", "POST"])
@allowed(why_not_enter_for_unit, find_unit_in)
def unit_upload(request: SignedIn, place: UnitIn) -> HttpResponse:
    """One list for all schools of a unit."""
    return upload_page(request, of_unit(place))


@require_POST
@allowed(why_not_enter_for_unit, find_unit_in)
def unit_apply(request: SignedIn, place: UnitIn) -> HttpResponse:
    return apply_page(request, of_unit(place))


@require_POST
@allowed(why_not_enter_for_unit, find_unit_in)
def unit_faults(request: SignedIn, place: UnitIn) -> HttpResponse:
    return faults_page(request, of_unit(place))


@require_GET
@allowed(why_not_enter_for_unit, find_unit_in)
def unit_template(request: SignedIn, place: UnitIn) -> HttpResponse:
    return template_page(of_unit(place))

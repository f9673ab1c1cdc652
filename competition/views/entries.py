"""The entries of a contest: searched, filtered, sorted, and taken along as a workbook."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest, District, Entry
from competition.numbers_above import GIVEN, numbers_in_words
from competition.packing import files_of, zip_stream
from competition.selectors import entries_matching, in_full
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import EntryState
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of, sorted_by

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("order",),
    "title": ("title",),
    "track": ("track__order",),
    "division": ("division__order",),
    "school": ("school__name",),
    "district": ("school__district__label_zh",),
    "state": ("state",),
}
HEADINGS = (
    Heading("作品编号", "Entry number", 12),
    Heading("作品名称", "Title", 44),
    Heading("赛项", "Track", 22),
    Heading("组别", "Division", 10),
    Heading("作者", "Authors", 24),
    Heading("学校", "School", 30),
    Heading("推荐单位", "District", 14),
    Heading("审查结果", "State", 12),
    Heading("授权号", "Authorisation number", 18),
    Heading("上级编号", "Number there", 16),
)


class EntryFilter(forms.Form):
    """What the address asks for; a word that it does not know leaves that filter open."""

    track = forms.ChoiceField(label=_("Track"), required=False)
    division = forms.ChoiceField(label=_("Division"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, data, contest: Contest):
        super().__init__(data)
        present = set(contest.entries.entered().order_by().values_list("state", flat=True).distinct())
        districts = District.objects.filter(schools__entries__contest=contest).distinct()
        offer: dict[str, list[tuple[Any, Any]]] = {
            "track": [(one.code, one.label) for one in contest.tracks.all()],
            "division": [(one.code, one.label) for one in contest.divisions.all()],
            "state": [(one.value, one.label) for one in EntryState if one in present],
            "district": [(one.key, one.label) for one in districts],
        }
        for name, choices in offer.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", str(_("All"))), *list(choices)]

    def applied_to(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        self.is_valid()
        paths = {
            "track": "track__code",
            "division": "division__code",
            "state": "state",
            "district": "school__district__key",
        }
        wanted = {path: self.cleaned_data.get(name) for name, path in paths.items()}
        return entries.filter(**{path: value for path, value in wanted.items() if value})


def shown(request: SignedIn, contest: Contest) -> tuple[QuerySet[Entry], EntryFilter]:
    """Exactly what the address asks for; page and export share it. A draft is its school's alone."""
    filters = EntryFilter(request.GET, contest)
    entries = filters.applied_to(in_full(contest.entries.entered()))
    return sorted_by(request, entries.filter(entries_matching(request.GET.get("q", ""))), COLUMNS), filters


@require_GET
@allowed(why_not_organise, find_contest)
def entries(request: SignedIn, contest: Contest) -> HttpResponse:
    rows, filters = shown(request, contest)
    page = page_of(request, rows)
    record_look(request.user, "entries", contest, at=timezone.now())
    facts = {"contest": contest, "page": page, "filters": filters, "size": size_of(request), "tab": "entries"}
    return render(request, "competition/entries.html", facts)


@require_GET
@allowed(why_not_organise, find_contest)
def entries_xlsx(request: SignedIn, contest: Contest) -> HttpResponse:
    rows = [line_of(entry) for entry in shown(request, contest)[0].prefetch_related(GIVEN)]
    record_look(request.user, "entries.xlsx", contest, at=timezone.now())
    data = workbook_bytes([Sheet("作品 Entries", HEADINGS, rows)], at=contest.local_as_of, title=contest.label)
    return download(data, "entries.xlsx", XLSX)


@require_GET
@allowed(why_not_organise, find_contest)
def entries_zip(request: SignedIn, contest: Contest) -> StreamingHttpResponse:
    """The files of what is shown."""
    rows = shown(request, contest)[0]
    record_look(request.user, "entries.zip", contest, at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="materials.zip"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(zip_stream(list(files_of(rows))), content_type="application/zip", headers=headers)


def line_of(entry: Entry) -> list[str]:
    return [
        entry.number,
        entry.title,
        entry.track.label,
        entry.division.label if entry.division else "",
        "、".join(author.person.name for author in entry.authors.all()) or entry.group_name,
        entry.school.name if entry.school else "",
        entry.school.district.label if entry.school else "",
        str(entry.get_state_display()),
        numbers_in_words(entry, "authorisation"),
        numbers_in_words(entry, "number"),
    ]

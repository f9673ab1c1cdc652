"""基层赛事情况: the page on which a unit reports its own contest, and the office's table of all units."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events, files
from competition.access import (
    UnitIn,
    reports_until,
    why_not_organise,
    why_not_report,
    why_not_see_report,
    why_not_see_reports_of_unit,
)
from competition.core.form_codes import read_form_code, read_report_code, read_summary_code
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.forms.papers import PaperForm
from competition.forms.unit_reports import AskForm, ReportForm
from competition.inspection import FileKind, Unfit, page_codes
from competition.models import Contest, District, UnitReport, User
from competition.services.papers import paper_of
from competition.services.quotas import sent_up
from competition.services.unit_reports import (
    ask_for_reports,
    confirm_report,
    confirmed_reports,
    fill_report,
    odd_in_report,
    reported_in_all,
    return_report,
    stamp_report,
    standing_report,
)
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import ReportState, Via
from competition.unfit import sentence
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, XLSX, download, stored
from competition.views.finding import find_contest, find_unit_in

HEADINGS = (
    Heading("推荐单位", "Unit", 20), Heading("状态", "State", 22), Heading("版本", "Version", 8, 0),
    Heading("参赛学校", "Schools", 12, 0), Heading("参赛学生", "Pupils", 12, 0), Heading("作品", "Works", 12, 0),
    Heading("上报时间", "Reported at", 18), Heading("联系人", "Contact", 14), Heading("电话", "Phone", 16),
)  # fmt: skip


def find_report(request: HttpRequest, key: str, report: str) -> UnitReport:
    rows = UnitReport.objects.select_related("contest", "district", "paper")
    return get_object_or_404(rows, contest__key=key, key=report)


def why_not_see_office_report(user: Any, report: UnitReport, *, at: datetime) -> Denial | None:
    return why_not_organise(user, report.contest, at=at)


# ---- the unit


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_reports_of_unit, find_unit_in)
def unit_report(request: SignedIn, place: UnitIn) -> HttpResponse:
    """Its figures, the paper to stamp, and what the office said."""
    last = standing_report(place.contest, place.unit)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, place.contest.divisions.all(), last)
    if form.is_bound and form.is_valid() and (done := filled(request, place, form)):
        return done
    record_look(request.user, "unit-report", place.unit, at=timezone.now())
    facts = {
        "contest": place.contest,
        "unit": place.unit,
        "form": form,
        "report": last,
        "versions": place.contest.unit_reports.filter(district=place.unit).order_by("-version"),
        "closed": why_not_report(request.user, place, at=timezone.now()),
        "until": reports_until(place.contest),
        "paper": PaperForm(),
    }
    return render(request, "competition/unit_report.html", facts, status=422 if form.is_bound else 200)


def filled(request: SignedIn, place: UnitIn, form: ReportForm) -> HttpResponse | None:
    """None where a number is odd, or it was refused: the form says which and why."""
    said = form.said
    if odd := odd_in_report(place, said):
        form.name(odd)
        return None
    try:
        with events.via(Via.WEB):
            fill_report(place=place, said=said, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("Saved. Print it, stamp it, and add the scan below."))
    return redirect("unit-report", place.unit.key, place.contest.key)


@require_POST
@allowed(why_not_see_reports_of_unit, find_unit_in)
def unit_report_stamp(request: SignedIn, place: UnitIn) -> HttpResponse:
    """The stamped report as a scan."""
    form, to = PaperForm(request.POST, request.FILES), reverse("unit-report", args=[place.unit.key, place.contest.key])
    report = standing_report(place.contest, place.unit)
    if report is None:
        raise Http404("Nothing was filled in yet.")
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["paper"])))
        return redirect(to)
    do = partial(stamped, report, form, by=request.user, at=timezone.now())
    return answer(request, do, to, str(_("The stamped report is here. The office looks at it now.")))


def stamped(report: UnitReport, form: PaperForm, *, by: User, at: datetime) -> UnitReport:
    upload = form.cleaned_data["paper"]
    with paper_of(name=upload.name, chunks=upload.chunks(), at=at) as paper:
        try:
            pages = page_codes(files.path_of(paper.sha256), FileKind(paper.kind))
        except Unfit as fault:
            raise Refused(Denial("file-unfit", {"name": "", "why": sentence(fault)})) from fault
        texts = [text for page in pages for text in page.texts]
        codes = [found for text in texts if (found := read_report_code(text))]
        codes += [("", "") for text in texts if read_form_code(text) or read_summary_code(text)]
        return stamp_report(report=report, paper=paper, codes=codes, by=by, at=at)


@require_GET
@allowed(why_not_see_report, find_report)
def unit_report_paper(request: SignedIn, report: UnitReport) -> FileResponse:
    """The scan of this version."""
    if report.paper is None:
        raise Http404("It has no scan yet.")
    record_look(request.user, "unit-report", report.district, at=timezone.now())
    return stored(report.paper, f"report-{report.version}{ENDINGS.get(report.paper.media_type, '')}")


# ---- the office


@dataclass(frozen=True)
class UnitLine:
    """A unit: its newest version, the one that counts, and whether it sends up more than it reported."""

    unit: District
    report: UnitReport | None
    counts: UnitReport | None
    sent: int

    @property
    def is_short(self) -> bool:
        return self.report is not None and self.sent > self.report.works


def units_asked(contest: Contest) -> list[District]:
    """Those with a quota, an entry or a report here; where there is no quota, all units."""
    quotas = contest.quotas.exclude(district=None)
    if not quotas.exists():
        return list(District.objects.all())
    entries = contest.entries.exclude(school=None).order_by()
    here = Q(pk__in=quotas.values("district")) | Q(pk__in=entries.values("school__district"))
    return list(District.objects.filter(here | Q(pk__in=contest.unit_reports.order_by().values("district"))))


def lines_of(contest: Contest) -> list[UnitLine]:
    newest = {one.district_id: one for one in contest.unit_reports.order_by("version")}
    counting = {one.district_id: one for one in confirmed_reports(contest)}
    sent = Counter(sent_up(contest.entries.all()).values_list("school__district", flat=True))
    return [UnitLine(one, newest.get(one.pk), counting.get(one.pk), sent[one.pk]) for one in units_asked(contest)]


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def unit_reports(request: SignedIn, contest: Contest) -> HttpResponse:
    """All units, who is silent, what waits; and whether units are asked at all."""
    said = contest.settings.get("unit_reports", {})
    until = reports_until(contest)
    first = {"is_asked": said.get("asked", False), "until": until and timezone.localtime(until)}
    form = AskForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        do = partial(ask_for_reports, contest=contest, **form.cleaned_data, by=request.user, at=timezone.now())
        return answer(request, do, reverse("unit-reports", args=[contest.key]), str(_("Saved.")))
    record_look(request.user, "unit-reports", contest, at=timezone.now())
    lines = lines_of(contest)
    facts = {
        "contest": contest,
        "form": form,
        "is_asked": said.get("asked", False),
        "until": until,
        "lines": lines,
        "silent": [one for one in lines if one.report is None],
        "waiting": sum(one.report is not None and one.report.state == ReportState.STAMPED for one in lines),
        "in_all": reported_in_all(contest),
        "tab": "entries",
    }
    return render(request, "competition/unit_reports.html", facts, status=422 if form.is_bound else 200)


@require_POST
@allowed(why_not_see_office_report, find_report)
def unit_report_decide(request: SignedIn, report: UnitReport) -> HttpResponse:
    to = reverse("unit-reports", args=[report.contest.key])
    who: dict[str, Any] = {"report": report, "by": request.user, "at": timezone.now()}
    if request.POST.get("do") == "confirm":
        return answer(request, partial(confirm_report, **who), to, str(_("Confirmed. These figures count now.")))
    do = partial(return_report, reason=request.POST.get("reason", "")[:300], **who)
    return answer(request, do, to, str(_("Returned. The unit reads why and fills it in anew.")))


@require_GET
@allowed(why_not_organise, find_contest)
def unit_reports_xlsx(request: SignedIn, contest: Contest) -> HttpResponse:
    record_look(request.user, "unit-reports.xlsx", contest, at=timezone.now())
    rows = [row_of(one) for one in lines_of(contest)]
    data = workbook_bytes([Sheet("基层赛事 Reports", HEADINGS, rows)], at=timezone.now(), title=contest.label)
    return download(data, "unit-reports.xlsx", XLSX)


def row_of(line: UnitLine) -> list[Any]:
    one = line.report
    if one is None:
        return [line.unit.label, str(_("nothing yet")), None, None, None, None, "", line.unit.contact, line.unit.phone]
    at = f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}"
    return [line.unit.label, one.get_state_display(), one.version, one.schools, one.pupils, one.works, at,
            line.unit.contact, line.unit.phone]  # fmt: skip

"""A list of judges from Excel: read, shown row by row, and only then taken in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.importing import CHANGED, NEW, SAME, WRONG
from competition.models import Contest
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest
from competition.views.importing import ListForm, faults_xlsx
from competition.views.kept import keep, redeemed, ticket
from judging.access import why_not_keep_judges
from judging.core.judge_columns import JUDGE_LIST
from judging.importing import judges_plan
from judging.services.importing import import_judges

SHOWN = 300


@require_http_methods(["GET", "POST"])
@allowed(why_not_keep_judges, find_contest)
def upload(request: SignedIn, contest: Contest) -> HttpResponse:
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    facts = {"contest": contest, "form": form, "tab": "judging", "subtab": "judges"}
    if not form.is_valid():
        return render(request, "judging/judges_import.html", facts, status=422 if form.is_bound else 200)
    return preview(request, contest, form.cleaned_data["list"].read())


def preview(request: SignedIn, contest: Contest, data: bytes) -> HttpResponse:
    plan = judges_plan(data, contest)
    record_look(request.user, "judges", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "plan": plan,
        "lines": plan.lines[:SHOWN],
        "more": max(len(plan.lines) - SHOWN, 0),
        "counts": [(one, plan.count(one)) for one in (NEW, CHANGED, SAME, WRONG)],
        "ticket": ticket(request.user, keep(data), plan.digest),
        "tab": "judging",
        "subtab": "judges",
    }
    return render(request, "judging/judges_preview.html", facts)


def kept_list(request: SignedIn) -> tuple[bytes, str] | None:
    """The bytes that were looked at and the digest of what was shown; None where the day is over."""
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    try:
        return (kept.read(), kept.shown) if kept else None
    except FileNotFoundError:
        return None


def upload_again(request: SignedIn, contest: Contest) -> HttpResponse:
    messages.error(request, _("The day of this list is over. Upload it again."))
    return redirect("judges-import", contest.key)


@require_POST
@allowed(why_not_keep_judges, find_contest)
def apply(request: SignedIn, contest: Contest) -> HttpResponse:
    found = kept_list(request)
    if found is None:
        return upload_again(request, contest)
    data, shown = found
    try:
        with events.via(Via.WEB):
            plan = import_judges(contest=contest, data=data, shown=shown, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return preview(request, contest, data)
    counts = {"new": plan.count(NEW), "changed": plan.count(CHANGED), "wrong": plan.count(WRONG)}
    messages.success(request, _("New: %(new)s. Changed: %(changed)s. Left out: %(wrong)s.") % counts)
    return redirect("judges", contest.key)


@require_POST
@allowed(why_not_keep_judges, find_contest)
def faults(request: SignedIn, contest: Contest) -> HttpResponse:
    """The rows that do not go in, with why at their cells: mend them and upload this file."""
    found = kept_list(request)
    if found is None:
        return upload_again(request, contest)
    plan = judges_plan(found[0], contest)
    wrong = {line.number: line.faults for line in plan.lines if line.status == WRONG}
    return download(faults_xlsx(plan.table, wrong, JUDGE_LIST.zh), "to-correct.xlsx", XLSX)


@require_GET
@allowed(why_not_keep_judges, find_contest)
def template(request: SignedIn, contest: Contest) -> HttpResponse:
    """The headings, and a second sheet that explains them."""
    in_english = (get_language() or "zh").startswith("en")
    headings = [Heading(one.en if in_english else one.zh, "", 18) for one in JUDGE_LIST.columns]
    told = [[one.en, one.help_en] if in_english else [one.zh, one.help_zh] for one in JUDGE_LIST.columns]
    explained = Sheet(_("How to fill it in"), [Heading(_("Column"), "", 20), Heading(_("Meaning"), "", 70)], told)
    sheet = Sheet(JUDGE_LIST.en if in_english else JUDGE_LIST.zh, headings, [])
    return download(workbook_bytes([sheet, explained], at=timezone.now()), "judges.xlsx", XLSX)

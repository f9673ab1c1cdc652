"""Published results of contests that are not kept here: uploaded, read, asked about, and only then taken in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.core.result_columns import fits, guessed_columns
from awards.elsewhere import (
    ASKED,
    CHANGED,
    NEW,
    SAME,
    WRONG,
    Line,
    Plan,
    Said,
    headings_in,
    read_results,
    result_plan,
    samples_in,
)
from awards.elsewhere_forms import ColumnsForm, ResultsForm
from awards.models import ResultColumns, ResultList
from awards.prizes import BY_CODE
from awards.services.elsewhere import Imported, import_results, keep_columns
from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest, Series
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from competition.views.kept import keep, redeemed, sealed, ticket, unsealed
from competition.views.paging import page_of, size_of

SHOWN = 300  # rows that are read; those that are wrong or ask something are shown beyond it
MOST_QUESTIONS = 400  # a form has an end
ABOUT = ("prize-", "who-", "out-")


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def elsewhere(request: SignedIn, contest: Contest) -> HttpResponse:
    """The lists that came in, and a new one."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ResultsForm(*sent, contest=contest)
    if form.is_bound and form.is_valid():
        return read(request, contest, form)
    record_look(request.user, "elsewhere", contest, at=timezone.now())
    lists = contest.result_lists.select_related("series", "delegation__contest", "by")
    facts = {
        "contest": contest,
        "form": form,
        "page": page_of(request, lists.annotate(number=Count("achievements")).order_by("-won_on", "pk")),
        "size": size_of(request),
        "series": Series.objects.order_by("label_zh"),
        "tab": "entries",
    }
    return render(request, "awards/elsewhere.html", facts, status=422 if form.is_bound else 200)


def read(request: SignedIn, contest: Contest, form: ResultsForm) -> HttpResponse:
    """Straight to the rows where the columns are known, else to the columns."""
    data, said = form.cleaned_data["list"].read(), form.said
    try:
        headings = headings_in(data)
    except ValueError:
        form.add_error("list", _("This file cannot be read as a table. Save it as .xlsx or .csv and try again."))
        return render(
            request, "awards/elsewhere.html", {"contest": contest, "form": form, "tab": "entries"}, status=422
        )
    kept = ResultColumns.objects.filter(series__label_zh=said.series).first()
    sha256 = keep(data)
    if kept and fits(kept.columns, headings):
        return preview(request, contest, replace(said, columns=kept.columns), data, sha256, {})
    return columns_page(request, contest, said, data, sha256)


def columns_page(
    request: SignedIn, contest: Contest, said: Said, data: bytes, sha256: str, form: ColumnsForm | None = None
) -> HttpResponse:
    facts = {
        "contest": contest,
        "said": said,
        "form": form or columns_form(None, said, data),
        "sealed": sealed(said.sealed),
        "ticket": ticket(request.user, sha256, ""),
        "tab": "entries",
    }
    return render(request, "awards/elsewhere_columns.html", facts, status=422 if form else 200)


def columns_form(sent: Any, said: Said, data: bytes) -> ColumnsForm:
    headings = headings_in(data)
    guessed = said.columns if fits(said.columns, headings) else guessed_columns(headings)
    return ColumnsForm(
        sent, headings=headings, samples=samples_in(data), guessed=guessed, is_sent=bool(said.delegation)
    )


def brought(request: SignedIn) -> tuple[bytes, str, str, Said] | None:
    """The bytes, their SHA-256, the digest of what was shown, and what was said of them; None where the day is over."""
    kept, said = redeemed(request.user, request.POST.get("ticket", "")), unsealed(request.POST.get("said", ""))
    try:
        return (kept.read(), kept.sha256, kept.shown, Said.unsealed(said)) if kept and said else None
    except FileNotFoundError:
        return None


def upload_again(request: SignedIn, contest: Contest) -> HttpResponse:
    messages.error(request, _("The day of this list is over. Upload it again."))
    return redirect("elsewhere", contest.key)


@require_POST
@allowed(why_not_organise, find_contest)
def elsewhere_columns(request: SignedIn, contest: Contest) -> HttpResponse:
    """What is what: asked, or answered and kept for the next list of this contest."""
    found = brought(request)
    if found is None:
        return upload_again(request, contest)
    data, sha256, _shown, said = found
    if "named" not in request.POST:
        return columns_page(request, contest, said, data, sha256)
    form = columns_form(request.POST, said, data)
    if not form.is_valid():
        return columns_page(request, contest, said, data, sha256, form)
    said = replace(said, columns=form.columns)
    with events.via(Via.WEB):
        keep_columns(contest=contest, said=said, by=request.user, at=timezone.now())
    return preview(request, contest, said, data, sha256, {})


def preview(
    request: SignedIn, contest: Contest, said: Said, data: bytes, sha256: str, answers: Mapping[str, str],
    refused: str = "",
) -> HttpResponse:  # fmt: skip
    """Every row that is ours: whom it means, what it brings, what is asked."""
    reading = read_results(data, said.columns)
    bare = result_plan(contest, said, reading)
    plan = result_plan(contest, said, reading, answers) if answers else bare
    record_look(request.user, "elsewhere", contest, at=timezone.now())
    lines = shown_lines(plan)
    facts = {
        "contest": contest,
        "said": said,
        "plan": plan,
        "lines": lines,
        "more": len(plan.lines) - len(lines),
        "counts": [(one, plan.count(one)) for one in (NEW, CHANGED, ASKED, SAME, WRONG)],
        "levels": levels(),
        "refused": refused,
        "sealed": sealed(said.sealed),
        "ticket": ticket(request.user, sha256, bare.digest),
        "tab": "entries",
    }
    return render(request, "awards/elsewhere_preview.html", facts, status=409 if refused else 200)


def shown_lines(plan: Plan) -> list[Line]:
    """Those that want a person first, and they stay so once answered: an answer goes along with its row alone."""
    asking = [line for line in plan.lines if line.asked or line.faults or line.is_out][:MOST_QUESTIONS]
    places = {line.place for line in asking}
    rest = [line for line in plan.lines if line.place not in places]
    return [*asking, *rest[: max(SHOWN - len(asking), 0)]]


def levels() -> list[tuple[str, str]]:
    once = {prize.code: prize.label for prize in BY_CODE.values()}
    return [*once.items(), ("out", _("no prize"))]


@require_POST
@allowed(why_not_organise, find_contest)
def elsewhere_apply(request: SignedIn, contest: Contest) -> HttpResponse:
    """What was shown and answered, and nothing else."""
    found = brought(request)
    if found is None:
        return upload_again(request, contest)
    data, sha256, shown, said = found
    answers = {name: request.POST[name] for name in request.POST if name.startswith(ABOUT)}
    try:
        with events.via(Via.WEB):
            done = import_results(
                contest=contest, said=said, reading=read_results(data, said.columns), answers=answers, shown=shown,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
    except Refused as refused:
        return preview(request, contest, said, data, sha256, answers, str(refused))
    tell(request, done)
    return redirect("elsewhere", contest.key)


def tell(request: SignedIn, done: Imported) -> None:
    made: ResultList = done.list
    facts = {"name": made.name, "added": done.added, "dropped": done.dropped, "kept": done.kept, "people": done.people}
    messages.success(
        request,
        _("%(name)s: %(added)s achievements came in, %(dropped)s went, %(kept)s stayed; %(people)s people are new.")
        % facts,
    )

"""Corrections after an entry was handed in: the dialog, and what was corrected in a contest so far."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competition import events
from competition.access import has_two_persons, why_not_correct, why_not_organise, why_not_see_entry
from competition.errors import Refused
from competition.events import record_look
from competition.forms.correcting import CorrectionForm
from competition.models import Agreement, Contest, Correction, Entry, StoredFile
from competition.services.agreeing import take
from competition.services.correcting import correct_entry, reading_digest
from competition.services.papers import paper_of
from competition.services.steps import said_of_correction
from competition.states import ContestState, EntryState, StepKind, Via
from competition.views.agreeing import proposed
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

FIXED = (ContestState.LOCKED, ContestState.PUBLISHED)


def find_entry(request: HttpRequest, key: str, entry: str) -> Entry:
    """Found within its contest only."""
    rows = Entry.objects.select_related("contest", "track", "division", "school__district")
    return get_object_or_404(rows, contest__key=key, key=entry)


def others_of(entry: Entry) -> QuerySet[Entry]:
    """Entries of the contest with the same tutors, which may have the same slip of the pen."""
    rows = entry.contest.entries.filter(tutors__person__in=entry.tutors.values("person")).exclude(pk=entry.pk)
    with_school = (EntryState.DRAFT, EntryState.RETURNED, EntryState.WITHDRAWN)
    return rows.exclude(state__in=with_school).distinct().order_by("order")


@require_http_methods(["GET", "POST"])
@allowed(why_not_correct, find_entry)
def correct(request: SignedIn, entry: Entry) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CorrectionForm(*sent, entry=entry, others=others_of(entry))
    if form.is_bound and form.is_valid():
        try:
            made = corrected(request, entry, form, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if isinstance(made, Agreement):
                return proposed(request, made)
            messages.success(request, _("Corrected: %(entries)s.") % {"entries": ", ".join(str(m.entry) for m in made)})
            return redirect("entry", entry.contest.key, entry.key)
    record_look(request.user, "correction", entry, at=timezone.now())
    facts = {"contest": entry.contest, "entry": entry, "form": form, "tab": "entries"}
    facts["two_persons"] = entry.contest.state in FIXED and has_two_persons(entry.contest)
    facts["seen"] = request.POST.get("seen") or reading_digest(entry)
    return render(request, "competition/correct.html", facts, status=422 if form.errors else 200)


def corrected(request: SignedIn, entry: Entry, form: CorrectionForm, *, at: datetime) -> list[Correction] | Agreement:
    upload = form.cleaned_data["request"]
    with events.via(Via.WEB):
        if not upload:
            return correct_or_propose(request, entry, form, None, at=at)
        with paper_of(name=upload.name, chunks=upload.chunks(), at=at) as paper:
            return correct_or_propose(request, entry, form, paper, at=at)


def correct_or_propose(
    request: SignedIn, entry: Entry, form: CorrectionForm, paper: StoredFile | None, *, at: datetime
) -> list[Correction] | Agreement:
    """From the lock on it may take two persons."""
    seen, reason = request.POST.get("seen", ""), form.cleaned_data["reason"]
    if entry.contest.state not in FIXED:
        return correct_entry(
            entry=entry, wanted=form.wanted(), seen=seen, reason=reason, request=paper, also=form.also(),
            by=request.user, at=at,
        )  # fmt: skip
    made: list[Correction] | Agreement = take(
        contest=entry.contest, step=StepKind.CORRECT, about=entry.key, reason=reason, paper=paper, by=request.user,
        at=at, facts=said_of_correction(form.wanted(), seen=seen, also=form.also()),
    )  # fmt: skip
    return made


@require_GET
@allowed(why_not_organise, find_contest)
def corrections(request: SignedIn, contest: Contest) -> HttpResponse:
    rows = Correction.objects.filter(entry__contest=contest).select_related("entry", "by", "request", "submission")
    record_look(request.user, "corrections", contest, at=timezone.now())
    facts = {"contest": contest, "page": page_of(request, rows.order_by("-pk")), "size": size_of(request)}
    return render(request, "competition/corrections.html", facts | {"tab": "entries"})


@require_GET
@allowed(why_not_see_entry, find_entry)
def correction_request(request: SignedIn, entry: Entry, correction: str) -> FileResponse:
    """The stamped request, as it was scanned."""
    paper = get_object_or_404(entry.corrections.select_related("request"), key=correction).request
    if paper is None:
        raise Http404("It was corrected without a request.")
    record_look(request.user, "correction-request", entry, at=timezone.now())
    return stored(paper, f"request-{entry.number}{ENDINGS.get(paper.media_type, '')}")

"""自荐: people nominate themselves, without an account. What opens it is a secret that is typed; it stands in no
address, no log and no database, and in the session only that it was right."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access_to_self import (
    EDITED,
    self_terms_of,
    why_not_come,
    why_not_edit_self,
    why_not_self_nominate,
    why_not_self_over,
)
from awards.core.self_nominating import SelfLack, ungrouped
from awards.models import SelfNomination, SelfPaper
from awards.presets import kind_of
from awards.self_forms import OpenSelfForm, SelfForm, grade_choices
from awards.self_nominations import answer_of, lacks_of, said_of
from awards.services.self_nominating import (
    begin_self,
    drop_self_paper,
    find_self,
    keep_self_paper,
    save_self,
    send_self,
    take_back_self,
)
from awards.states import NomineeKind, SelfState
from awards.views.self_coming import (
    BEGINNINGS,
    PAGES,
    Coming,
    close_here,
    find_coming,
    kept_quiet,
    limited_unless_open,
    open_here,
    why_not_come_to,
)
from competition import events
from competition.errors import Refused
from competition.messages import sentence
from competition.models import Contest, School, Track
from competition.services.papers import paper_of
from competition.states import EntryState, SchoolState, Via
from competition.tries import WAIT_MINUTES, Tries, address_of
from competition.views.crowds import limited
from competition.views.doors import allowed
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest

MOST_SCHOOLS = 2000
TYPED = "typed"  # the key of the one into which it was
NOT_TYPED = ("csrfmiddlewaretoken", "do", "number", "secret", TYPED)


def tracks_of(contest: Contest) -> list[Track]:
    return [one for one in contest.tracks.order_by("order") if kind_of(one) != NomineeKind.SCHOOL]


def over(request: HttpRequest, contest: Contest, nomination: SelfNomination | None = None) -> HttpResponse | None:
    """The page that says so: from the day of erasure on, or where it can be read no more."""
    try:
        if denial := why_not_self_over(contest, self_terms_of(contest), at=timezone.now()):
            raise Refused(denial)
        if nomination is not None:
            said_of(nomination, at=timezone.now())
    except Refused as refused:
        return render(request, "awards/self_over.html", {"contest": contest, "denial": refused.denial}, status=410)
    return None


@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
@kept_quiet
@allowed(why_not_come, find_contest)
@limited(PAGES)
def self_begin(request: HttpRequest, contest: Contest) -> HttpResponseBase:
    """What is asked and what becomes of it; as which kind. The secret is shown once, in the answer itself."""
    if page := over(request, contest):
        return page
    if request.method == "POST":
        return begun(request, contest)
    return begin_page(request, contest)


@limited(BEGINNINGS)
def begun(request: HttpRequest, contest: Contest) -> HttpResponse:
    track = next((one for one in tracks_of(contest) if str(one.order) == request.POST.get("kind")), None)
    if track is None:
        return begin_page(request, contest, refused=_("Choose as what you nominate yourself."), status=422)
    try:
        nomination, secret = begin_self(contest=contest, track=track, at=timezone.now())
    except Refused as refused:
        return begin_page(request, contest, refused=str(refused), status=409)
    open_here(request, nomination)
    address = request.build_absolute_uri(reverse("self-open", args=[contest.key]))
    facts = {"contest": contest, "nomination": nomination, "secret": secret, "address": address,
             "terms": self_terms_of(contest)}  # fmt: skip
    return render(request, "awards/self_begun.html", facts)


def begin_page(request: HttpRequest, contest: Contest, *, refused: str = "", status: int = 200) -> HttpResponse:
    terms = self_terms_of(contest)
    facts = {
        "contest": contest, "terms": terms, "tracks": tracks_of(contest), "refused": refused,
        "denial": why_not_self_nominate(contest, terms, at=timezone.now()),
    }  # fmt: skip
    return render(request, "awards/self_begin.html", facts, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@kept_quiet
@allowed(why_not_come, find_contest)
@limited(PAGES)
def self_open(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Number and secret come by POST: neither stands in an address. What was typed on a page that had been closed
    meanwhile comes along, and is saved into that one alone."""
    if page := over(request, contest):
        return page
    form = OpenSelfForm(request.POST if request.method == "POST" else None)
    tries = tries_of(request, contest)
    if form.is_bound and tries.is_over():
        form.add_error(None, _("Too many wrong tries. Wait %(minutes)s minutes.") % {"minutes": WAIT_MINUTES})
    elif form.is_bound and form.is_valid():
        found = find_self(contest, **form.cleaned_data, at=timezone.now())
        if found is not None and (page := over(request, contest, found)):
            return page
        if found is not None:
            open_here(request, found)
            if request.POST.get(TYPED) == found.key:
                return form_sent(request, found)
            if TYPED in request.POST:
                messages.warning(request, _("What was typed before belongs to another self-nomination: not saved."))
            return redirect("self-form", contest.key, found.key)
        tries.count()
        form.add_error(None, _("No self-nomination has this number together with this secret. Compare both."))
    return open_page(request, contest, form, of=request.POST.get(TYPED, ""))


def tries_of(request: HttpRequest, contest: Contest) -> Tries:
    """Of one number from one address: behind it may sit a class, and who mistypes shuts nobody else out."""
    number = ungrouped(request.POST.get("number", "")[:20])
    return Tries(f"self-nomination {contest.key} {number}", address_of(request), anywhere=None)


def open_page(request: HttpRequest, contest: Contest, form: OpenSelfForm, *, of: str) -> HttpResponse:
    """of   the key of the one into which it was typed, what is typed here already: it is saved into no other"""
    typed = [(name, value) for name in request.POST if name not in NOT_TYPED for value in request.POST.getlist(name)]
    facts = {"contest": contest, "form": form, "typed": typed, "of": of, "has_files": bool(request.FILES)}
    return render(request, "awards/self_open.html", facts, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@kept_quiet
@allowed(why_not_come_to, find_coming)
@limited_unless_open
def self_form(request: HttpRequest, coming: Coming) -> HttpResponse:
    """All on one page: what is typed, what is missing, where it stands."""
    if page := over(request, coming.contest, coming.nomination):
        return page
    if coming.nomination is None:
        return open_page(request, coming.contest, OpenSelfForm(), of=coming.key)
    if request.method == "POST":
        return form_sent(request, coming.nomination)
    return form_page(request, coming.nomination)


def form_sent(request: HttpRequest, nomination: SelfNomination) -> HttpResponse:
    """Documents are kept first, each by itself; then the words; then it is sent, if that was the button."""
    at, do = timezone.now(), request.POST.get("do", "")
    said = said_of(nomination, at=at)
    form = SelfForm(request.POST, request.FILES, nomination=nomination, said=said)
    if denial := why_not_edit_self(nomination, self_terms_of(nomination.contest), at=at):
        form.add_error(None, denial.message)
        return form_page(request, nomination, form)
    is_valid = form.is_valid()
    keep_papers(form, nomination)
    if is_valid and save_words(form, nomination, request) and not form.errors and done(form, nomination, do):
        messages.success(request, _("Sent to the office.") if do == "send" else _("Saved."))
        return redirect("self-form", nomination.contest.key, nomination.key)
    return form_page(request, nomination, form, has_tried=do == "send")


def keep_papers(form: SelfForm, nomination: SelfNomination) -> None:
    for place, upload in form.uploads:
        try:
            with paper_of(name=upload.name or "", chunks=upload.chunks(), at=timezone.now()) as paper:
                keep_self_paper(nomination=nomination, place=place, paper=paper, at=timezone.now())
        except Refused as refused:
            form.add_error(place, str(refused))


def save_words(form: SelfForm, nomination: SelfNomination, request: HttpRequest) -> bool:
    revision = request.POST.get("revision", "")
    try:
        saved = save_self(
            nomination=nomination, said=form.said, pledges=form.given, at=timezone.now(),
            revision=int(revision) if revision.isdecimal() and len(revision) < 9 else -1,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    nomination.sealed, nomination.pledges, nomination.revision = saved.sealed, saved.pledges, saved.revision
    return True


def done(form: SelfForm, nomination: SelfNomination, do: str) -> bool:
    what, _colon, key = do.partition(":")
    try:
        with events.via(Via.WEB):
            if what == "drop":
                drop_self_paper(nomination=nomination, key=key[:40], at=timezone.now())
            elif what == "send":
                send_self(nomination=nomination, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@dataclass(frozen=True)
class LackLine:
    """A line of what is missing, and the field where it is."""

    where: str
    text: str


def lack_line(one: SelfLack, form: SelfForm) -> LackLine:
    """A pledge with its words: several may be missing."""
    text = sentence(one.code, {})
    is_pledge = one.where.startswith("pledge-") and one.where in form.fields
    return LackLine(one.where, f"{text} {form.fields[one.where].label}" if is_pledge else text)


def form_page(
    request: HttpRequest, nomination: SelfNomination, form: SelfForm | None = None, *, has_tried: bool = False
) -> HttpResponse:
    at, contest = timezone.now(), nomination.contest
    try:
        nomination.refresh_from_db(fields=["revision", "state", "sealed", "pledges", "answer", "decided_at", "sent_at"])
    except SelfNomination.DoesNotExist:
        messages.error(request, sentence("self-gone", {}))
        return redirect("self-begin", contest.key)
    said = said_of(nomination, at=at)
    terms = self_terms_of(contest)
    denial = why_not_edit_self(nomination, terms, at=at)
    shown = form or SelfForm(None, None, nomination=nomination, said=said)
    lacks, papers = lacks_of(nomination, said, at=at), papers_of(nomination)
    if has_tried:
        name_lacks(shown, lacks)
    facts = {
        "contest": contest, "nomination": nomination, "terms": terms, "form": shown, "denial": denial, "said": said,
        "grade": dict(grade_choices()).get(str(said.grade), ""), "answer": answer_of(nomination, at=at),
        "lacks": [lack_line(one, shown) for one in lacks] if denial is None else [], "has_tried": has_tried,
        "documents": [(field, papers.get(field.name)) for field in shown.documents], "rows": rows_of(shown, papers),
        "is_edited": nomination.state in EDITED,
        "may_take_back": nomination.state != SelfState.TAKEN,
        "is_nominee": nomination.entry is not None and nomination.entry.state != EntryState.WITHDRAWN,
        "schools": known_schools(),
    }  # fmt: skip
    return render(request, "awards/self_form.html", facts, status=422 if form is not None else 200)


def known_schools() -> Any:
    """Names to choose from while a school is typed."""
    active = School.objects.filter(state=SchoolState.ACTIVE).order_by("name")
    return active.values_list("name", flat=True)[:MOST_SCHOOLS]


def name_lacks(form: SelfForm, lacks: list[SelfLack]) -> None:
    """Beside their fields, after somebody wanted to send it."""
    for one in lacks:
        if one.where in form.fields:
            form.add_error(one.where, sentence(one.code, {}))


def rows_of(form: SelfForm, papers: dict[str, list[SelfPaper]]) -> list[tuple[int, list[Any], Any, bool]]:
    """Prizes: number, fields, documents, whether there is something in it."""
    found = []
    for number, place, fields in form.rows:
        is_open = number == 1 or place in papers or any(one.value() or one.errors for one in fields)
        found.append((number, fields, papers.get(place), is_open))
    return found


def papers_of(nomination: SelfNomination) -> dict[str, list[SelfPaper]]:
    found: dict[str, list[SelfPaper]] = {}
    for one in nomination.papers.select_related("file"):
        found.setdefault(one.place, []).append(one)
    return found


@require_GET
@kept_quiet
@allowed(why_not_come_to, find_coming)
@limited_unless_open
def self_own_paper(request: HttpRequest, coming: Coming, paper: str) -> HttpResponseBase:
    """One's own document, to see whether it is the right one."""
    denial = why_not_self_over(coming.contest, self_terms_of(coming.contest), at=timezone.now())
    if coming.nomination is None or denial:
        raise Http404
    found = get_object_or_404(coming.nomination.papers.select_related("file"), key=paper)
    return stored(found.file, f"document{ENDINGS.get(found.file.media_type, '')}")


@require_POST
@kept_quiet
@allowed(why_not_come_to, find_coming)
@limited_unless_open
def self_take_back(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Everything goes at once."""
    if coming.nomination is None:
        return redirect("self-open", coming.contest.key)
    try:
        with events.via(Via.WEB):
            take_back_self(nomination=coming.nomination, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("self-form", coming.contest.key, coming.nomination.key)
    close_here(request, coming.nomination)
    messages.success(request, _("Taken back. Everything you sent is erased."))
    return redirect("self-begin", coming.contest.key)


@require_POST
@kept_quiet
@allowed(why_not_come_to, find_coming)
@limited_unless_open
def self_close(request: HttpRequest, coming: Coming) -> HttpResponse:
    """On a computer that others use, too."""
    if coming.nomination is not None:
        close_here(request, coming.nomination)
    messages.success(request, _("Closed. Number and secret open it again."))
    return redirect("self-open", coming.contest.key)

"""自荐 at the office: what came in, each with its documents and whom it may be; taken up, returned, or not taken up."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.access_to_self import (
    self_terms_of,
    why_not_decide_self,
    why_not_put_back_self,
    why_not_see_self,
    why_not_see_selves,
    why_not_self_over,
    why_not_take_up_self,
)
from awards.core.self_nominating import CONSENT, PROOF, RECOMMENDATION, WON_PLACES, SelfSaid
from awards.models import Achievement, SelfNomination, SelfPaper
from awards.prizes import BY_CODE
from awards.self_forms import SelfFilter, TakeUpForm, grade_choices, own_pledges
from awards.self_nominations import answer_of, asked_pledges, is_student, said_of, unsealed_said
from awards.services.self_checking import (
    Known,
    decline_self,
    is_school_of,
    known_like,
    put_back_self,
    return_self,
    schools_like,
    take_up_self,
)
from awards.services.self_floods import erase_flood, floods_of
from awards.states import SelfState
from competition import events
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest, Person
from competition.models.entering import SHOWN_PAGES
from competition.states import Level, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from competition.views.paging import page_of
from competition.views.previews import preview_page

SHOWN = (SelfState.SENT, SelfState.RETURNED, SelfState.TAKEN, SelfState.DECLINED)


@dataclass(frozen=True)
class Line:
    """One that was sent, as the list shows it. `said`: None where it can be read no more."""

    nomination: SelfNomination
    said: SelfSaid | None

    @property
    def name(self) -> str:
        entry = self.nomination.entry
        if entry is not None and hasattr(entry, "nomination"):
            return str(entry.nomination)
        return self.said.name if self.said else ""

    @property
    def school(self) -> str:
        entry = self.nomination.entry
        if entry is not None:
            return entry.school.name if entry.school else ""
        return self.said.school if self.said else ""

    def has(self, words: str) -> bool:
        text = f"{self.nomination.number} {self.name} {self.school}".casefold()
        return all(word in text for word in words.casefold().split())


def lines_of(contest: Contest, *, at: datetime) -> list[Line]:
    """What was sent, oldest first; from the day of erasure on those alone that were taken up."""
    rows = SelfNomination.objects.filter(contest=contest).exclude(state=SelfState.DRAFT)
    is_over = why_not_self_over(contest, self_terms_of(contest), at=at) is not None
    rows = rows.filter(state=SelfState.TAKEN) if is_over else rows
    everything = rows.select_related("track", "entry__school", "entry__nomination__person", "entry__nomination__school")
    found = everything.order_by("sent_at", "pk")
    return [Line(one, None if is_over or one.entry_id else unsealed_said(one)) for one in found]


@require_GET
@allowed(why_not_see_selves, find_contest)
def self_nominations(request: SignedIn, contest: Contest) -> HttpResponse:
    at, terms = timezone.now(), self_terms_of(contest)
    everybody = lines_of(contest, at=at)
    filters = SelfFilter(request.GET, contest, [(one.value, one.label) for one in SHOWN])
    filters.is_valid()
    state, track = (filters.cleaned_data.get(name) or "" for name in ("state", "track"))
    found = [
        one for one in everybody
        if state in ("", one.nomination.state) and track in ("", str(one.nomination.track.order))
        and one.has(request.GET.get("q", "")[:100])
    ]  # fmt: skip
    record_look(request.user, "self-nominations", contest, at=at)
    counted = Counter(one.nomination.state for one in everybody)
    facts = {
        "contest": contest, "terms": terms, "page": page_of(request, found), "filters": filters,
        "tabs": [(one.value, one.label, counted[one]) for one in SHOWN], "chosen": state,
        "everybody": len(everybody), "over": why_not_self_over(contest, terms, at=at), "floods": floods_of(contest),
        "drafts": contest.self_nominations.filter(state=SelfState.DRAFT).count(), "tab": "nominees",
    }  # fmt: skip
    return render(request, "awards/self_nominations.html", facts)


@require_POST
@allowed(why_not_see_selves, find_contest)
def self_flood(request: SignedIn, contest: Contest) -> HttpResponse:
    """Room for honest people again."""
    hour = request.POST.get("hour", "")
    do = partial(
        erase_flood, contest=contest, hour=int(hour) if hour.isdecimal() and len(hour) < 9 else -1, by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    return answer(request, do, reverse("self-nominations", args=[contest.key]), _("%(result)s drafts were erased."))


def find_self_nomination(request: HttpRequest, key: str, nomination: str) -> SelfNomination:
    rows = SelfNomination.objects.select_related("contest__belongs_to", "track", "entry__school", "decided_by")
    return get_object_or_404(rows, contest__key=key, key=nomination)


def find_self_paper(request: HttpRequest, key: str, nomination: str, paper: str) -> SelfPaper:
    rows = SelfPaper.objects.select_related("nomination__contest__belongs_to", "file")
    return get_object_or_404(rows, nomination__contest__key=key, nomination__key=nomination, key=paper)


def why_not_see_self_paper(user: Any, paper: SelfPaper, *, at: datetime) -> Denial | None:
    return why_not_see_self(user, paper.nomination, at=at)


@require_GET
@allowed(why_not_see_self, find_self_nomination)
def self_nomination(request: SignedIn, found: SelfNomination) -> HttpResponse:
    return page(request, found)


def page(request: SignedIn, found: SelfNomination, form: TakeUpForm | None = None, status: int = 200) -> HttpResponse:
    """What was said on the left with whom it may be, the documents on the right. Each look is recorded."""
    at, contest = timezone.now(), found.contest
    record_look(request.user, "self-nomination", found, at=at)
    denial, said = None, SelfSaid()
    try:
        said = said_of(found, at=at)
    except Refused as refused:
        denial = refused.denial
    may_take = SelfState.TAKEN in found.MOVES[found.state]
    known = known_like(found, said, request.user) if said.name and may_take else []
    closed = why_not_take_up_self(request.user, found, at=at)
    facts = {
        "contest": contest, "one": found, "said": said, "denial": denial, "is_student": is_student(found),
        "grade": dict(grade_choices()).get(str(said.grade), ""), "won": won_lines(said), "known": known,
        "nominated": [one for one in known if one.nomination], "answer": answer_of(found, at=at),
        "form": form or take_up_form(None, known, said) if may_take and not closed and not denial else None,
        "closed": closed if may_take else None, "papers": paper_lines(found), "pledges": pledge_lines(found),
        "may_return": SelfState.RETURNED in found.MOVES[found.state] and not denial,
        "may_put_back": found.entry and not why_not_put_back_self(request.user, found, at=at) and not denial,
        "may_decline": SelfState.DECLINED in found.MOVES[found.state] and not denial,
        "terms": self_terms_of(contest), "name": said.name or Line(found, None).name, "tab": "nominees",
    }  # fmt: skip
    return render(request, "awards/self_nomination.html", facts, status=status)


def take_up_form(data: Any, known: list[Known], said: SelfSaid) -> TakeUpForm:
    """Nobody is chosen already who is not of the school that was typed, and no other school: an office in a hurry would
    take up somebody else of the same name."""
    free = [one for one in known if one.nomination is None]
    people = told_apart([one.person for one in free])
    likely = None if known else TakeUpForm.NEW
    if len(known) == 1 and free and free[0].is_of_school:
        likely = free[0].person.key
    named = [one for one in schools_like(said) if is_school_of(said, one)]
    school = named[0] if len(named) == 1 else None
    asks = {
        "despite_school": not all(one.is_of_school for one in free),
        "despite_name": any(one.is_of_school for one in known),
    }
    return TakeUpForm(data, people=people, likely=likely, school=school, asks=asks)


def told_apart(people: list[Person]) -> dict[str, str]:
    """Each by name and school; where two are called the same also by their code and what they won last."""
    found = {one.key: f"{one.name} · {one.school.name if one.school else '—'}" for one in people}
    called = Counter(found.values())
    same = [one for one in people if called[found[one.key]] > 1]
    won = {one.person_id: one for one in Achievement.objects.filter(person__in=same).order_by("won_on", "pk")}
    for one in same:
        last = won.get(one.pk)
        prize = f"{last.contest_name} {last.prize_name}" if last else ""
        found[one.key] = " · ".join(filter(None, [found[one.key], one.code, prize]))
    return found


def won_lines(said: SelfSaid) -> list[str]:
    levels = dict(Level.choices)
    found = []
    for one in said.won:
        if not one.is_blank:
            prize = BY_CODE[one.prize].label if one.prize in BY_CODE else ""
            found.append(" · ".join(filter(None, [one.said_of, str(levels.get(one.level, "")), prize, one.won_on])))
    return found


def paper_lines(found: SelfNomination) -> list[tuple[str, SelfPaper, range]]:
    """What it is, and the pages that are drawn."""
    words = {RECOMMENDATION: _("Written recommendation"), CONSENT: _("Written consent of the guardian"),
             PROOF: _("Further documents")}  # fmt: skip
    words |= {place: _("Prize %(number)s") % {"number": row} for row, place in enumerate(WON_PLACES, 1)}
    order = (RECOMMENDATION, CONSENT, *WON_PLACES, PROOF)
    rows = sorted(found.papers.select_related("file"), key=lambda one: (order.index(one.place), one.pk))
    return [(words[one.place], one, range(1, min(one.file.pages or 1, SHOWN_PAGES) + 1)) for one in rows]


def pledge_lines(found: SelfNomination) -> list[str]:
    words = {one.code: one.label for one in asked_pledges(found.contest)} | own_pledges(is_student=is_student(found))
    return [words[code] for code in found.pledges if code in words]


@require_POST
@allowed(why_not_decide_self, find_self_nomination)
def self_decide(request: SignedIn, found: SelfNomination) -> HttpResponse:
    """Returned or not taken up, with a reason that the person reads."""
    act = return_self if request.POST.get("verdict") == SelfState.RETURNED else decline_self
    do = partial(act, nomination=found, reason=request.POST.get("reason", "")[:1000], by=request.user,
                 at=timezone.now())  # fmt: skip
    return answer(request, do, reverse("self-nomination", args=[found.contest.key, found.key]), _("Decided."))


@require_POST
@allowed(why_not_take_up_self, find_self_nomination)
def self_take_up(request: SignedIn, found: SelfNomination) -> HttpResponse:
    """As somebody known or new; then it is a nominee like every other."""
    at = timezone.now()
    to = reverse("self-nomination", args=[found.contest.key, found.key])
    try:
        said = said_of(found, at=at)
        form = take_up_form(request.POST, known_like(found, said, request.user), said)
        if not form.is_valid():
            return page(request, found, form, status=422)
        chosen = form.cleaned_data
        person = None if chosen["who"] == TakeUpForm.NEW else get_object_or_404(Person, key=chosen["who"])
        with events.via(Via.WEB):
            made = take_up_self(
                nomination=found, person=person, school=chosen["school"], shows_reason=chosen["shows_reason"],
                despite_school=chosen.get("despite_school", False),
                despite_name=chosen.get("despite_name", False), by=request.user, at=at,
            )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(to)
    messages.success(
        request, _("Taken up as nominee %(number)s, and tried by the rules.") % {"number": made.entry.number}
    )
    return redirect(to)


@require_POST
@allowed(why_not_put_back_self, find_self_nomination)
def self_put_back(request: SignedIn, found: SelfNomination) -> HttpResponse:
    """Undo the taking up that stood on the page."""
    nominee = request.POST.get("nominee", "")
    do = partial(put_back_self, nomination=found, nominee=nominee, by=request.user, at=timezone.now())
    done = _("It waits as it was received. The nominee counts no more; take the right person up now.")
    return answer(request, do, reverse("self-nomination", args=[found.contest.key, found.key]), done)


@require_GET
@allowed(why_not_see_self_paper, find_self_paper)
def self_paper(request: SignedIn, found: SelfPaper) -> FileResponse:
    """Under a name that tells nothing."""
    record_look(request.user, "self-paper", found.nomination, at=timezone.now())
    return stored(found.file, f"document{ENDINGS.get(found.file.media_type, '')}")


@require_GET
@allowed(why_not_see_self_paper, find_self_paper)
def self_paper_page(request: SignedIn, found: SelfPaper, number: int) -> FileResponse:
    """A page of it, drawn by the server."""
    return preview_page(found.file, number)

"""Who marks what: the proposal before it is done."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest, Entry
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.access import why_not_assign_judges
from judging.conflicts import open_hints
from judging.forms.panel import HintForm
from judging.models import Judge, Rubric
from judging.services import assignments as services
from judging.services import cross_reviews
from judging.services.panel import decide_hint


def seed_of(contest: Contest) -> int:
    """Committed with the contest: nobody chooses it, and the same assignment can be replayed from it."""
    own = contest.settings.get("seed")
    return int(own) if own is not None else int.from_bytes(contest.mint.bytes("assignment")[:6], "big")


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def assign(request: SignedIn, contest: Contest) -> HttpResponse:
    """What assigning would do now; done when it was looked at."""
    now = timezone.now()
    closed = why_not_assign_judges(request.user, contest, at=now)
    if request.method == "POST":
        run = partial(
            services.assign_judges, contest=contest, seed=seed_of(contest), by=request.user, at=now,
            shown=request.POST.get("shown") or "nothing",
        )  # fmt: skip
        return answer(request, run, reverse("assign", args=[contest.key]), str(_("%(result)s sheets are assigned.")))
    record_look(request.user, "judges", contest, at=now)
    proposal = services.propose_assignments(contest, seed=seed_of(contest))
    facts = {
        "contest": contest,
        "proposal": proposal,
        "linkings": cross_reviews.propose_cross_reviews(proposal),
        "loads": loads_of(contest, proposal),
        "hints": shown_hints(contest),
        "closed": closed,
        "tab": "judging",
        "subtab": "assign",
    }
    return render(request, "judging/assign.html", facts)


@dataclass(frozen=True)
class Load:
    """What a judge has, and would have."""

    judge: Judge
    now: int
    then: int


def loads_of(contest: Contest, proposal: services.Proposal) -> list[Load]:
    kept = Counter(row.judge_id for part in proposal.parts for row in part.kept)
    gone = Counter(row.judge_id for part in proposal.parts for row in part.released)
    added = Counter(judge.pk for part in proposal.parts for _, judge in part.added)
    judges = contest.judges.select_related("person").order_by("code")
    return [
        Load(one, kept[one.pk] + gone[one.pk], kept[one.pk] + added[one.pk])
        for one in judges
        if one.is_active or kept[one.pk] or gone[one.pk]
    ]


def shown_hints(contest: Contest) -> list[tuple[Judge, Entry, str]]:
    found = open_hints(contest)
    judges = {one.pk: one for one in contest.judges.select_related("person")}
    entries = {one.pk: one for one in contest.entries.select_related("school")}
    return [(judges[one.judge], entries[one.entry], str(one.kind.label)) for one in found if one.entry in entries]


@require_POST
@allowed(why_not_organise, find_contest)
def link(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """The reviews that were shown, so that all judges of this track in this round have work in common."""
    rubrics = Rubric.objects.select_related("round", "track")
    rubric = get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)
    run = partial(
        cross_reviews.add_cross_reviews, rubric=rubric, seed=seed_of(contest), by=request.user, at=timezone.now(),
        shown=request.POST.get("shown", ""),
    )  # fmt: skip
    return answer(request, run, reverse("assign", args=[contest.key]), str(_("%(result)s cross reviews are added.")))


@require_POST
@allowed(why_not_organise, find_contest)
def hint(request: SignedIn, contest: Contest) -> HttpResponse:
    """It is a conflict, or it is none; why."""
    judge = get_object_or_404(contest.judges, key=request.POST.get("judge", ""))
    entry = get_object_or_404(contest.entries, key=request.POST.get("entry", ""))
    form, is_conflict = HintForm(request.POST), request.POST.get("do") == "conflict"
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    run = partial(
        decide_hint, judge=judge, entry=entry, is_conflict=is_conflict, reason=reason, by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    facts = {"judge": judge.code, "entry": entry.number}
    done = _("%(judge)s may not judge %(entry)s.") if is_conflict else _("%(judge)s may judge %(entry)s.")
    return answer(request, run, reverse("assign", args=[contest.key]), done % facts)

"""The ways to be eligible: each as a sentence with how many meet it; one page to change one, looked at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access import why_not_rule_award, why_not_see_rules
from awards.award_forms import WayForm, WhyForm
from awards.core.eligibility import failures
from awards.models import Alternative, RulesVersion
from awards.services.award_rules import alternatives_said, change_alternatives, version_of
from awards.services.eligibility import Tried, applied_on, condition_of, has_votes, tried, won_of
from awards.views.eligible import alternative_text
from competition import events
from competition.errors import Refused
from competition.models import Contest
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


@dataclass(frozen=True)
class Line:
    """A way as the page reads it back, and how many of the nominees it is for meet it."""

    way: Alternative
    text: str
    met: int
    nominees: int


def line_of(way: Alternative, nominees: Sequence[Tried]) -> Line:
    condition = condition_of(way, applied_on(way.contest))
    mine = [one for one in nominees if way.track_id in (None, one.nomination.entry.track_id)]
    met = sum(any(not failures(condition, won_of(won)) for won in one.won) for one in mine)
    return Line(way, alternative_text(way), met, len(mine))


@require_GET
@allowed(why_not_see_rules, find_contest)
def award_rules(request: SignedIn, contest: Contest) -> HttpResponse:
    nominees = tried(contest)
    ways = list(contest.alternatives.select_related("track"))
    facts = {
        "contest": contest,
        "lines": [line_of(one, nominees) for one in ways],
        "form": WhyForm(None, base=version_of(contest), is_asked=has_votes(contest)),
        "closed": why_not_rule_award(request.user, contest, at=timezone.now()),
        "eligible": sum(one.is_in for one in nominees),
        "nominees": len(nominees),
        "versions": versions_of(contest),
        "tab": "setup",
    }
    return render(request, "awards/award_rules.html", facts)


def versions_of(contest: Contest) -> list[tuple[RulesVersion, list[str]]]:
    """(version, its ways as sentences), newest first."""
    rows = contest.rules_versions.select_related("by", "contest").order_by("-version")
    return [(one, [alternative_text(way) for way in alternatives_said(one)]) for one in rows]


@require_POST
@allowed(why_not_rule_award, find_contest)
def award_rules_act(request: SignedIn, contest: Contest) -> HttpResponse:
    """up:3, down:3, drop:3: one way earlier, later, or gone."""
    form = WhyForm(request.POST, base=0, is_asked=has_votes(contest))
    what, _colon, number = request.POST.get("do", "").partition(":")
    ways = list(contest.alternatives.select_related("track"))
    at = next((place for place, one in enumerate(ways) if str(one.order) == number), None)
    if at is None or what not in ("up", "down", "drop") or not form.is_valid():
        raise Http404
    way = ways.pop(at)
    if what != "drop":
        ways.insert(max(at - 1, 0) if what == "up" else at + 1, way)
    do = partial(change_alternatives, contest=contest, alternatives=ways, why=form.why(), by=request.user,
                 at=timezone.now())  # fmt: skip
    return answer(request, do, reverse("award-rules", args=[contest.key]), _("Saved."))


@require_http_methods(["GET", "POST"])
@allowed(why_not_rule_award, find_contest)
def award_way(request: SignedIn, contest: Contest, order: int = 0) -> HttpResponse:
    """Looked at, with who meets it, before it is saved; 0 is a new one."""
    ways, tracks = list(contest.alternatives.select_related("track")), list(contest.tracks.all())
    now = next((one for one in ways if one.order == order), None)
    if order and now is None:
        raise Http404
    data = request.POST or None
    form = WayForm(data, tracks=tracks, way=now, base=version_of(contest), is_asked=has_votes(contest))
    preview = None
    if data is not None and form.is_valid():
        wanted = form.way(contest, tracks, order or len(ways) + 1)
        preview = line_of(wanted, tried(contest))
        if data.get("do") == "save":
            after = [wanted if one.order == order else one for one in ways] + ([] if order else [wanted])
            if saved(request, contest, after, form):
                return redirect("award-rules", contest.key)
    facts = {"contest": contest, "form": form, "preview": preview, "now": now, "tab": "setup"}
    return render(request, "awards/award_way.html", facts, status=422 if form.errors else 200)


def saved(request: SignedIn, contest: Contest, ways: list[Alternative], form: WayForm) -> bool:
    try:
        with events.via(Via.WEB):
            change_alternatives(contest=contest, alternatives=ways, why=form.why(), by=request.user, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True

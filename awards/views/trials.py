"""试算: the prize plan tried on an earlier edition or on made-up scores. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from awards.access import why_not_see_plan
from awards.core.prizes import Score
from awards.prizes import Prize
from awards.services.planning import entries_counted, group_name, is_timed, key_of, stored_groups
from awards.services.plans import GroupDetails
from awards.services.proposals import plan_in_force
from awards.services.trials import GroupTrial, MadeUp, editions_with_scores, tried_on_edition, tried_on_made_up
from awards.states import Ties
from awards.trial_forms import MADE_UP, USUAL_SEED, USUAL_SHARED, TrialForm
from competition.access import is_organiser
from competition.core.numbers import decimal_text
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest


@dataclass(frozen=True)
class LevelLine:
    """`seats` by the plan; `cut`: the lowest score that wins it; `given` with each way with ties."""

    prize: Prize
    seats: int
    cut: str
    given: tuple[int, ...]


@dataclass(frozen=True)
class PolicyWord:
    label: str
    is_own: bool
    total: int
    held: int
    held_seats: int


@dataclass(frozen=True)
class Shown:
    """A group that was tried; without lines there was nothing to try it on."""

    name: str
    found: GroupTrial
    lines: list[LevelLine]
    policies: list[PolicyWord]


@require_GET
@allowed(why_not_see_plan, find_contest)
def plan_trial(request: SignedIn, contest: Contest) -> HttpResponse:
    groups = stored_groups(plan_in_force(contest))
    editions = editions_for(request, contest)
    form = TrialForm(request.GET if "source" in request.GET else None, groups, entries_counted(contest), editions)
    tried = trials_of(contest, groups, form, editions) if form.is_valid() else []
    if tried and form.cleaned_data["source"] != MADE_UP:
        edition = edition_named(form.cleaned_data["source"], editions)
        record_look(request.user, "standings", edition, at=timezone.now())
    facts = {"contest": contest, "form": form, "trials": shown(tried, contest), "has_plan": bool(groups)}
    return render(request, "awards/plan_trial.html", {**facts, "tab": "setup"}, status=422 if form.errors else 200)


def editions_for(request: SignedIn, contest: Contest) -> list[Contest]:
    """Those whose scores the reader may see anyway."""
    return [one for one in editions_with_scores(contest) if is_organiser(request.user, one)]


def edition_named(key: str, editions: Sequence[Contest]) -> Contest:
    return next(one for one in editions if one.key == key)


def trials_of(
    contest: Contest, groups: Sequence[GroupDetails], form: TrialForm, editions: Sequence[Contest]
) -> list[GroupTrial]:
    said = form.cleaned_data
    if said["source"] != MADE_UP:
        return tried_on_edition(groups, contest, edition_named(said["source"], editions))
    numbers = {key_of(group): said[name] or 0 for name, group in form.named_groups}
    return tried_on_made_up(groups, contest, MadeUp(said["seed"], Fraction(said["shared"]) / 100, numbers))


def trial_of_wanted(request: SignedIn, contest: Contest, wanted: GroupDetails) -> tuple[Shown, str]:
    """A group as it was typed, and what it was tried on: the last edition with scores for it, else made-up ones."""
    for edition in editions_for(request, contest)[:1]:
        [found] = tried_on_edition([wanted], contest, edition)
        if found.trial:
            record_look(request.user, "standings", edition, at=timezone.now())
            return shown([found], contest)[0], edition.label
    number = entries_counted(contest)[key_of(wanted)]
    made_up = MadeUp(USUAL_SEED, Fraction(USUAL_SHARED, 100), {key_of(wanted): number})
    return shown(tried_on_made_up([wanted], contest, made_up), contest)[0], _("made-up scores")


def shown(tried: Sequence[GroupTrial], contest: Contest) -> list[Shown]:
    return [Shown(group_name(one.group), one, lines_of(one, contest), policies_of(one)) for one in tried]


def lines_of(one: GroupTrial, contest: Contest) -> list[LevelLine]:
    if one.trial is None:
        return []
    has_points = not is_timed(one.group.track)
    return [
        LevelLine(level.prize, seats, cut_text(lowest, contest.places) if has_points else "",
                  tuple(policy.given[at] for policy in one.trial.policies))
        for at, (level, seats, lowest) in enumerate(
            zip(one.group.levels, one.trial.seats, one.trial.cuts, strict=True))
    ]  # fmt: skip


def cut_text(score: Score | None, places: int) -> str:
    return _("nobody reaches it") if score is None else decimal_text(score[1], places)


SHORT = {
    Ties.EXTEND: gettext_lazy("ties up"),
    Ties.SHRINK: gettext_lazy("ties down"),
    Ties.HOLD: gettext_lazy("ties held"),
}


def policies_of(one: GroupTrial) -> list[PolicyWord]:
    rows: Any = one.trial.policies if one.trial else ()
    return [
        PolicyWord(str(SHORT[row.ties]), row.ties == one.group.ties, row.total, row.held, row.held_seats)
        for row in rows
    ]

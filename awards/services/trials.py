"""试算 of a prize plan on an earlier edition or on made-up scores. Reads only, and stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from awards.core.prizes import Score
from awards.core.trials import Trial, in_places, made_up_scores, tried
from awards.services.planning import GroupKey, key_of
from awards.services.plans import GroupDetails
from awards.services.proposals import score_of
from competition.models import Contest, Entry
from judging.models import StandingRun


@dataclass(frozen=True)
class MadeUp:
    """`shared`: 0..1, of the entries; `numbers`: of entries by group; the same seed gives the same scores."""

    seed: int
    shared: Fraction
    numbers: Mapping[GroupKey, int]


@dataclass(frozen=True)
class GroupTrial:
    """`trial` is None where the earlier edition has no such track or division, or no scores there."""

    group: GroupDetails
    trial: Trial | None


def editions_with_scores(contest: Contest) -> list[Contest]:
    """Earlier contests of the series that have standings, the latest first."""
    others = Contest.objects.filter(series=contest.series_id, kind=contest.kind, standing_runs__isnull=False)
    return list(others.exclude(pk=contest.pk).filter(year__lte=contest.year).distinct().order_by("-year", "-pk"))


def tried_on_edition(groups: Sequence[GroupDetails], contest: Contest, edition: Contest) -> list[GroupTrial]:
    """Each group on the scores of the track, or track and division, of the same code."""
    run = edition.standing_runs.order_by("-pk").first()
    found = scores_by_codes(edition, run) if run else {}
    made = []
    for group in groups:
        codes = (group.track.code, group.division.code if group.division else None)
        scores = [in_places(one, edition.places, contest.places) for one in found.get(codes, ())]
        has_scores = any(one is not None for one in scores)
        made.append(GroupTrial(group, tried(scores, group.plan, len(scores)) if has_scores else None))
    return made


def scores_by_codes(edition: Contest, run: StandingRun) -> dict[tuple[str, str | None], list[Score | None]]:
    """(track, division), and (track, None) for the whole track: a score or None of every entry that counts there."""
    standings = {one.entry_id: one for one in run.standings.all()}
    entries = Entry.objects.countable().filter(contest=edition, track__is_by_minutes=False).order_by("order")
    found: dict[tuple[str, str | None], list[Score | None]] = {}
    for pk, track, division in entries.values_list("pk", "track__code", "division__code"):
        score = score_of(standings.get(pk))
        found.setdefault((track, None), []).append(score)
        if division is not None:
            found.setdefault((track, division), []).append(score)
    return found


def tried_on_made_up(groups: Sequence[GroupDetails], contest: Contest, wanted: MadeUp) -> list[GroupTrial]:
    """Each group with a chance of its own: another number of entries elsewhere changes nothing here."""
    made = []
    for group in groups:
        number = wanted.numbers.get(key_of(group), 0)
        division = group.division.code if group.division else ""
        rng = Random(f"{wanted.seed}:{group.track.code}:{division}")
        scores = made_up_scores(number, places=contest.places, shared=wanted.shared, rng=rng)
        made.append(GroupTrial(group, tried(scores, group.plan, number) if number else None))
    return made

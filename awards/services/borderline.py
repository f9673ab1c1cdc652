"""临界复评: further reviews where the place above or below a cut is least certain. Shown, then done as shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import numpy as np
from django.db import transaction

from awards.access import why_not_review_borderline
from awards.core.borderline import CERTAIN, likeliest, next_reviews
from awards.messages import REASONS
from awards.services.beside import Beside, Place, beside, places_of
from awards.wording import chance_text
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.locks import locked_contest
from judging.models import Judge
from judging.services.assignments import propose_assignments
from judging.services.extra_reviews import Extra, add_extra_reviews, propose_extra_reviews


@dataclass(frozen=True)
class Wanted:
    """At most `budget` further reviews in all, and `most` for one entry, with those that it has beyond the rubric."""

    budget: int
    most: int


@dataclass(frozen=True)
class Borderline:
    """An entry that would get further reviews.

    sure    the share of draws of what it most often wins
    have    judges that it has; judges: those that it would get
    """

    entry: Entry
    sure: float
    have: int
    judges: list[Judge]

    @property
    def percent(self) -> str:
        return chance_text(self.sure)


@dataclass(frozen=True)
class BorderlineReviews:
    """`lines` by doubt, the greatest first; `uncertain`: entries whose prize is not certain; `missing`: sheets of
    entries here that are not in."""

    extra: Extra
    lines: list[Borderline]
    uncertain: int
    missing: int


def why_not_by_chances(both: Beside) -> Denial | None:
    """Where no plan gives prizes, or judges cannot be compared: nobody can say what is uncertain."""
    if both.prizes is None:
        return Denial("borderline-no-prizes", {"place": both.place.label})
    if both.found.posterior is None:
        reasons = " ".join(str(REASONS[reason] % vars(both.found.linked)) for reason in both.found.reasons)
        return Denial("borderline-refused", {"reasons": reasons})
    return None


def sure_of(both: Beside) -> np.ndarray:
    """(entries,) as `likeliest`; 1 for entries without a score: they wait for their own sheets. Of places that are not
    refused."""
    chances = both.chances()
    return np.ones(len(both.entries)) if chances is None else likeliest(chances)


def by_doubt(both: Beside, most: int, have: Mapping[int, int]) -> list[Entry]:
    """What `propose_extra_reviews` asks."""
    reviews = np.array([have.get(entry.pk, 0) for entry in both.entries], dtype=np.int64)
    room = np.maximum(most - np.maximum(reviews - both.place.rubric.reviews, 0), 0)
    return [both.entries[row] for row in next_reviews(sure_of(both), reviews, room)]


def looked_at(contest: Contest, place: Place) -> Beside:
    """As sheets are now; raises Refused where nothing can be said."""
    both = beside(contest, place)
    if denial := why_not_by_chances(both):
        raise Refused(denial)
    return both


def propose_borderline_reviews(contest: Contest, place: Place, wanted: Wanted, *, seed: int) -> BorderlineReviews:
    """Reads only. A contest as it is gives the same every time.

    raises   Refused where nothing can be said
    """
    both, proposal = looked_at(contest, place), propose_assignments(contest, seed=seed)
    extra = propose_extra_reviews(proposal, place.rubric, partial(by_doubt, both, wanted.most), wanted.budget)
    sure = dict(zip([entry.pk for entry in both.entries], sure_of(both).tolist(), strict=True))
    judges: dict[int, list[Judge]] = {}
    for entry, judge in extra.reviews:
        judges.setdefault(entry.pk, []).append(judge)
    lines = [
        Borderline(entry, sure[entry.pk], extra.have.get(entry.pk, 0), judges[entry.pk])
        for entry in both.entries
        if entry.pk in judges
    ]
    here = sum(extra.have.get(entry.pk, 0) for entry in both.entries)
    return BorderlineReviews(
        extra,
        sorted(lines, key=lambda one: (one.sure, one.entry.order)),
        sum(1 - one > CERTAIN for one in sure.values()),
        max(here - len(both.sheets.values), 0),
    )


@transaction.atomic
def add_borderline_reviews(
    *, contest: Contest, place: Place, wanted: Wanted, seed: int, shown: str, by: User, at: datetime
) -> int:
    """Add what `propose_borderline_reviews` says; how many reviews that is.

    shown    the digest of what the person looked at
    raises   Refused where nothing can be said, "assign-first", "assignment-changed"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_review_borderline(by, contest, at=at):
        raise Refused(denial)
    now = next((one for one in places_of(contest) if one.code == place.code), None)
    if now is None:
        raise Refused(Denial("assignment-changed"))

    def order(have: Mapping[int, int]) -> list[Entry]:
        return by_doubt(looked_at(contest, now), wanted.most, have)

    return add_extra_reviews(rubric=now.rubric, order=order, budget=wanted.budget, seed=seed, shown=shown, by=by, at=at)

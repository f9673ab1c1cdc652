"""What the public page of an award says of nominating oneself."""

from datetime import datetime

from awards.access_to_self import self_terms_of, why_not_self_nominate, why_not_self_over
from competition.models import Contest
from competition.parts import Panel


def self_panel(contest: Contest, *, at: datetime) -> Panel | None:
    """While people may begin, and after it until the day of erasure for whoever comes back."""
    if not contest.is_award or (terms := self_terms_of(contest)) is None:
        return None
    if why_not_self_over(contest, terms, at=at):
        return None
    is_open = why_not_self_nominate(contest, terms, at=at) is None
    return Panel("awards/_contest_self.html", {"contest": contest, "terms": terms, "is_open": is_open})

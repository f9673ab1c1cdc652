"""Where each finding of the list check is mended."""

from django.urls import reverse

from awards.core.listcheck import Finding
from competition.models import Contest
from competition.states import ContestKind

PLACES = {
    "not-in-plan": "plan",
    "minutes-missing": "plan",
    "plan-exceeded": "plan",
    "sheets-missing": "progress",
    "attempts-missing": "progress",
    "sheet-begun": "progress",
    "review-open": "progress",
    "not-judged": "assign",
    "judge-conflicted": "progress",
    "tie-across-cut": "ties",
    "tie-over-seats": "ties",
    "decision-without-tie": "ties",
    "move-lapsed": "moves",
    "move-open": "moves",
    "special-over": "specials",
    "special-wrong": "specials",
    "recognition-tied": "recognitions",
    "recognition-over": "recognitions",
    "certificate-name-differs": "certificates",
}


def mended_at(contest: Contest, finding: Finding) -> str:
    """The address; the day board, where a list is proposed anew, for all that has no page of its own."""
    name = PLACES.get(finding.code, "board")
    if contest.kind == ContestKind.AWARD:  # its ties are settled by ballot, its places by its terms
        return reverse("room", args=[contest.key])
    return reverse(name, args=[contest.key])

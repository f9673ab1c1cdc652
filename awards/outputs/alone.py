"""The line by which the papers of a contest say that one person ran it."""

from competition.access import has_two_persons
from competition.models import Contest

LINES = {
    "zh": "本届赛事未启用双人复核，名单锁定、发布等由一人办理。",
    "en": "No second person: locked and published by one.",
}


def alone_foot(contest: Contest) -> str:
    """In both languages, for the foot of every page; nothing where two persons did it."""
    return "" if has_two_persons(contest) else " ".join(LINES.values())

"""自荐: the office's answer where somebody begins hundreds, so that nobody else can."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet, Sum

from awards.access_to_self import why_not_see_selves
from awards.models import SelfNomination, SelfPaper
from awards.services.self_nominating import MOST_DRAFTS, MOST_MB_IN_ALL
from awards.services.self_terms import drop_files
from awards.states import SelfState
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest
from competition.services.papers import MB

MANY, MANY_MB = 60, 1000  # begun in one hour: more than a class, or heavier
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Flood:
    """What was begun in one hour and not sent. `hour`: running number, since 1970."""

    hour: int
    drafts: int
    size: int

    @property
    def since(self) -> datetime:
        return datetime.fromtimestamp(self.hour * 3600, UTC)

    @property
    def until(self) -> datetime:
        return self.since + HOUR


def is_nearly_full(contest: Contest) -> bool:
    """Half of what an award takes is begun: before that nobody has to be afraid for a draft."""
    if drafts_of(contest).count() * 2 >= MOST_DRAFTS:
        return True
    papers = SelfPaper.objects.filter(nomination__contest=contest)
    return bool((papers.aggregate(size=Sum("file__size"))["size"] or 0) * 2 >= MOST_MB_IN_ALL * MB)


def floods_of(contest: Contest) -> list[Flood]:
    """Hours in which very many were begun, the latest first; none while there is room."""
    if not is_nearly_full(contest):
        return []
    drafts = Counter(hour_of(one) for one in drafts_of(contest).values_list("begun_at", flat=True))
    sizes: Counter[int] = Counter()
    papers = SelfPaper.objects.filter(nomination__in=drafts_of(contest))
    for begun_at, size in papers.values_list("nomination__begun_at", "file__size"):
        sizes[hour_of(begun_at)] += size
    found = [Flood(hour, number, sizes[hour]) for hour, number in drafts.items()]
    return sorted((one for one in found if one.drafts >= MANY or one.size >= MANY_MB * MB), key=lambda one: -one.hour)


def drafts_of(contest: Contest) -> QuerySet[SelfNomination]:
    return SelfNomination.objects.filter(contest=contest, state=SelfState.DRAFT)


def hour_of(at: datetime) -> int:
    return int(at.timestamp()) // 3600


@transaction.atomic
def erase_flood(*, contest: Contest, hour: int, by: User, at: datetime) -> int:
    """All drafts that were begun in this hour, unread; what was sent stays. How many there were.

    raises   Refused "self-no-flood": there is room again, or not so many were begun then
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_see_selves(by, contest, at=at):
        raise Refused(denial)
    flood = next((one for one in floods_of(contest) if one.hour == hour), None)
    if flood is None:
        raise Refused(Denial("self-no-flood"))
    begun = drafts_of(contest).filter(begun_at__gte=flood.since, begun_at__lt=flood.until)
    gone = list(begun.select_for_update().values_list("pk", flat=True))
    papers = list(SelfPaper.objects.filter(nomination__in=gone).select_related("file"))
    SelfNomination.objects.filter(pk__in=gone).delete()
    drop_files(papers)
    body = {"hour": flood.since.isoformat(), "erased": len(gone), "documents": len(papers)}
    events.record(contest, "self-nominations.cleared", contest, by=by, at=at, body=body)
    return len(gone)

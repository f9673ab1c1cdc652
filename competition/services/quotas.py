"""How many entries a unit may still send up."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from competition.drafts import counted
from competition.errors import Denial, Refused
from competition.models import ALIVE, District, Entry, Quota, Review
from competition.states import EntryState, ReviewStep

SENT_ON = (EntryState.RECOMMENDED, EntryState.PASSED)


def sent_by(unit: District) -> QuerySet[Entry]:
    """What the unit has sent up; what the office gave back for correction keeps its place."""
    last_step = Review.objects.filter(entry=OuterRef("pk")).order_by("-pk").values("step")[:1]
    with_school = Q(state=EntryState.RETURNED, last_step=ReviewStep.OFFICE)
    entries = Entry.objects.filter(school__district=unit).annotate(last_step=Subquery(last_step))
    return entries.filter(Q(state__in=SENT_ON) | with_school)


def refuse_over_quota(entry: Entry) -> None:
    """Nothing beyond the quota can be sent, and no more teams than its share allows.

    raises   Refused "quota-reached", "teams-reached"
    """
    if entry.school is None:
        return
    sent = sent_by(entry.school.district).exclude(pk=entry.pk)
    for quota in quotas_of_unit(entry):
        if counted(quota, sent) >= quota.most:
            raise Refused(Denial("quota-reached", {"most": quota.most, "what": what(quota)}))
        if quota.team_percent is not None and entry.authors.count() > 1:
            most = quota.most * quota.team_percent // 100
            if teams(quota, sent) >= most:
                raise Refused(Denial("teams-reached", {"most": most, "what": what(quota)}))


def quotas_of_unit(entry: Entry) -> list[Quota]:
    """Those of the entry's unit that it counts against: of its track and division, or of all."""
    quotas = entry.contest.quotas.filter(district=entry.school.district if entry.school else None)
    return [
        one
        for one in quotas.select_related("track", "division")
        if one.track_id in (None, entry.track_id) and one.division_id in (None, entry.division_id)
    ]


def what(quota: Quota) -> str:
    return " ".join(str(part) for part in (quota.track, quota.division) if part) or str(quota.contest.label)


def teams(quota: Quota, sent: QuerySet[Entry]) -> int:
    found = sent.filter(contest=quota.contest, state__in=ALIVE, authors__order=2)
    if quota.track_id:
        found = found.filter(track=quota.track_id)
    return (found.filter(division=quota.division_id) if quota.division_id else found).count()

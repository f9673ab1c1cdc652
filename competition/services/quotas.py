"""How many entries a unit may send up: set by the office, asked whenever one is sent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from competition import events
from competition.access import why_not_organise
from competition.core.quotas import Shares, shares_of
from competition.drafts import counted
from competition.errors import Denial, Refused
from competition.models import ALIVE, Contest, District, Division, Entry, Quota, Review, School, Track, User
from competition.services.upsert import upsert
from competition.states import EntryState, ReviewStep

SENT_ON = (EntryState.RECOMMENDED, EntryState.PASSED)


def sent_by(unit: District) -> QuerySet[Entry]:
    """What the unit has sent up."""
    return sent_up(Entry.objects.filter(school__district=unit))


def sent_up(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those that their unit has sent up; what the office gave back for correction keeps its place."""
    last_step = Review.objects.filter(entry=OuterRef("pk")).order_by("-pk").values("step")[:1]
    with_school = Q(state=EntryState.RETURNED, last_step=ReviewStep.OFFICE)
    return entries.annotate(last_step=Subquery(last_step)).filter(Q(state__in=SENT_ON) | with_school)


def refuse_over_quota(entry: Entry) -> None:
    """Nothing beyond the quota can be sent, and no more teams than its share allows.

    raises   Refused "quota-reached", "teams-reached", "share-kept"
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
        if denial := why_no_share_left(entry, quota, sent):
            raise Refused(denial)


def why_no_share_left(entry: Entry, quota: Quota, sent: QuerySet[Entry]) -> Denial | None:
    """Of a cap on the total a part may be kept for divisions: nobody else may take it."""
    percents = percents_of(quota)
    if not percents:
        return None
    code = entry.division.code if entry.division else ""
    before, after = (shares_in(quota, sent, more) for more in (None, code))
    if after.free_taken <= max(before.free_taken, after.free):
        return None
    labels = {one.code: one.label for one in quota.contest.divisions.all()}
    kept = ", ".join(f"{labels.get(code, code)} {number}" for code, number in after.kept.items())
    return Denial("share-kept", {"most": quota.most, "free": after.free, "kept": kept})


def percents_of(quota: Quota) -> dict[str, int]:
    """Shares hold for a unit's cap on its total."""
    is_cap = quota.district_id is not None and quota.track_id is None and quota.division_id is None
    return quota.contest.settings.get("division_shares") or {} if is_cap else {}


def shares_in(quota: Quota, sent: QuerySet[Entry], more: str | None = None) -> Shares:
    """more   the division of one entry on top"""
    counts = Counter(code or "" for code in sent.filter(contest=quota.contest).values_list("division__code", flat=True))
    if more is not None:
        counts[more] += 1
    return shares_of(quota.most, percents_of(quota), counts)


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


@dataclass(frozen=True)
class QuotaDetails:
    place: District | School
    most: int
    track: Track | None = None
    division: Division | None = None
    team_percent: int | None = None


@transaction.atomic
def save_quotas(
    *, contest: Contest, quotas: Sequence[QuotaDetails], by: User, at: datetime, shares: Mapping[str, int] | None = None
) -> None:
    """Make these the quotas of the contest.

    shares   division (code) -> per cent of a unit's cap on the total that is kept for it; None leaves them
    raises   Refused "shares-too-many"
    """
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    wanted = [
        Quota(
            contest=contest,
            district=one.place if isinstance(one.place, District) else None,
            school=one.place if isinstance(one.place, School) else None,
            track=one.track,
            division=one.division,
            most=one.most,
            team_percent=one.team_percent,
        )
        for one in quotas
    ]
    key = ["district_id", "school_id", "track_id", "division_id"]
    saved = upsert(contest.quotas.all(), key, wanted, ["most", "team_percent"])
    has_new_shares = shares is not None and save_shares(contest, shares)
    if saved.drop_unwanted() or saved.has_changes or has_new_shares:
        events.record(contest, "quotas.saved", contest, by=by, at=at, body={"quotas": len(wanted)})


def save_shares(contest: Contest, shares: Mapping[str, int]) -> bool:
    """Whether they differ from what held before."""
    if sum(shares.values()) > 100:
        raise Refused(Denial("shares-too-many"))
    wanted = {code: percent for code, percent in shares.items() if percent}
    if contest.settings.get("division_shares", {}) == wanted:
        return False
    contest.settings = contest.settings | {"division_shares": wanted}
    contest.save(update_fields=["settings"])
    return True

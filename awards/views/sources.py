"""Where what a nominee has won comes from: a list of ours, a published list, a document, the workbook."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Achievement, AwardList, Nomination
from awards.services.eligibility import achievements_of
from awards.states import ListState


@dataclass(frozen=True)
class Shown:
    achievement: Achievement
    source: str
    url: str = ""


def achievements_with_source(nomination: Nomination) -> list[Shown]:
    """In the order in which they are tried."""
    won = achievements_of([nomination], nomination.entry.contest)[nomination.pk]
    known = Achievement.objects.filter(pk__in=[one.pk for one in won])
    full = known.select_related("source", "result_list", "claim__contest", "person").in_bulk()
    fixed = AwardList.objects.filter(
        contest__in={one.source_id for one in won}, state__in=(ListState.LOCKED, ListState.PUBLISHED)
    )
    versions = {one.contest_id: one.version for one in fixed.order_by("version")}
    return [shown(full[one.pk], versions) for one in won]


def shown(one: Achievement, versions: dict[int, int]) -> Shown:
    if one.claim is not None:
        at = one.claim.decided_at
        day = at.astimezone(one.claim.contest.tz).date().isoformat() if at else "—"
        url = reverse("claim", args=[one.claim.contest.key, one.claim.key])
        return Shown(one, _("document, confirmed on %(day)s") % {"day": day}, url)
    if one.result_list is not None:
        facts = {"name": one.result_list.name, "version": one.result_list.version}
        return Shown(one, _("published list “%(name)s”, version %(version)s") % facts)
    if one.entry_id and one.source_id in versions:
        return Shown(one, _("our list, version %(version)s") % {"version": versions[one.source_id]})
    return Shown(one, _("the workbook"))

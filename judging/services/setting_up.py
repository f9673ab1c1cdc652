"""Rules that hold for all judges of a contest."""

from datetime import datetime

from django.db import transaction

from competition import events
from competition.models import Contest, User
from judging.services.panel import kept_by


@transaction.atomic
def save_panel_rules(
    *,
    contest: Contest,
    same_district_conflict: bool,
    institution_cap: int | None,
    district_cap: int | None,
    by: User,
    at: datetime,
) -> None:
    """institution_cap, district_cap   judges of one institution, of one district an entry at most; None for no limit"""
    contest = kept_by(contest, by, at)
    caps = {"institution_cap": institution_cap or 0, "district_cap": district_cap or 0}
    said = {"same_district_conflict": same_district_conflict} | caps
    wanted = contest.settings | said
    if wanted != contest.settings:
        contest.settings = wanted
        contest.save(update_fields=["settings"])
        events.record(contest, "contest.changed", contest, by=by, at=at, body={"fields": ["settings"]})

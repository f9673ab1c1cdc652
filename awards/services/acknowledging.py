"""Titles that follow now to others than when the list was approved: the office says that it knows, and why."""

from datetime import datetime

from django.db import transaction

from awards.access import why_not_acknowledge_titles
from awards.models import AwardList, TitlesAcknowledged
from awards.services.approvals import approval_of
from awards.services.lists import standing_list
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


@transaction.atomic
def acknowledge_titles(*, contest: Contest, change: str, reason: str, by: User, at: datetime) -> TitlesAcknowledged:
    """The approval stays: it was for who has which prize. Without this word the list is not final.

    change   digest of the changes that the page showed
    raises   Refused "titles-changed-since", "titles-acknowledged-without-reason", and why the contest takes none
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_acknowledge_titles(by, contest, at=at):
        raise Refused(denial)
    award_list = standing_list(contest)
    approval = approval_of(award_list)
    if not approval.is_to_acknowledge or approval.changes.digest != change:
        raise Refused(Denial("titles-changed-since"))
    return acknowledged(award_list, change, reason, by=by, at=at)


def acknowledge_corrected(award_list: AwardList, *, reason: str, by: User, at: datetime) -> None:
    """A correction that passes titles on has said why: its reason stands here too."""
    approval = approval_of(award_list)
    if approval.is_to_acknowledge:
        acknowledged(award_list, approval.changes.digest, reason, by=by, at=at)


def acknowledged(award_list: AwardList, change: str, reason: str, *, by: User, at: datetime) -> TitlesAcknowledged:
    if not reason.strip():
        raise Refused(Denial("titles-acknowledged-without-reason"))
    contest = award_list.contest
    made: TitlesAcknowledged = contest.titles_acknowledged.create(
        list=award_list, change=change, reason=reason.strip()[:500], at=at, by=by
    )
    body = {"list": award_list.version, "change": change, "why": contest.mint.commitment(made.reason)}
    events.record(contest, "titles.acknowledged", award_list, by=by, at=at, body=body)
    return made

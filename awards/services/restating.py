"""After a correction: the list that stands says the names as they are now, in its next version."""

from datetime import datetime

from django.db import transaction

from awards.models import Award, AwardList, Recognition
from awards.services.achievements import record_achievements
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, publish_list
from awards.services.proposals import save_list
from awards.states import CertificateState, ListState
from competition.errors import Denial, Refused
from competition.models import Contest, User

Touched = set[tuple[str, int]]


@transaction.atomic
def restate_list(contest: Contest, *, touched: Touched, by: User, at: datetime) -> None:
    """The same awards under the right names: locked and published as the list was, certificates changed where theirs
    change.

    touched  whom the correction is about; a title may pass between these and to nobody else
    raises   Refused "correction-moves-title", "list-not-clean"
    """
    contest.refresh_from_db()
    was = contest.award_lists.standing().first()
    if was is None:
        return
    made = save_list(contest, [copied(one) for one in was.awards.all()], plan=was.plan, run=was.run, by=by, at=at)
    if made == was or was.state == ListState.DRAFT:
        return
    refuse_other_titles(was, made, touched)
    made = lock_list(contest=contest, by=by, at=at)
    record_achievements(award_list=made, by=by, at=at)
    if contest.certificates.filter(state=CertificateState.VALID).exists():
        issue_certificates(award_list=made, by=by, at=at)
    if was.state == ListState.PUBLISHED:
        publish_list(contest=contest, by=by, at=at)


def copied(award: Award) -> Award:
    """Without its words: those are written down anew."""
    return Award(
        entry=award.entry,
        code=award.code,
        label_zh=award.label_zh,
        label_en=award.label_en,
        order=award.order,
        place=award.place,
        by=award.by,
        reason=award.reason,
    )


def refuse_other_titles(was: AwardList, made: AwardList, touched: Touched) -> None:
    """Putting a school right may change who is an outstanding one. That is a decision, not a correction."""
    before, after = (set(map(holder, one.recognitions.select_related("rule"))) for one in (was, made))
    for rule, _kind, _pk in sorted(one for one in before ^ after if one[1:] not in touched):
        raise Refused(Denial("correction-moves-title", {"title": rule, "contest": made.contest}))


def holder(one: Recognition) -> tuple[str, str, int]:
    return one.rule.label, type(one.recipient).__name__.lower(), one.recipient.pk

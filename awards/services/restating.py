"""After a correction: the list that stands says the names as they are now, in its next version."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from awards.models import Award, AwardList, Nomination, Recognition
from awards.services.achievements import record_achievements
from awards.services.acknowledging import acknowledge_corrected
from awards.services.approvals import why_not_final
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, publish_list
from awards.services.notices import carry_on_notice, live_notice
from awards.services.proposals import save_list
from awards.states import CertificateState, ListState
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.states import ContestState

Touched = set[tuple[str, int]]


@transaction.atomic
def restate_list(
    contest: Contest, *, touched: Touched, renamed: Sequence[tuple[int, int]], reason: str, by: User, at: datetime
) -> None:
    """The same awards under the right names: locked and published as the list was, certificates changed where theirs
    change.

    touched  whom the correction is about; a title may pass between these and to nobody else
    renamed  whose prizes an award may rest on
    reason   of the correction; it stands where a title passes that bodies above the committee had seen with others
    raises   Refused "correction-moves-title", "correction-of-nominee", "list-not-clean"
    """
    refuse_nominees(contest, [before for before, _now in renamed])
    contest.refresh_from_db()
    was = contest.award_lists.standing().first()
    if was is None:
        return
    was_final = why_not_final(was) is None
    shown, live = list(contest.prize_checks.filter(is_shown=True)), live_notice(was, at=at)
    made = save_list(
        contest, [copied(one) for one in was.awards.all()], plan=was.plan, run=was.run, by=by, at=at,
        tie_values=was.tie_values, moves=was.moves,
    )  # fmt: skip
    if was.state == ListState.DRAFT:
        return
    if made == was:  # the words are the same, the people behind them may not be
        record_achievements(award_list=made, by=by, at=at)
        return
    refuse_other_titles(was, made, touched)
    made = lock_list(contest=contest, by=by, at=at)
    for check in shown:  # the same prizes: whoever was reading them reads on
        check.save(update_fields=["is_shown", "closed_at"])
    record_achievements(award_list=made, by=by, at=at)
    if live is not None:
        carry_on_notice(live, made, by=by, at=at)
    if was_final:
        acknowledge_corrected(made, reason=reason, by=by, at=at)
    same = str(_("Names were corrected; the prizes are those of version %(version)s.") % {"version": was.version})
    if contest.certificates.filter(state=CertificateState.VALID).exists():
        issue_certificates(award_list=made, by=by, at=at, reason=same)
    if was.state == ListState.PUBLISHED:
        publish_list(contest=contest, by=by, at=at, reason=same)


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


def refuse_nominees(contest: Contest, people: Sequence[int]) -> None:
    """An award to be decided, or one that rests on this contest, counts prizes by person: a nominee under another name
    would lose them."""
    waiting = ~Q(entry__contest__state__in=(ContestState.LOCKED, ContestState.PUBLISHED))
    nominated = Nomination.objects.filter(waiting | Q(entry__contest__belongs_to=contest), person__in=people)
    if one := nominated.select_related("person", "entry__contest").first():
        raise Refused(Denial("correction-of-nominee", {"name": one.person, "award": one.entry.contest.label}))

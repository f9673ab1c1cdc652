"""公示: a locked list is shown to the public from one day to another. The clock begins and ends it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from awards.access import why_not_open_notice, why_not_see_notices
from awards.calendars import Term, term_of
from awards.models import AwardList, Notice
from awards.services.lists import standing_list
from awards.states import NoticeState
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.agreeing import asked_of, refuse_alone
from competition.services.locks import locked_contest
from competition.states import StepKind

NOTICE_DAYS, ANSWER_DAYS, MOST_DAYS = 5, 5, 60
LONGEST = timedelta(days=366)  # from today; a mistyped year would show names for ever
LIVE = (NoticeState.ANNOUNCED, NoticeState.RUNNING)


@dataclass(frozen=True)
class Terms:
    """What a contest says of notices and objections; terms in working days."""

    is_required: bool
    notice_days: int
    answer_days: int


def terms_of(contest: Contest) -> Terms:
    said = contest.settings
    return Terms(
        bool(said.get("notice_required")),
        int(said.get("notice_days", NOTICE_DAYS)),
        int(said.get("answer_days", ANSWER_DAYS)),
    )


def usual_term(contest: Contest, first: date) -> Term:
    """The last day of a notice that begins on this one. The first day counts no more than the law has it."""
    return term_of(contest, after=first, days=terms_of(contest).notice_days)


@transaction.atomic
def save_terms(*, contest: Contest, terms: Terms, by: User, at: datetime) -> None:
    contest = locked_contest(contest.pk)
    if denial := why_not_see_notices(by, contest, at=at):
        raise Refused(denial)
    if terms == terms_of(contest):
        return
    for days in (terms.notice_days, terms.answer_days):
        if not 1 <= days <= MOST_DAYS:
            raise Refused(Denial("notice-days", {"most": MOST_DAYS}))
    said = {
        "notice_required": terms.is_required, "notice_days": terms.notice_days, "answer_days": terms.answer_days,
    }  # fmt: skip
    contest.settings |= said
    contest.save(update_fields=["settings"])
    events.record(contest, "notice.terms", contest, by=by, at=at, body=said)


def live_notice(award_list: AwardList, *, at: datetime) -> Notice | None:
    """The one of this list that runs or will."""
    found: Notice | None = award_list.notices.live(at).order_by("-version").first()
    return found


@transaction.atomic
def open_notice(*, contest: Contest, first: date, last: date, by: User, at: datetime) -> Notice:
    """Show the list that stands from the first day to the last, both included; the next version of the notice.

    raises   Refused "notice-runs", "notice-past", "notice-backwards", "notice-long", "no-list",
             "second-person-missing", and why the contest takes none
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_open_notice(asked_of(by), contest, at=at):
        raise Refused(denial)
    refuse_alone(contest, StepKind.NOTICE)
    award_list = standing_list(contest)
    if live_notice(award_list, at=at):
        raise Refused(Denial("notice-runs", {"contest": contest}))
    today = at.astimezone(contest.tz).date()
    if first < today:
        raise Refused(Denial("notice-past"))
    if last < first:
        raise Refused(Denial("notice-backwards"))
    if last - today > LONGEST:
        raise Refused(Denial("notice-long", {"most": LONGEST.days}))
    opens_at = max(at, beginning_of(first, contest))
    return next_notice(award_list, opens_at, beginning_of(last + timedelta(days=1), contest), by=by, at=at)


def beginning_of(day: date, contest: Contest) -> datetime:
    return datetime.combine(day, time(), tzinfo=contest.tz)


def next_notice(
    award_list: AwardList, opens_at: datetime, closes_at: datetime, *, by: User | None, at: datetime
) -> Notice:
    contest = award_list.contest
    version = (contest.notices.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    made = Notice.objects.create(
        key=contest.mint.key("notice", version), contest=contest, list=award_list, version=version,
        opens_at=opens_at, closes_at=closes_at, opened_at=at, opened_by=by,
    )  # fmt: skip
    body = {
        "version": version, "list": award_list.version, "from": opens_at.isoformat(), "until": closes_at.isoformat(),
    }  # fmt: skip
    events.record(contest, "notice.opened", made, by=by, at=at, body=body)
    return made


@transaction.atomic
def take_notice_down(*, notice: Notice, by: User, at: datetime) -> None:
    """Before its end, as if it had not run: the office opened it by mistake, or with wrong days.

    raises   Refused "notice-over", "second-person-missing"
    """
    contest = locked_contest(notice.contest_id)
    if denial := why_not_see_notices(asked_of(by), contest, at=at):
        raise Refused(denial)
    refuse_alone(contest, StepKind.NOTICE_DOWN)
    notice = Notice.objects.select_related("list").get(pk=notice.pk)
    if notice.state_at(at) not in LIVE:
        raise Refused(Denial("notice-over", {"contest": contest}))
    notice.taken_down_at = at
    notice.save(update_fields=["taken_down_at"])
    events.record(contest, "notice.taken-down", notice, by=by, at=at, body={"version": notice.version})


def carry_on_notice(live: Notice, made: AwardList, *, by: User | None, at: datetime) -> None:
    """The same prizes under corrected names: who was reading them reads on, to the same day, in the next version."""
    next_notice(made, max(at, live.opens_at), live.closes_at, by=by, at=at)

"""The committee: its members and their links, its meetings, who is there and who does not vote on whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from awards.access import why_not_change_ballots
from awards.models import Attendee, Meeting, Member, Voter
from awards.states import RoundState, Runoff
from competition import events
from competition.access import why_not_link
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.models import Contest, Role, User
from competition.services.accounts import create_account, end_links, free_name, give_role, make_link, take_role
from competition.services.locks import locked_contest
from competition.states import RoleKind


def kept_by(contest: Contest, by: User, at: datetime) -> Contest:
    """Locked; raises where somebody may not."""
    contest = locked_contest(contest.pk)
    if denial := why_not_change_ballots(by, contest, at=at):
        raise Refused(denial)
    return contest


def has_rounds(contest: Contest) -> bool:
    """A round was opened here, and not declared void."""
    return contest.ballots.exclude(state=RoundState.VOID).exclude(meeting=None).exists()


def refuse_fixed(contest: Contest) -> None:
    """Who is entitled to vote, and how votes are cast, is fixed before the first round."""
    if has_rounds(contest):
        raise Refused(Denial("committee-fixed", {"contest": contest}))
    if contest.ballots.filter(meeting=None).exists():
        raise Refused(Denial("ballots-from-workbook", {"contest": contest}))


@transaction.atomic
def rule_ballots(*, contest: Contest, is_secret: bool, runoff: str, by: User, at: datetime) -> None:
    """How this award votes: secret or open, and who stands again. Fixed before the first round.

    raises   Refused "committee-fixed", "ballots-from-workbook"
    """
    contest = kept_by(contest, by, at)
    wanted = {"ballot_open": not is_secret, "ballot_runoff": Runoff(runoff).value}
    if all(contest.settings.get(name) == value for name, value in wanted.items()):
        return
    refuse_fixed(contest)
    contest.settings |= wanted
    contest.save(update_fields=["settings"])
    events.record(contest, "ballots.ruled", contest, by=by, at=at, body=wanted)


@transaction.atomic
def add_member(*, contest: Contest, name: str, by: User, at: datetime) -> Member:
    """raises   Refused "member-twice", "committee-fixed", "ballots-from-workbook" """
    contest = kept_by(contest, by, at)
    refuse_fixed(contest)
    if contest.members.filter(name=name.strip()).exists():
        raise Refused(Denial("member-twice", {"name": name.strip()}))
    member = Member.objects.create(contest=contest, name=name.strip(), key=random_key())
    events.record(contest, "member.added", member, by=by, at=at)
    return member


@transaction.atomic
def drop_member(*, member: Member, by: User, at: datetime) -> None:
    """With the role in this award; the account stays. Who was at a meeting stays on the list.

    raises   Refused "member-was-there", "committee-fixed", "ballots-from-workbook"
    """
    contest = kept_by(member.contest, by, at)
    refuse_fixed(contest)
    if Attendee.objects.filter(member=member).exists() or Voter.objects.filter(member=member).exists():
        raise Refused(Denial("member-was-there", {"name": member.name}))
    for role in Role.objects.filter(user=member.user, kind=RoleKind.COMMITTEE, contest=contest):
        take_role(role=role, by=by, at=at)
        end_links(role.user, at=at)
    events.record(contest, "member.dropped", member, by=by, at=at)
    member.delete()


@transaction.atomic
def link_member(*, member: Member, by: User, at: datetime) -> str:
    """The token of a personal link; "" for an account that can do more: it signs in as it always does."""
    kept_by(member.contest, by, at)
    if member.user is None:
        member.user = create_account(username=free_name("c"), name=member.name, password=None, by=by, at=at)
        member.save(update_fields=["user"])
    if not member.user.roles.filter(kind=RoleKind.COMMITTEE, contest=member.contest).exists():
        give_role(user=member.user, kind=RoleKind.COMMITTEE, contest=member.contest, by=by, at=at)
    events.record(member.contest, "member.invited", member, by=by, at=at)
    if why_not_link(by, member.user, at=at):
        return ""
    member.user.set_unusable_password()  # another one than before: what was signed in by an earlier link ends
    member.user.save(update_fields=["password"])
    return make_link(user=member.user, by=by, at=at)


@dataclass(frozen=True)
class MeetingDetails:
    """When and where, and who counts: chair, 总监票人, 监票人, 计票人."""

    held_on: date
    chair: str
    chief_scrutineer: str
    tellers: str
    scrutineers: str = ""
    place: str = ""


@transaction.atomic
def open_meeting(*, contest: Contest, details: MeetingDetails, by: User, at: datetime) -> Meeting:
    """raises   Refused "meeting-open", "committee-empty", "ballots-from-workbook", "teller-is-scrutineer" """
    contest = kept_by(contest, by, at)
    if contest.ballots.filter(meeting=None).exists():
        raise Refused(Denial("ballots-from-workbook", {"contest": contest}))
    if contest.meetings.filter(ended_at=None).exists():
        raise Refused(Denial("meeting-open", {"contest": contest}))
    if not contest.members.exists():
        raise Refused(Denial("committee-empty", {"contest": contest}))
    number = contest.meetings.count() + 1
    meeting = Meeting.objects.create(
        contest=contest, number=number, key=contest.mint.key("meeting", number), opened_at=at, opened_by=by,
        **vars(details),
    )  # fmt: skip
    events.record(contest, "meeting.opened", meeting, by=by, at=at, body={"number": number})
    return meeting


def open_meeting_of(contest: Contest) -> Meeting | None:
    meeting: Meeting | None = contest.meetings.filter(ended_at=None).first()
    return meeting


@transaction.atomic
def save_attendance(
    *, meeting: Meeting, present: Collection[Member], recused: Mapping[Member, Sequence[str]], by: User, at: datetime
) -> None:
    """Who is there, and on which nominees each of them does not vote. Between rounds only: a round keeps its roll.

    raises   Refused "meeting-over", "round-is-open", "no-such-nominee"
    """
    contest = kept_by(meeting.contest, by, at)
    refuse_while_open(meeting)
    wanted = {member.pk: sorted(set(recused.get(member, ()))) for member in present}
    known = set(contest.entries.values_list("number", flat=True))
    if unknown := sorted({number for numbers in wanted.values() for number in numbers} - known):
        raise Refused(Denial("no-such-nominee", {"number": unknown[0]}))
    if {one.member_id: one.recused for one in meeting.attendees.all()} == wanted:
        return
    members = contest.members.filter(pk__in=wanted)
    meeting.attendees.all().delete()
    Attendee.objects.bulk_create(Attendee(meeting=meeting, member=one, recused=wanted[one.pk]) for one in members)
    body = {"present": len(wanted), "recusals": sum(len(numbers) for numbers in wanted.values())}
    events.record(contest, "attendance.taken", meeting, by=by, at=at, body=body)


def refuse_while_open(meeting: Meeting) -> None:
    """A meeting that goes on, between its rounds."""
    if not Meeting.objects.filter(pk=meeting.pk, ended_at=None).exists():
        raise Refused(Denial("meeting-over", {"number": meeting.number}))
    if (ballot := meeting.contest.ballots.filter(state=RoundState.OPEN).first()) is not None:
        raise Refused(Denial("round-is-open", {"round": ballot.round}))


@transaction.atomic
def end_meeting(*, meeting: Meeting, by: User, at: datetime) -> None:
    """raises   Refused "meeting-over", "round-is-open" """
    contest = kept_by(meeting.contest, by, at)
    refuse_while_open(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(ended_at=at)
    events.record(contest, "meeting.ended", meeting, by=by, at=at, body={"number": meeting.number})

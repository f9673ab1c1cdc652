"""The judges of a contest as the office keeps them on the web, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from competition import events
from competition.access import why_not_link
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, District, Entry, Person, School, Subject, Track, User
from competition.services.accounts import create_account, end_links, free_name, give_role, make_link, only_judges
from competition.states import PersonKind, RoleKind
from judging.access import why_not_answer_invitation, why_not_decide_hint, why_not_keep_judges
from judging.conflicts import schools_called
from judging.models import Conflict, HintDecision, Judge
from judging.services.judges import keep_conflicts
from judging.states import ConflictSource, JudgeState


@dataclass(frozen=True)
class JudgeFacts:
    """What the office knows of a judge. `tracks` empty means all; `max_load` 0 means no limit."""

    name: str
    institution: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    school: School | None = None
    district: District | None = None
    tracks: tuple[Track, ...] = ()
    subjects: tuple[Subject, ...] = ()
    max_load: int = 0


PLAIN = ("institution", "phone", "email", "language", "school", "district", "max_load")


@transaction.atomic
def add_judge(*, contest: Contest, facts: JudgeFacts, by: User, at: datetime) -> Judge:
    """One more judge, with the next code. Two of one name are two people."""
    contest = kept_by(contest, by, at)
    judge = new_judge(contest, facts)
    events.record(contest, "judge.added", judge, by=by, at=at)
    return judge


def kept_by(contest: Contest, by: User, at: datetime) -> Contest:
    """The contest, locked: codes of judges are given one after the other.

    raises   Refused where `by` may not keep its judges now
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if denial := why_not_keep_judges(by, contest, at=at):
        raise Refused(denial)
    return contest


def new_judge(contest: Contest, facts: JudgeFacts) -> Judge:
    code = next_code(contest)
    # the code keeps two judges of one name apart, and the same judge of two years is asked for by nobody
    person = Person.objects.create(kind=PersonKind.JUDGE, name=facts.name, code=f"{contest.key[:8]}-{code}")
    judge = Judge(contest=contest, person=person, code=code, **{name: getattr(facts, name) for name in PLAIN})
    judge.save()
    judge.tracks.set(facts.tracks)
    judge.subjects.set(facts.subjects)
    return judge


def next_code(contest: Contest) -> str:
    taken = set(contest.judges.values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"P{number:02}") not in taken)


@transaction.atomic
def change_judge(*, judge: Judge, facts: JudgeFacts, by: User, at: datetime) -> Judge:
    kept_by(judge.contest, by, at)
    write_facts(judge, facts)
    events.record(judge.contest, "judge.changed", judge, by=by, at=at)
    return judge


def write_facts(judge: Judge, facts: JudgeFacts) -> None:
    if judge.person.name != facts.name:
        rename(judge, facts.name)
    for name in PLAIN:
        setattr(judge, name, getattr(facts, name))
    judge.save(update_fields=["person", *PLAIN])
    judge.tracks.set(facts.tracks)
    judge.subjects.set(facts.subjects)


def rename(judge: Judge, name: str) -> None:
    """Here alone: whoever judges elsewhere too is called there as before."""
    person = judge.person
    others = Person.objects.filter(kind=PersonKind.JUDGE, name=name, code=person.code).exists()
    if others or person.judgeships.exclude(pk=judge.pk).exists():
        judge.person = Person.objects.create(kind=PersonKind.JUDGE, name=name, code=random_key())
    else:
        person.name = name
        person.save(update_fields=["name"])
    if judge.user is not None and only_judges(judge.user):
        judge.user.name = name
        judge.user.save(update_fields=["name"])


@dataclass(frozen=True)
class JudgeInvitation:
    """What is handed out for one judge; the token is known only here and now, and blank for an account that can do
    more than judge: it signs in as it always does."""

    judge: Judge
    token: str


@transaction.atomic
def invite_judges(*, contest: Contest, judges: Sequence[Judge], by: User, at: datetime) -> list[JudgeInvitation]:
    """A personal link for each: the first time with an account, later a new one in place of the old.

    raises   Refused "no-judge-chosen" where none of them judges here any more
    """
    contest = kept_by(contest, by, at)
    chosen = contest.judges.filter(pk__in=[one.pk for one in judges], is_active=True)
    rows = list(chosen.select_related("user", "person").order_by("code"))
    if not rows:
        raise Refused(Denial("no-judge-chosen"))
    made = [JudgeInvitation(judge, invited(judge, by=by, at=at)) for judge in rows]
    events.record(contest, "judges.invited", contest, by=by, at=at, body={"judges": len(made)})
    return made


def invited(judge: Judge, *, by: User, at: datetime) -> str:
    """The contest's own organiser may do this: the account signs in as this judge and as nobody else."""
    user = seat(judge, by=by, at=at)
    return "" if why_not_link(by, user, at=at) else make_link(user=user, by=by, at=at)


def seat(judge: Judge, *, by: User, at: datetime) -> User:
    """Their account, with the role, and invited if they were not."""
    if judge.user is None:
        judge.user = create_account(username=free_name("j"), name=judge.person.name, password=None, by=by, at=at)
        judge.save(update_fields=["user"])
    if not judge.user.roles.filter(kind=RoleKind.JUDGE, contest=judge.contest).exists():
        give_role(user=judge.user, kind=RoleKind.JUDGE, contest=judge.contest, by=by, at=at)
    if judge.state == JudgeState.LISTED:
        move(judge, JudgeState.INVITED, by=by, at=at)
    return judge.user


@transaction.atomic
def revoke_links(*, judge: Judge, by: User, at: datetime) -> None:
    """Links that were not used yet end; the password, if one is set, stays."""
    kept_by(judge.contest, by, at)
    if judge.user is None or not end_links(judge.user, at=at):
        raise Refused(Denial("no-open-link"))
    events.record(None, "link.revoked", judge.user, by=by, at=at)


@transaction.atomic
def dismiss_judge(*, judge: Judge, by: User, at: datetime) -> None:
    """Judges no more: sheets that were handed in stay, the rest waits for others. Links end."""
    kept_by(judge.contest, by, at)
    if not Judge.objects.filter(pk=judge.pk, is_active=True).update(is_active=False):
        raise Refused(Denial("changed-meanwhile", {"thing": judge}))
    if judge.user is not None:
        end_links(judge.user, at=at)
    events.record(judge.contest, "judge.dismissed", judge, by=by, at=at)


@transaction.atomic
def take_back_judge(*, judge: Judge, by: User, at: datetime) -> None:
    kept_by(judge.contest, by, at)
    if not Judge.objects.filter(pk=judge.pk, is_active=False).update(is_active=True):
        raise Refused(Denial("changed-meanwhile", {"thing": judge}))
    events.record(judge.contest, "judge.taken-back", judge, by=by, at=at)


@dataclass(frozen=True)
class JudgeAnswer:
    """What a judge says of themselves. `schools`: whose entries they may not judge; `relations`: names, one a line."""

    institution: str = ""
    availability: str = ""
    relations: str = ""
    schools: tuple[School, ...] = ()
    subjects: tuple[Subject, ...] = ()


@transaction.atomic
def accept_invitation(*, judge: Judge, answer: JudgeAnswer, by: User, at: datetime) -> None:
    """Yes, with the promise to keep secret what is seen. Said again it brings the answer up to date."""
    if denial := why_not_answer_invitation(by, judge, at=at):
        raise Refused(denial)
    before = schools_called(judge)
    judge.institution, judge.availability = answer.institution, answer.availability
    judge.relations, judge.answered_at, judge.answer = answer.relations, at, ""
    judge.pledged_at = judge.pledged_at or at
    judge.save(update_fields=["institution", "availability", "relations", "answered_at", "answer", "pledged_at"])
    keep_conflicts(judge, before)
    judge.subjects.set(answer.subjects)
    own = judge.conflicts.filter(source=ConflictSource.JUDGE)
    own.exclude(school__in=answer.schools).delete()
    known = set(own.values_list("school", flat=True))
    Conflict.objects.bulk_create(
        Conflict(judge=judge, school=school, source=ConflictSource.JUDGE)
        for school in answer.schools
        if school.pk not in known
    )
    if judge.state != JudgeState.ACCEPTED:
        move(judge, JudgeState.ACCEPTED, by=by, at=at)
    else:
        events.record(judge.contest, "judge.answered", judge, by=by, at=at)


@transaction.atomic
def decline_invitation(*, judge: Judge, reason: str, by: User, at: datetime) -> None:
    """No. What was handed in before stays."""
    if denial := why_not_answer_invitation(by, judge, at=at):
        raise Refused(denial)
    move(judge, JudgeState.DECLINED, by=by, at=at, answer=reason, answered_at=at)


@transaction.atomic
def add_conflict(*, judge: Judge, thing: Entry | School | Person, by: User, at: datetime) -> None:
    kept_by(judge.contest, by, at)
    known = {type(thing).__name__.lower(): thing}
    if judge.conflicts.filter(**known).exists():
        raise Refused(Denial("conflict-there-already", {"thing": thing}))
    made = Conflict.objects.create(judge=judge, source=ConflictSource.OFFICE, **known)
    events.record(judge.contest, "conflict.added", judge, by=by, at=at, body={"conflict": made.pk})


@transaction.atomic
def take_conflict(*, conflict: Conflict, by: User, at: datetime) -> None:
    """Only what the office said: what a judge said stays until the judge takes it back."""
    kept_by(conflict.judge.contest, by, at)
    if conflict.source not in (ConflictSource.OFFICE, ConflictSource.WORKBOOK):
        raise Refused(Denial("conflict-not-yours", {"source": conflict.get_source_display()}))
    judge, pk = conflict.judge, conflict.pk
    conflict.delete()
    events.record(judge.contest, "conflict.taken", judge, by=by, at=at, body={"conflict": pk})


@transaction.atomic
def decide_hint(*, judge: Judge, entry: Entry, is_conflict: bool, reason: str, by: User, at: datetime) -> HintDecision:
    """What only looked like a conflict is one, or is none; with the reason. Decided again, the last word counts."""
    if denial := why_not_decide_hint(by, judge.contest, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("say-why"))
    values = {"is_conflict": is_conflict, "reason": reason, "by": by, "at": at}
    decision, _ = HintDecision.objects.update_or_create(judge=judge, entry=entry, defaults=values)
    body = {"entry": entry.key, "is_conflict": int(is_conflict)}
    events.record(judge.contest, "hint.decided", judge, by=by, at=at, body=body)
    return decision

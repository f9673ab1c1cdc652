"""自荐, as the office does it: looked at, taken up as a nominee and put back, returned, or not taken up."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from awards.access_to_self import why_not_decide_self, why_not_put_back_self, why_not_take_up_self
from awards.core.self_nominating import WON_PLACES, SelfSaid
from awards.models import Claim, Nomination, SelfNomination
from awards.self_nominations import is_student, said_of, sealed_answer
from awards.services.claims import Claimed, add_claim_of, drop_claim
from awards.services.eligibility import check_eligibility
from awards.services.nominating import (
    known_to,
    nominate,
    nominate_new,
    nominations_that_stand,
    person_kind,
    take_back_nomination,
)
from awards.services.self_nominating import locked_self
from awards.states import AchievementKind, AchievementRole, SelfState
from competition.core.school_names import likeness, likest
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Author, Entry, Person, School, StoredFile, User
from competition.services.locks import locked_contest
from competition.states import EntryState, SchoolState

SURE = 99  # of `likeness`: the same school, written out or in short
PLACE = "学校或工作单位"  # of who belongs to no school of ours; as data in Chinese, for the office alone


@dataclass(frozen=True)
class Known:
    """Somebody of ours of the same name, and the nomination that stands of them. `is_of_school`: of the one that the
    person says."""

    person: Person
    nomination: Nomination | None
    is_of_school: bool


def known_like(nomination: SelfNomination, said: SelfSaid, by: User) -> list[Known]:
    """Who may be the same; of the office's contests and of this award, those already nominated first."""
    names = {said.name, "".join(said.name.split())}
    standing = nominations_that_stand(nomination.contest, nomination.track).filter(person__name__in=names)
    nominated = {one.person_id: one for one in standing.select_related("entry", "person__school")}
    known = known_to(by, nomination.track).filter(name__in=names).exclude(pk__in=nominated)
    first = [Known(one.person, one, is_school_of(said, one.person.school)) for one in nominated.values() if one.person]
    rest = known.order_by("school__name", "pk")
    return [*first, *(Known(one, None, is_school_of(said, one.school)) for one in rest)]


def is_school_of(said: SelfSaid, school: School | None) -> bool:
    """Whether the person named this one, so that nobody has to ask."""
    return school is not None and likeness(said.school, school.name) >= SURE


def schools_like(said: SelfSaid) -> list[School]:
    """Of ours, the nearest first; a person says which it is."""
    schools = list(School.objects.filter(state=SchoolState.ACTIVE).order_by("name"))
    names = likest(said.school, [one.name for one in schools])
    return sorted((one for one in schools if one.name in names), key=lambda one: names.index(one.name))


@transaction.atomic
def take_up_self(
    *,
    nomination: SelfNomination,
    person: Person | None,
    school: School | None,
    shows_reason: bool,
    despite_school: bool = False,
    despite_name: bool = False,
    by: User,
    at: datetime,
) -> Nomination:
    """A nominee like every other: somebody who is known, or somebody new of this school, or of none.

    Prizes become claims that are still to be checked, the documents stay with the nominee. What was typed stays sealed
    until the day of erasure: until then a slip can be mended.

    shows_reason     the reason names nobody, says the office, and experts may read it
    despite_school   it is that person, says the office, although the person names another school
    despite_name     it is somebody else, says the office, although the school has somebody of this name
    raises           Refused "self-decided", "self-other-name", "self-other-school", "self-same-name",
                     and as `nominate` and `nominate_new` do
    """
    contest = locked_contest(nomination.contest_id)
    one = locked_self(nomination)
    if denial := why_not_take_up_self(by, one, at=at):
        raise Refused(denial)
    if SelfState.TAKEN not in one.MOVES[one.state]:
        raise Refused(Denial("self-decided", {"number": one.number}))
    said = said_of(one, at=at)
    name = "".join(said.name.split())
    if person is not None:
        if "".join(person.name.split()) != name or not known_to(by, one.track).filter(pk=person.pk).exists():
            raise Refused(Denial("self-other-name", {"number": one.number}))
        if not despite_school and not is_school_of(said, person.school):
            raise Refused(Denial("self-other-school", {"number": one.number}))
        made = nominate(contest=contest, track=one.track, subject=person, by=by, at=at)
    else:
        if not despite_name and any(found.is_of_school for found in known_like(one, said, by)):
            raise Refused(Denial("self-same-name", {"number": one.number}))
        made = nominate_new(contest=contest, track=one.track, name=said.name, school=school, by=by, at=at)
    carry_over(one, said, made, shows_reason=shows_reason, by=by, at=at)
    facts = {"entry": made.entry.number}
    move(one, SelfState.TAKEN, by=by, at=at, facts=facts, entry=made.entry, decided_at=at, decided_by=by, answer="")
    return Nomination.objects.get(pk=made.pk)


def carry_over(
    one: SelfNomination, said: SelfSaid, made: Nomination, *, shows_reason: bool, by: User, at: datetime
) -> None:
    if shows_reason:
        Entry.objects.filter(pk=made.entry_id).update(abstract=said.reason)
    if made.entry.school_id is None:
        Entry.objects.filter(pk=made.entry_id).update(extra={PLACE: said.school})
    Author.objects.filter(entry=made.entry, person=made.person).update(grade=said.grade)
    person = made.person
    papers = {paper.place: paper for paper in one.papers.select_related("file")}
    for place, won in zip(WON_PLACES, said.won, strict=False):
        if place in papers and not won.is_blank and person is not None:
            claimed = Claimed(
                kind=person_kind(one.track), name=person.name, what=AchievementKind.PRIZE, said_of=won.said_of,
                level=won.level, role=AchievementRole.AUTHOR if is_student(one) else AchievementRole.TUTOR,
                won_on=date.fromisoformat(won.won_on), prize=won.prize,
            )  # fmt: skip
            add_once(one, person, claimed, papers[place].file, by=by, at=at)
    check_eligibility(contest=one.contest, by=by, at=at)


def add_once(
    one: SelfNomination, person: Person, claimed: Claimed, paper: StoredFile, *, by: User, at: datetime
) -> Claim | None:
    """What the school has sent in already is not sent twice."""
    try:
        with transaction.atomic():
            return add_claim_of(contest=one.contest, person=person, claimed=claimed, paper=paper, by=by, at=at)
    except Refused as refused:
        if refused.denial.code != "claim-twice":
            raise
        return None


@transaction.atomic
def put_back_self(*, nomination: SelfNomination, nominee: str, by: User, at: datetime) -> SelfNomination:
    """Taken up by a slip, as somebody else say: the nominee counts no more, what came from it is taken out again, and
    it waits for the office as it was received. The nominee's number is not given again.

    nominee  key of the entry as which its reader saw it taken up
    raises   Refused "self-not-taken", "self-unreadable", "changed-meanwhile", and why nominees are not taken back any
             more
    """
    contest = locked_contest(nomination.contest_id)
    one = locked_self(nomination)
    if denial := why_not_put_back_self(by, one, at=at):
        raise Refused(denial)
    if one.entry is None:
        raise Refused(Denial("self-not-taken", {"number": one.number}))
    if one.entry.key != nominee:
        raise Refused(Denial("changed-meanwhile", {"thing": one}))
    said_of(one, at=at)
    entry, taken_at = one.entry, one.decided_at
    for claim in contest.claims.filter(paper__in=one.papers.values("file"), said_at=taken_at):
        drop_claim(claim=claim, by=by, at=at)
    if entry.state != EntryState.WITHDRAWN:
        take_back_nomination(nomination=entry.nomination, by=by, at=at)
    Entry.objects.filter(pk=entry.pk).update(abstract="", extra={}, draft={})  # a school reads its withdrawn ones, too
    Author.objects.filter(entry=entry).update(grade=None)
    move(
        one, SelfState.SENT, by=by, at=at, event="selfnomination.put-back", facts={"entry": entry.number}, entry=None,
        decided_at=None, decided_by=None,
    )  # fmt: skip
    check_eligibility(contest=contest, by=by, at=at)
    return one


@transaction.atomic
def return_self(*, nomination: SelfNomination, reason: str, by: User, at: datetime) -> SelfNomination:
    """The person reads why, mends it, and sends it again; until the day of erasure."""
    return answered(nomination, SelfState.RETURNED, reason, by=by, at=at)


@transaction.atomic
def decline_self(*, nomination: SelfNomination, reason: str, by: User, at: datetime) -> SelfNomination:
    """Not taken up. The person reads why; the office may still think better of it until the day of erasure."""
    return answered(nomination, SelfState.DECLINED, reason, by=by, at=at)


def answered(nomination: SelfNomination, to: SelfState, reason: str, *, by: User, at: datetime) -> SelfNomination:
    """raises   Refused "self-without-reason", "no-such-move", "changed-meanwhile" """
    locked_contest(nomination.contest_id)
    one = locked_self(nomination)
    if denial := why_not_decide_self(by, one, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("self-without-reason"))
    answer = sealed_answer(reason.strip(), one)
    content = one.contest.mint.commitment(reason.strip())
    move(one, to, by=by, at=at, facts={"content": content}, answer=answer, decided_at=at, decided_by=by)
    return one

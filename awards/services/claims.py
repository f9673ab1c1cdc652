"""Achievements that are shown by a document: sent in, looked at by the office, and only then counted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from awards.access import ClaimsOf, why_not_before_lock, why_not_check_claim, why_not_check_claims, why_not_claim
from awards.models import Achievement, Claim
from awards.prizes import BY_CODE, LAST, SPECIAL
from awards.services.eligibility import refuse_fallen
from awards.states import AchievementKind, ClaimState
from competition import events
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.lifecycle import move
from competition.models import Contest, Person, School, StoredFile, User
from competition.services.locks import locked_contest
from competition.services.places import save_people

WORDS: dict[str, str] = {
    AchievementKind.PATENT: "专利",
    AchievementKind.TITLE: "称号",
}  # in place of a prize, as data in Chinese


@dataclass(frozen=True)
class Claimed:
    """What the document says, of whom. `kind`: of person; `what`: of achievement."""

    kind: str
    name: str
    what: str
    said_of: str
    level: str
    role: str
    won_on: date
    code: str = ""
    work: str = ""
    prize: str = ""
    author_order: int = 1


@transaction.atomic
def add_claim(
    *, contest: Contest, school: School, claimed: Claimed, paper: StoredFile, by: User, at: datetime
) -> Claim:
    """Send one in. It counts for nothing yet.

    raises   Refused "claims-closed", "claim-of-several", "claim-twice", "claim-in-future"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_claim(by, ClaimsOf(contest, school), at=at):
        raise Refused(denial)
    return kept_claim(contest, person_of(school, claimed, by=by, at=at), claimed, paper, by=by, at=at)


@transaction.atomic
def add_claim_of(
    *, contest: Contest, person: Person, claimed: Claimed, paper: StoredFile, by: User, at: datetime
) -> Claim:
    """The same by the office, of somebody who is known already, with or without a school."""
    contest = locked_contest(contest.pk)
    if denial := why_not_check_claims(by, contest, at=at) or why_not_before_lock(contest):
        raise Refused(denial)
    return kept_claim(contest, person, claimed, paper, by=by, at=at)


def kept_claim(
    contest: Contest, person: Person, claimed: Claimed, paper: StoredFile, *, by: User, at: datetime
) -> Claim:
    if claimed.won_on > at.astimezone(contest.tz).date():
        raise Refused(Denial("claim-in-future"))
    prize = BY_CODE.get(claimed.prize, SPECIAL) if claimed.what == AchievementKind.PRIZE else SPECIAL
    label = WORDS.get(claimed.what, prize.label_zh)
    twice = contest.claims.filter(
        person=person, said_of=claimed.said_of, work=claimed.work, prize_code=prize.code, won_on=claimed.won_on
    )
    if twice.exclude(state=ClaimState.REFUSED).exists():
        raise Refused(Denial("claim-twice"))
    made = Claim.objects.create(
        contest=contest, person=person, kind=claimed.what, said_of=claimed.said_of, work=claimed.work,
        level=claimed.level, prize_code=prize.code, prize_name=label, role=claimed.role,
        author_order=claimed.author_order, won_on=claimed.won_on, paper=paper, said_at=at, said_by=by,
    )  # fmt: skip
    events.record(contest, "claim.added", made, by=by, at=at)
    return made


def person_of(school: School, claimed: Claimed, *, by: User, at: datetime) -> Person:
    """The school's own of that name; a new one where there is none. Two of a name are told apart by their code."""
    named = Person.objects.filter(school=school, kind=claimed.kind, name=claimed.name)
    found = list(named.filter(code=claimed.code) if claimed.code else named)
    if not found and claimed.code and [one.code for one in named] == [""]:
        found = list(named)  # the register has no number yet: the one of that name, and not somebody new beside them
    if len(found) > 1:
        raise Refused(Denial("claim-of-several", {"school": school}))
    if found:
        return found[0]
    key = (claimed.kind, claimed.name, school, claimed.code)
    return save_people(people=[key], mint=Mint(installation_key()), by=by, at=at)[key]


@transaction.atomic
def confirm_claim(*, claim: Claim, by: User, at: datetime) -> Claim:
    """From now on it counts, as a prize of our own lists does."""
    claim = locked_claim(claim, by, at)
    move(claim, ClaimState.CONFIRMED, by=by, at=at, decided_at=at, decided_by=by, reason="")
    order = BY_CODE[claim.prize_code].order if claim.kind == AchievementKind.PRIZE else LAST
    Achievement.objects.create(
        kind=claim.kind,
        is_checked=True,
        person=claim.person, source=claim.contest, claim=claim, work=claim.work, contest_name=claim.said_of,
        level=claim.level, prize_code=claim.prize_code, prize_name=claim.prize_name, prize_order=order,
        role=claim.role, author_order=claim.author_order, won_on=claim.won_on,
    )  # fmt: skip
    return claim


@transaction.atomic
def refuse_claim(*, claim: Claim, reason: str, by: User, at: datetime) -> Claim:
    """It does not count, or no more. The school reads why.

    raises   Refused "claim-without-reason"; "award-loses-results" where a fixed award rests on it
    """
    claim = locked_claim(claim, by, at)
    if not reason.strip():
        raise Refused(Denial("claim-without-reason"))
    move(claim, ClaimState.REFUSED, by=by, at=at, decided_at=at, decided_by=by, reason=reason.strip())
    if Achievement.objects.filter(claim=claim).delete()[0]:
        refuse_fallen({claim.person_id})
    return claim


@transaction.atomic
def drop_claim(*, claim: Claim, by: User, at: datetime) -> None:
    """It was said of somebody else by a slip: nobody was told of it, and it goes whole. The document belongs to whoever
    dropped it.

    raises   Refused "award-loses-results" where a fixed award rests on it
    """
    claim = locked_claim(claim, by, at)
    events.record(claim.contest, "claim.dropped", claim, by=by, at=at, body={"from": str(claim.state)})
    fell = Achievement.objects.filter(claim=claim).delete()[0]
    claim.delete()
    if fell:
        refuse_fallen({claim.person_id})


def locked_claim(claim: Claim, by: User, at: datetime) -> Claim:
    locked_contest(claim.contest_id)
    found = Claim.objects.select_related("contest", "person").get(pk=claim.pk)
    if denial := why_not_check_claim(by, found, at=at):
        raise Refused(denial)
    return found

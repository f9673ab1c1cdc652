"""A nomination on its way in (申报): begun by a school, tried while it is typed, a nominee once it is handed in.

It is an entry like others: the services of entries save it, hand it in, recommend and check it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.core.eligibility import Asked, lacks_of
from awards.models import Achievement, AwardTerms, Claim, Nomination
from awards.presets import kind_of
from awards.services.eligibility import Tried, applied_on, check_eligibility, condition_of, has_votes, verdict_of
from awards.services.nominating import achievements_by_subject, nominations_that_stand, person_kind
from awards.states import ClaimState, NomineeKind
from competition import events
from competition.core.entering import PersonDraft
from competition.core.grades import stage_of
from competition.drafts import draft_of
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Person, School, Track, User
from competition.services.entering import save_draft, start_entry
from competition.states import EntryState

NOBODY = PersonDraft()


@transaction.atomic
def begin_nomination(
    *, contest: Contest, school: School, track: Track, by: User, at: datetime, name: str = "", code: str = ""
) -> Entry:
    """A draft that names the nominee: somebody of this school, or the school itself.

    raises   Refused "nominated-already", "entries-not-open" and its kin
    """
    entry = start_entry(contest=contest, school=school, track=track, by=by, at=at)
    entry = save_draft(entry=entry, changes=naming(track, school, name, code), by=by, at=at)
    refuse_nominated(entry, subject_of(entry))
    return entry


def naming(track: Track, school: School, name: str, code: str) -> dict[str, Any]:
    """The nominee in the words of a draft."""
    if kind_of(track) == NomineeKind.SCHOOL:
        return {"title": school.name}
    person = [{"name": name, "code": code}] if name else []
    return {"authors" if kind_of(track) == NomineeKind.STUDENT else "tutors": person}


def nominee_typed(entry: Entry) -> PersonDraft:
    """What the entry says of its nominee; blank of a school."""
    draft = draft_of(entry)
    people = draft.authors if kind_of(entry.track) == NomineeKind.STUDENT else draft.tutors
    return people[0] if people else NOBODY


def subject_of(entry: Entry) -> Person | School | None:
    """Whom the entry names, where we know them."""
    if kind_of(entry.track) == NomineeKind.SCHOOL:
        return entry.school
    said = nominee_typed(entry)
    named = Person.objects.filter(kind=person_kind(entry.track), name=said.name, school=entry.school, code=said.code)
    return named.first() if said.name else None


def refuse_nominated(entry: Entry, subject: Person | School | None) -> None:
    """raises   Refused "nominated-already" """
    if subject is None:
        return
    others = nominations_that_stand(entry.contest, entry.track).exclude(entry=entry)
    if others.filter(**{"school" if isinstance(subject, School) else "person": subject}).exists():
        raise Refused(Denial("nominated-already", {"contest": entry.contest, "track": entry.track.label}))


def tried_as_typed(entry: Entry) -> Tried:
    """The nominee before the rules as the entry stands, be it a draft; reads only."""
    contest, day, said = entry.contest, applied_on(entry.contest), nominee_typed(entry)
    rules = [one for one in contest.alternatives.all() if one.track_id in (None, entry.track_id)]
    terms = AwardTerms.objects.filter(track=entry.track_id).first()
    asked = Asked(tuple(terms.stages), terms.born_since) if terms else Asked()
    lacks = lacks_of(asked, stage=stage_of(said.grade) or said.stage, born_on=said.born_on)
    subject = subject_of(entry)
    won = won_so_far(contest, subject)
    nomination = Nomination.objects.filter(entry=entry).first() or nomination_of(entry, subject)
    return Tried(nomination, won, verdict_of([condition_of(one, day) for one in rules], won, lacks))


def won_so_far(contest: Contest, subject: Person | School | None) -> list[Achievement]:
    return achievements_by_subject([subject], contest).get(subject.pk, []) if subject else []


def nomination_of(entry: Entry, subject: Person | School | None) -> Nomination:
    """Not saved."""
    return Nomination(
        entry=entry,
        person=subject if isinstance(subject, Person) else None,
        school=subject if isinstance(subject, School) else None,
    )


def claims_of(contest: Contest, subject: Person | School | None) -> Sequence[Claim]:
    """What is said of a person and counts only once the office has confirmed it."""
    if not isinstance(subject, Person):
        return ()
    return list(contest.claims.filter(person=subject).exclude(state=ClaimState.CONFIRMED))


def become_nominee(entry: Entry, *, by: User, at: datetime) -> None:
    """Handed in to an award, its person or school is nominated.

    raises   Refused "nominated-already", "nomination-after-votes"
    """
    if not entry.contest.is_award:
        return
    refuse_after_votes(entry, by=by, at=at)
    subject = subject_of(entry)
    refuse_nominated(entry, subject)
    wanted = nomination_of(entry, subject)
    values = {"person": wanted.person, "school": wanted.school}
    _made, is_new = Nomination.objects.update_or_create(entry=entry, defaults=values)
    if is_new:
        body = {"number": entry.number, "track": entry.track.code}
        events.record(entry.contest, "nominee.nominated", entry, by=by, at=at, body=body)


def achievements_told(entry: Entry) -> dict[str, Any]:
    """Written down with what is handed in, so that the paper says what was signed."""
    if not entry.contest.is_award:
        return {}
    subject = subject_of(entry)
    waiting = [one for one in claims_of(entry.contest, subject) if one.state == ClaimState.TO_CHECK]
    lines = [line_of(one, one.contest_name, is_seen=True) for one in won_so_far(entry.contest, subject)]
    lines += [line_of(one, one.said_of, is_seen=False) for one in waiting]
    return {"nominee": kind_of(entry.track), "achievements": lines}


def line_of(one: Achievement | Claim, contest: str, *, is_seen: bool) -> dict[str, Any]:
    return {
        "contest": contest, "level": one.level, "prize": one.prize_name, "work": one.work,
        "won_on": one.won_on.isoformat(), "is_seen": is_seen,
    }  # fmt: skip


def refuse_after_votes(entry: Entry, *, by: User, at: datetime) -> None:
    """Once members vote nobody comes, goes or becomes somebody else under a number that they have voted on; who is out
    is out by the office's word, with minutes.

    raises   Refused "nomination-after-votes"
    """
    if entry.contest.is_award and has_votes(entry.contest):
        raise Refused(Denial("nomination-after-votes", {"contest": entry.contest}))


def follow_check(entry: Entry, *, by: User, at: datetime) -> None:
    """What the office decides in its check is its word on the nomination; then the rules are tried.

    raises   Refused "nomination-after-votes"
    """
    refuse_after_votes(entry, by=by, at=at)
    nomination = Nomination.objects.filter(entry=entry).first()
    if nomination is None or entry.state not in (EntryState.PASSED, EntryState.NOT_PASSED):
        return
    is_admitted = entry.state == EntryState.PASSED
    if nomination.is_admitted != is_admitted:
        nomination.is_admitted, nomination.why, nomination.minutes = is_admitted, "", ""
        nomination.said_at = nomination.said_by = None
        nomination.save(update_fields=["is_admitted", "why", "minutes", "said_at", "said_by"])
    if is_admitted:
        check_eligibility(contest=entry.contest, by=by, at=at)

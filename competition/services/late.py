"""上报信息: what is asked late and of which entries, and its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from competition import events, parts
from competition.access import why_not_send_up
from competition.access_to_late import late_terms_of, why_not_chosen, why_not_erase_late, why_not_over
from competition.core.canon import digest
from competition.core.late_fields import OF_AUTHORS, OF_TUTORS
from competition.errors import Denial, Refused
from competition.late import chosen, people_of
from competition.models import Contest, Entry, LateAnswer, LateChoice, LateConsent, LateTerms, User
from competition.services.locks import locked_contest
from competition.states import EntryState

LONGEST_KEPT = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """As of `LateTerms`."""

    author_fields: Sequence[str]
    tutor_fields: Sequence[str]
    purpose: str
    due_on: date
    erase_on: date

    @property
    def content(self) -> list[object]:
        days = [self.due_on.isoformat(), self.erase_on.isoformat()]
        return [[*self.author_fields], [*self.tutor_fields], self.purpose, *days]


@transaction.atomic
def save_late_terms(*, contest: Contest, asked: Asked, by: User, at: datetime) -> LateTerms:
    """Once somebody has agreed to them they are only made narrower: fewer fields, and erased sooner.

    raises   Refused "late-nothing-asked", "late-purpose-missing", "late-days-wrong", "late-agreed"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_send_up(by, contest, at=at):
        raise Refused(denial)
    terms = late_terms_of(contest) or LateTerms(contest=contest)
    refuse_terms(asked, today=terms.today(at))
    if terms.is_dated() and terms.is_over(at):  # nothing of it comes back to light by a later day
        erase_all(terms, by=by, at=at)
    refuse_wider(terms, asked)
    if terms.is_dated() and content_of(terms) == asked.content:
        return terms
    terms.author_fields, terms.tutor_fields = list(asked.author_fields), list(asked.tutor_fields)
    terms.purpose, terms.due_on, terms.erase_on, terms.erased_at = asked.purpose, asked.due_on, asked.erase_on, None
    terms.save()
    lost = erase_unasked(terms)
    body = {"fields": len(asked.author_fields) + len(asked.tutor_fields), "erased": lost,
            "until": asked.due_on.isoformat(), "erase_on": asked.erase_on.isoformat(),
            "content": digest(asked.content)}  # fmt: skip
    events.record(contest, "late-terms.saved", contest, by=by, at=at, body=body)
    return terms


def content_of(terms: LateTerms) -> list[object]:
    days = [day.isoformat() if day else "" for day in (terms.due_on, terms.erase_on)]
    return [terms.author_fields, terms.tutor_fields, terms.purpose, *days]


def refuse_terms(asked: Asked, *, today: date) -> None:
    known = set(asked.author_fields) <= set(OF_AUTHORS) and set(asked.tutor_fields) <= set(OF_TUTORS)
    if not known or not (asked.author_fields or asked.tutor_fields):
        raise Refused(Denial("late-nothing-asked"))
    if not asked.purpose.strip():
        raise Refused(Denial("late-purpose-missing"))
    if not today < asked.erase_on or not asked.due_on < asked.erase_on <= asked.due_on + LONGEST_KEPT:
        raise Refused(Denial("late-days-wrong", {"days": LONGEST_KEPT.days}))


def refuse_wider(terms: LateTerms, asked: Asked) -> None:
    """Nobody agreed to more than was said then."""
    if terms.erase_on is None or not LateConsent.objects.filter(choice__entry__contest=terms.contest).exists():
        return
    is_wider = (
        not set(asked.author_fields) <= set(terms.author_fields)
        or not set(asked.tutor_fields) <= set(terms.tutor_fields)
        or asked.erase_on > terms.erase_on
        or asked.purpose != terms.purpose
    )
    if is_wider:
        raise Refused(Denial("late-agreed"))


def erase_unasked(terms: LateTerms) -> int:
    """What is asked of nobody any more goes at once."""
    asked = {answer.pk for one in chosen(terms.contest) for person in people_of(one, terms)
             for answer in person.answers.values()}  # fmt: skip
    there = LateAnswer.objects.filter(consent__choice__entry__contest=terms.contest).values_list("pk", flat=True)
    return LateAnswer.objects.filter(pk__in=list(set(there) - asked)).delete()[0]


@transaction.atomic
def choose_late(*, contest: Contest, entries: Iterable[Entry], by: User, at: datetime) -> int:
    """These go up: their schools are asked from now on. How many are new; all of them, or none.

    raises   Refused "late-not-asked", "late-over", "late-not-passed"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_send_up(by, contest, at=at) or why_not_over(contest, late_terms_of(contest), at=at):
        raise Refused(denial)
    known = set(LateChoice.objects.filter(entry__contest=contest).values_list("entry", flat=True))
    rows = contest.entries.filter(pk__in=[one.pk for one in entries]).order_by("order")
    fresh = [one for one in rows if one.pk not in known]
    for one in fresh:
        if one.state != EntryState.PASSED:
            raise Refused(Denial("late-not-passed", {"entry": one, "state": one.state_label}))
    if fresh:
        LateChoice.objects.bulk_create(LateChoice(entry=one, at=at, by=by) for one in fresh)
        body = {"entries": len(fresh), "content": digest([one.key for one in fresh])}
        events.record(contest, "late.chosen", contest, by=by, at=at, body=body)
    return len(fresh)


@transaction.atomic
def drop_late_choice(*, entry: Entry, by: User, at: datetime) -> int:
    """It does not go up: nothing is asked of its people, and what they answered is erased. How much that was."""
    locked_contest(entry.contest_id)
    entry = Entry.objects.select_related("contest").get(pk=entry.pk)
    if denial := why_not_send_up(by, entry.contest, at=at) or why_not_chosen(entry):
        raise Refused(denial)
    answers = LateAnswer.objects.filter(consent__choice__entry=entry).count()
    LateChoice.objects.filter(entry=entry).delete()
    events.record(entry.contest, "late.dropped", entry, by=by, at=at, body={"answers": answers})
    return answers


@transaction.atomic
def erase_late(*, contest: Contest, by: User | None, at: datetime) -> int:
    """All of a contest: values, consents and which entries it was. How many values that were."""
    contest = locked_contest(contest.pk)
    if denial := why_not_erase_late(by, contest, at=at):
        raise Refused(denial)
    return erase_all(LateTerms.objects.select_related("contest").get(contest=contest), by=by, at=at)


def erase_all(terms: LateTerms, *, by: User | None, at: datetime) -> int:
    contest = terms.contest
    answers = LateAnswer.objects.filter(consent__choice__entry__contest=contest).delete()[0]
    consents = LateConsent.objects.filter(choice__entry__contest=contest).delete()[0]
    entries = LateChoice.objects.filter(entry__contest=contest).delete()[0]
    terms.erased_at = at
    terms.save(update_fields=["erased_at"])
    body = {"entries": entries, "people": consents, "answers": answers}
    events.record(contest, "late.erased", contest, by=by, at=at, body=body)
    return answers


def erase_due_late(*, at: datetime) -> int:
    """All whose day has come, each by itself; of how many contests. For the command that runs every night."""
    tomorrow = at.date() + timedelta(days=1)  # somewhere it is already
    dated = LateTerms.objects.filter(erased_at=None, erase_on__lte=tomorrow).select_related("contest")
    due = [one.contest for one in dated.order_by("pk") if one.is_over(at)]
    return parts.each_erased(due, lambda contest: erase_late(contest=contest, by=None, at=at))

"""自荐: whether an award takes people who nominate themselves, until when; and the end of what they sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from awards.access_to_self import self_terms_of, why_not_erase_selves
from awards.models import SelfNomination, SelfPaper, SelfTerms
from awards.models.self_nomination import DAYS_KEPT, LONGEST_KEPT
from awards.presets import kind_of
from awards.services.nominators import ask_the_usual
from awards.states import NomineeKind, SelfState
from competition import events, parts
from competition.access import why_not_set_up
from competition.errors import Denial, Refused
from competition.models import Contest, StoredFile, User
from competition.services.locks import locked_contest
from competition.services.papers import drop_unused
from competition.states import EntryState

LATEST = timedelta(days=366)


@dataclass(frozen=True)
class SelfAsked:
    """As of `SelfTerms`. `until` None: it is on, and nobody is taken before a last day is said."""

    is_on: bool
    until: date | None = None
    days: int = DAYS_KEPT


def set_self_terms(contest: Contest, asked: SelfAsked, *, by: User, at: datetime) -> None:
    """Part of the rules: their version and its event are the caller's. Once somebody has begun nothing is kept for
    more days than that person read.

    raises   Refused "self-day-wrong", "self-days-wrong", "self-days-longer", "self-days-past",
             "self-day-missing", "self-nobody"
    """
    terms = self_terms_of(contest)
    if terms is None and not asked.is_on:
        return
    terms = terms or SelfTerms(contest=contest, until=None)
    until = asked.until or terms.until if not asked.is_on else asked.until
    if (terms.is_on, terms.until, terms.days) == (asked.is_on, until, asked.days) and terms.pk:
        return
    refuse_self_terms(terms, asked, today=terms.today(at))
    if terms.pk and terms.until != until and terms.is_over(at) and terms.erased_at is None:
        erase_selves(contest=contest, by=by, at=at)  # nothing of it comes back to light by a later day
    if until != terms.until:
        terms.erased_at = None
    terms.is_on, terms.until, terms.days = asked.is_on, until, asked.days
    terms.save()
    if asked.is_on and why_not_set_up(by, contest, at=at) is None:
        ask_the_usual(contest, by=by, at=at)


def refuse_self_terms(terms: SelfTerms, asked: SelfAsked, *, today: date) -> None:
    if not 1 <= asked.days <= LONGEST_KEPT:
        raise Refused(Denial("self-days-wrong", {"days": LONGEST_KEPT}))
    is_used = bool(terms.pk) and SelfNomination.objects.filter(contest=terms.contest).exclude(digest="").exists()
    if is_used and asked.days > terms.days:
        raise Refused(Denial("self-days-longer", {"days": terms.days}))
    until = asked.until or terms.until
    if is_used and not terms.is_over_on(today) and until and until + timedelta(days=asked.days) <= today:
        raise Refused(Denial("self-days-past"))
    if asked.until and asked.until != terms.until and not today <= asked.until <= today + LATEST:
        raise Refused(Denial("self-day-wrong"))  # switched off, too: the day of erasure hangs on it
    if not asked.is_on:
        return
    if is_used and asked.until is None:
        raise Refused(Denial("self-day-missing"))
    if all(kind_of(track) == NomineeKind.SCHOOL for track in terms.contest.tracks.all()):
        raise Refused(Denial("self-nobody"))


def self_terms_said(contest: Contest) -> dict[str, Any] | None:
    """In the rules of the award; None where it never took any."""
    terms = self_terms_of(contest)
    if terms is None:
        return None
    return {"on": terms.is_on, "until": terms.until.isoformat() if terms.until else None, "days": terms.days}


def copy_self_terms(was: Contest, made: Contest) -> None:
    """Switched on as before; the last day is another one and is asked for anew."""
    terms = self_terms_of(was)
    if terms is not None and terms.is_on:
        SelfTerms.objects.create(contest=made, until=None, days=terms.days)


@transaction.atomic
def erase_selves(*, contest: Contest, by: User | None, at: datetime) -> int:
    """What was not taken up goes, drafts too; of those taken up what was typed goes, and the way back to it. Their
    documents stay with the nominee, unless the nomination was taken back. How many there were."""
    contest = locked_contest(contest.pk)
    if denial := why_not_erase_selves(by, contest, at=at):
        raise Refused(denial)
    gone = SelfNomination.objects.filter(contest=contest).exclude(state=SelfState.TAKEN)
    back = Q(nomination__contest=contest, nomination__entry__state=EntryState.WITHDRAWN)
    leaving = SelfPaper.objects.filter(Q(nomination__in=gone) | back)
    papers = list(leaving.select_related("file"))
    number = gone.count()
    leaving.delete()
    gone.delete()
    drop_files(papers)
    kept = SelfNomination.objects.filter(contest=contest).update(sealed="", digest="", answer="")
    SelfTerms.objects.filter(contest=contest).update(erased_at=at)
    body = {"erased": number, "documents": len(papers), "taken": kept}
    events.record(contest, "self-nominations.erased", contest, by=by, at=at, body=body)
    return number


def drop_files(papers: Iterable[SelfPaper]) -> None:
    """Their bytes, where nothing else refers to them; after the rows are gone."""
    for file in {one.file_id: one.file for one in papers}.values():
        drop_unused(StoredFile.objects.get(pk=file.pk))


def erase_due_selves(*, at: datetime) -> int:
    """All whose day has come, each award by itself; of how many awards. For the command that runs every night."""
    waiting = SelfTerms.objects.filter(erased_at=None, until__isnull=False).select_related("contest")
    due = [one.contest for one in waiting.order_by("pk") if one.is_over(at)]
    return parts.each_erased(due, lambda contest: erase_selves(contest=contest, by=None, at=at))

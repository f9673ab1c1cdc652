"""The rules of self-nominations (自荐): whoever has number and secret comes back to the own one, the award's office
reads what was sent, nobody else learns of any."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from awards.access import EARLY, why_not_nominate, why_not_see_rules
from awards.models import SelfNomination, SelfTerms
from awards.states import SelfState
from competition.access import HIDDEN
from competition.errors import Denial
from competition.models import Contest, User

EDITED = (SelfState.DRAFT, SelfState.RETURNED)


def self_terms_of(contest: Contest) -> SelfTerms | None:
    terms = SelfTerms.objects.filter(contest=contest).first()
    if terms is not None:
        terms.contest = contest
    return terms


def why_not_come(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The public pages: there since a last day was said, also after it, so that people can read how it went."""
    terms = self_terms_of(contest)
    return HIDDEN if terms is None or terms.until is None or not contest.is_award else None


def why_not_self_over(contest: Contest, terms: SelfTerms | None, *, at: datetime) -> Denial | None:
    """From the day of erasure on nobody reads anything, whether it is erased yet or not."""
    if terms is None or terms.until is None:
        return Denial("self-not-open", {"contest": contest.label})
    if terms.is_over(at):
        day = date_format(terms.erase_on, "DATE_FORMAT") if terms.erase_on else "—"
        return Denial("self-over", {"contest": contest.label, "day": day})
    return None


def why_not_self_nominate(contest: Contest, terms: SelfTerms | None, *, at: datetime) -> Denial | None:
    """Begin one, or send it for the first time: until the last day, while the award takes nominees."""
    if denial := why_not_self_over(contest, terms, at=at):
        return denial
    is_taking = contest.state in EARLY and not contest.ballots.exists()
    if terms is None or terms.until is None or not terms.is_on or not is_taking or terms.today(at) > terms.until:
        return Denial("self-not-open", {"contest": contest.label})
    return None


def why_not_edit_self(nomination: SelfNomination, terms: SelfTerms | None, *, at: datetime) -> Denial | None:
    """A draft while the award takes them; what the office returned until the day of erasure."""
    if denial := why_not_self_over(nomination.contest, terms, at=at):
        return denial
    if nomination.state == SelfState.RETURNED:
        return None
    if nomination.state != SelfState.DRAFT:
        return Denial("self-sent", {"number": nomination.number})
    return why_not_self_nominate(nomination.contest, terms, at=at)


def why_not_see_selves(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The office of an award that takes them, or took them."""
    if denial := why_not_see_rules(user, contest, at=at):
        return denial
    return None if SelfTerms.objects.filter(contest=contest).exists() else HIDDEN


def why_not_see_self(user: Any, nomination: SelfNomination, *, at: datetime) -> Denial | None:
    """Once it is sent, and before the day of erasure; the papers of who was taken up stay with the nominee."""
    if denial := why_not_see_selves(user, nomination.contest, at=at):
        return denial
    if nomination.state == SelfState.DRAFT:
        return HIDDEN
    if nomination.state == SelfState.TAKEN:
        return None
    return why_not_self_over(nomination.contest, self_terms_of(nomination.contest), at=at)


def why_not_decide_self(user: Any, nomination: SelfNomination, *, at: datetime) -> Denial | None:
    """Return or decline; whoever is taken up is nominated, and that has a rule of its own."""
    return why_not_see_self(user, nomination, at=at)


def why_not_take_up_self(user: Any, nomination: SelfNomination, *, at: datetime) -> Denial | None:
    return why_not_see_self(user, nomination, at=at) or why_not_nominate(user, nomination.contest, at=at)


def why_not_put_back_self(user: Any, nomination: SelfNomination, *, at: datetime) -> Denial | None:
    """Undo a taking up: while nominees may be taken back, and what was typed is there and may be read. What was erased
    does not come back with another last day."""
    if denial := why_not_take_up_self(user, nomination, at=at):
        return denial
    if denial := why_not_self_over(nomination.contest, self_terms_of(nomination.contest), at=at):
        return denial
    is_erased = nomination.state == SelfState.TAKEN and not nomination.sealed
    return Denial("self-erased", {"number": nomination.number}) if is_erased else None


def why_not_erase_selves(by: User | None, contest: Contest, *, at: datetime) -> Denial | None:
    """A command, once the day has come."""
    terms = self_terms_of(contest)
    if terms is None or terms.erased_at is not None or terms.erase_on is None:
        return Denial("self-not-open", {"contest": contest.label})
    return None if terms.is_over(at) else Denial("self-not-due", {"contest": contest.label})

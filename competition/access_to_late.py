"""The rules of what is asked late: its office sets it and reads it, the school of a chosen entry answers, nobody else
learns of it."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from competition.access import why_not_see_form, why_not_send_up
from competition.errors import Denial
from competition.models import Contest, Entry, LateTerms, User
from competition.states import EntryState


def late_terms_of(contest: Contest) -> LateTerms | None:
    terms = LateTerms.objects.filter(contest=contest).first()
    if terms is not None:
        terms.contest = contest
    return terms


def why_not_over(contest: Contest, terms: LateTerms | None, *, at: datetime) -> Denial | None:
    """Nothing is asked yet, or its day has come: from then on nobody reads it, whether it is erased yet or not."""
    if terms is None or (terms.erased_at is None and terms.erase_on is None):
        return Denial("late-not-asked", {"contest": contest.label})
    if terms.is_over(at):
        day = date_format(terms.erase_on, "DATE_FORMAT") if terms.erase_on else "—"
        return Denial("late-over", {"contest": contest.label, "day": day})
    return None


def why_not_read_late(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """In full, and taken along: its office alone, before the day."""
    return why_not_send_up(user, contest, at=at) or why_not_over(contest, late_terms_of(contest), at=at)


def why_not_read_late_of(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    return why_not_read_late(user, entry.contest, at=at) or why_not_chosen(entry)


def why_not_chosen(entry: Entry) -> Denial | None:
    return None if hasattr(entry, "late_choice") else Denial("late-not-chosen", {"entry": entry})


def why_not_see_late(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """The page of a chosen entry, with masked values: whoever may fill it in."""
    if denial := why_not_see_form(user, entry, at=at):
        return denial
    return why_not_chosen(entry) or why_not_over(entry.contest, late_terms_of(entry.contest), at=at)


def why_not_answer_late(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """Until the last day, while it goes up."""
    if denial := why_not_see_late(user, entry, at=at):
        return denial
    if entry.state != EntryState.PASSED:
        return Denial("late-not-passed", {"entry": entry, "state": entry.state_label})
    terms = late_terms_of(entry.contest)
    if terms and terms.due_on and terms.is_late(at):
        return Denial("late-closed", {"day": date_format(terms.due_on, "DATE_FORMAT")})
    return None


def why_not_withdraw_late(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """A consent is taken back at any time, also after the last day."""
    return why_not_see_form(user, entry, at=at) or why_not_chosen(entry)


def why_not_erase_late(by: User | None, contest: Contest, *, at: datetime) -> Denial | None:
    """The office at any time; a command only once the day has come."""
    terms = late_terms_of(contest)
    if by is not None and (denial := why_not_send_up(by, contest, at=at)):
        return denial
    if terms is None or terms.erase_on is None or terms.erased_at is not None:
        return Denial("late-not-asked", {"contest": contest.label})
    return None if by is not None or terms.is_over(at) else Denial("late-not-due", {"contest": contest.label})

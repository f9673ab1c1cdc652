"""The entries that this office sends to a higher contest, kept as that contest's entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from awards.models import Delegation
from awards.services.achievements import save_delegation
from competition.access import why_not_organise
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.models import Contest, Entry, User
from competition.services.accounts import give_role
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.services.locks import locked_contest
from competition.states import ContestKind, RoleKind


@dataclass(frozen=True)
class Sent:
    """To which contest, and the numbers of the entries here."""

    series: str
    name: str
    level: str
    held_on: date
    numbers: Sequence[str]
    name_en: str = ""


@transaction.atomic
def send_delegation(*, sender: Contest, sent: Sent, by: User, at: datetime) -> Delegation:
    """Make the higher contest with copies of these entries. Their numbers stay until the published list says others.

    raises   Refused "sent-unknown", "sent-before"
    """
    sender = locked_contest(sender.pk)
    if denial := why_not_send(by, sender, at=at):
        raise Refused(denial)
    if Contest.objects.filter(series__label_zh=sent.series, year=sent.held_on.year, ordinal=None).exists():
        raise Refused(Denial("sent-before", {"name": sent.series, "year": sent.held_on.year}))
    entries = entries_sent(sender, sent.numbers)
    contest = save_contest(
        details=details_of(sender, sent), mint=Mint(installation_key()), has_verification=False, by=by, at=at,
        belongs_to=sender,
    )  # fmt: skip
    named = [TrackDetails(one, is_by_minutes=True) for one in dict.fromkeys(one.track.label_zh for one in entries)]
    tracks = save_tracks(contest=contest, tracks=named, by=by, at=at)
    copies = [
        EntryDetails(
            number=one.number, title=one.title, title_en=one.title_en, track=tracks[one.track.label_zh],
            school=one.school, group_name=one.group_name,
            authors=tuple(link.person for link in one.authors.all()),
            tutors=tuple(link.person for link in one.tutors.all()),
        )
        for one in entries
    ]  # fmt: skip
    save_entries(contest=contest, entries=copies, by=by, at=at)
    if why_not_organise(by, contest, at=at):
        give_role(user=by, kind=RoleKind.ORGANISER, contest=contest, by=by, at=at)
    return save_delegation(sender=sender, contest=contest, by=by, at=at)


def why_not_send(user: User, contest: Contest, *, at: datetime) -> Denial | None:
    """A contest of our own; neither an award nor what was sent already."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    is_own = contest.kind == ContestKind.CONTEST and not hasattr(contest, "delegation")
    return None if is_own else Denial("hidden", hide=True)


def entries_sent(sender: Contest, numbers: Sequence[str]) -> list[Entry]:
    rows = sender.entries.countable().filter(number__in=numbers).select_related("track", "school")
    found = {one.number: one for one in rows.prefetch_related("authors__person", "tutors__person")}
    unknown = [one for one in numbers if one not in found]
    if unknown or not found:
        raise Refused(Denial("sent-unknown", {"numbers": "、".join(unknown) or "—"}))
    return [found[one] for one in dict.fromkeys(numbers)]


def details_of(sender: Contest, sent: Sent) -> ContestDetails:
    return ContestDetails(
        name=sent.name, name_en=sent.name_en, series=sent.series, level=sent.level, year=sent.held_on.year,
        as_of=datetime.combine(sent.held_on, time(12), tzinfo=sender.tz), entries_per_student=None, zone=sender.zone,
    )  # fmt: skip

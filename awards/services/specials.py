"""专项奖: sponsors' prizes are named, given to entries under minutes, and taken back, until the list is locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.access import why_not_give_specials, why_not_name_specials
from awards.models import SpecialGrant, SpecialPrize
from awards.services.proposals import save_list
from awards.services.restating import copied
from awards.services.special_awards import is_open_to, special_lines
from awards.states import ListState
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Division, Entry, Track, User
from competition.services.agreeing import refuse_fixed
from competition.services.locks import locked_contest


@dataclass(frozen=True)
class SpecialDetails:
    """`tracks`, `divisions`: whose entries may get it, none for all."""

    label_zh: str
    sponsor: str
    number: int
    label_en: str = ""
    tracks: tuple[Track, ...] = ()
    divisions: tuple[Division, ...] = ()


@transaction.atomic
def save_special(
    *, contest: Contest, details: SpecialDetails, by: User | None, at: datetime, prize: SpecialPrize | None = None
) -> SpecialPrize:
    """A new one, or `prize` as it is to be from now on.

    raises   Refused "special-twice", "special-number", "special-over-number", "special-not-open", and why the contest
             takes none
    """
    contest = contest_for(contest, why_not_name_specials, by=by, at=at)
    others = contest.special_prizes.filter(is_in_force=True)
    others = others.exclude(pk=prize.pk) if prize else others
    if others.filter(label_zh=details.label_zh, sponsor=details.sponsor).exists():
        raise Refused(Denial("special-twice", {"prize": details.label_zh}))
    if details.number < 1:
        raise Refused(Denial("special-number", {"prize": details.label_zh}))
    prize = written(contest, details, prize)
    refuse_grants(prize)
    record(prize, "special.saved", {"number": prize.number}, by=by, at=at)
    propose_again(contest, by=by, at=at)
    return prize


@dataclass(frozen=True)
class Given:
    """A special prize of a workbook, with who has it."""

    details: SpecialDetails
    entries: tuple[Entry, ...] = ()
    minutes: str = ""


@transaction.atomic
def save_specials(*, contest: Contest, wanted: Sequence[Given], by: User | None, at: datetime) -> None:
    """Make these the special prizes in force, each found by its name and sponsor, with exactly these grants. What fits
    was checked with the workbook.

    raises   Refused "special-fixed" on the first that would change once a list is fixed by two
    """
    known = {(one.label_zh, one.sponsor): one for one in contest.special_prizes.filter(is_in_force=True)}
    for one in wanted:
        found = known.pop((one.details.label_zh, one.details.sponsor), None)
        if found is None or details_of(found) != in_order(one.details):
            refuse_fixed(contest, Denial("special-fixed", {"prize": one.details.label_zh}))
            found = written(contest, one.details, found)
            record(found, "special.saved", {"number": found.number}, by=by, at=at)
        grant_exactly(found, dict.fromkeys(one.entries, one.minutes.strip()), by=by, at=at)
    for prize in known.values():
        refuse_fixed(contest, Denial("special-fixed", {"prize": prize.label_zh}))
        grant_exactly(prize, {}, by=by, at=at)
        prize.is_in_force = False
        prize.save(update_fields=["is_in_force"])
        record(prize, "special.dropped", {}, by=by, at=at)


def details_of(prize: SpecialPrize) -> SpecialDetails:
    tracks, divisions = tuple(prize.tracks.all()), tuple(prize.divisions.all())
    return in_order(SpecialDetails(prize.label_zh, prize.sponsor, prize.number, prize.label_en, tracks, divisions))


def in_order(details: SpecialDetails) -> SpecialDetails:
    """Tracks and divisions in one order, so that two of them compare."""
    return replace(
        details,
        tracks=tuple(sorted(details.tracks, key=lambda one: one.pk)),
        divisions=tuple(sorted(details.divisions, key=lambda one: one.pk)),
    )


def grant_exactly(prize: SpecialPrize, minutes: Mapping[Entry, str], *, by: User | None, at: datetime) -> None:
    """minutes   by entry; other entries lose it"""
    for grant in prize.grants.select_related("entry"):
        if minutes.get(grant.entry) != grant.minutes:
            refuse_fixed(prize.contest, Denial("special-fixed", {"prize": prize.label_zh}))
            grant.delete()
            record(prize, "special.taken-back", {"entry": grant.entry.number}, by=by, at=at)
    has_it = set(prize.grants.values_list("entry", flat=True))
    for entry, said in minutes.items():
        if entry.pk not in has_it:
            refuse_fixed(prize.contest, Denial("special-fixed", {"prize": prize.label_zh}))
            granted(prize, entry, said, by=by, at=at)


def granted(prize: SpecialPrize, entry: Entry, minutes: str, *, by: User | None, at: datetime) -> SpecialGrant:
    made = SpecialGrant.objects.create(prize=prize, entry=entry, minutes=minutes, given_at=at, given_by=by)
    body = {"entry": entry.number, "why": prize.contest.mint.commitment(minutes)}
    record(prize, "special.given", body, by=by, at=at)
    return made


def written(contest: Contest, details: SpecialDetails, prize: SpecialPrize | None) -> SpecialPrize:
    """A new row, or `prize` with these details."""
    if prize is None:
        last = contest.special_prizes.order_by("-order").values_list("order", flat=True).first() or 0
        prize = SpecialPrize(contest=contest, order=last + 1, key=contest.mint.key("special", last + 1))
    for name in ("label_zh", "label_en", "sponsor", "number"):
        setattr(prize, name, getattr(details, name))
    prize.save()
    prize.tracks.set(details.tracks)
    prize.divisions.set(details.divisions)
    return prize


def refuse_grants(prize: SpecialPrize) -> None:
    """What was given has to fit."""
    grants = list(prize.grants.select_related("entry"))
    if len(grants) > prize.number:
        raise Refused(Denial("special-over-number", {"prize": prize.label, "number": prize.number}))
    for one in grants:
        if not is_open_to(prize, one.entry):
            raise Refused(Denial("special-not-open", {"prize": prize.label, "entry": one.entry.number}))


@transaction.atomic
def drop_special(*, prize: SpecialPrize, by: User, at: datetime) -> None:
    """It is given no more; older lists keep it.

    raises   Refused "special-given" while somebody has it
    """
    contest = contest_for(prize.contest, why_not_name_specials, by=by, at=at)
    if prize.grants.exists():
        raise Refused(Denial("special-given", {"prize": prize.label}))
    if SpecialPrize.objects.filter(pk=prize.pk, is_in_force=True).update(is_in_force=False):
        record(prize, "special.dropped", {}, by=by, at=at)
        propose_again(contest, by=by, at=at)


@transaction.atomic
def give_special(*, prize: SpecialPrize, number: str, minutes: str, by: User | None, at: datetime) -> SpecialGrant:
    """To an entry by its number; it may have a level prize besides.

    raises   Refused "special-without-minutes", "special-no-entry", "special-not-open", "special-has-it",
             "special-over-number", "special-gone", and why the contest takes none
    """
    contest = contest_for(prize.contest, why_not_give_specials, by=by, at=at)
    prize.refresh_from_db()
    if not prize.is_in_force:
        raise Refused(Denial("special-gone", {"prize": prize.label}))
    if not minutes.strip():
        raise Refused(Denial("special-without-minutes", {"prize": prize.label}))
    entry = Entry.objects.countable().filter(contest=contest, number=number.strip()).first()
    if entry is None:
        raise Refused(Denial("special-no-entry", {"entry": number.strip()}))
    if not is_open_to(prize, entry):
        raise Refused(Denial("special-not-open", {"prize": prize.label, "entry": entry.number}))
    if prize.grants.filter(entry=entry).exists():
        raise Refused(Denial("special-has-it", {"prize": prize.label, "entry": entry.number}))
    if prize.grants.count() >= prize.number:
        raise Refused(Denial("special-over-number", {"prize": prize.label, "number": prize.number}))
    made = granted(prize, entry, minutes.strip(), by=by, at=at)
    propose_again(contest, by=by, at=at)
    return made


@transaction.atomic
def take_special_back(*, grant: SpecialGrant, by: User, at: datetime) -> None:
    """As if it had not been given; the log keeps that it was."""
    prize = grant.prize
    contest = contest_for(prize.contest, why_not_give_specials, by=by, at=at)
    number = grant.entry.number
    deleted, _rows = SpecialGrant.objects.filter(pk=grant.pk).delete()
    if deleted:
        record(prize, "special.taken-back", {"entry": number}, by=by, at=at)
        propose_again(contest, by=by, at=at)


def contest_for(contest: Contest, rule: Any, *, by: User | None, at: datetime) -> Contest:
    """Locked, and asked whether somebody may; a command acts for nobody and is asked by its caller."""
    contest = locked_contest(contest.pk)
    if by is not None and (denial := rule(by, contest, at=at)):
        raise Refused(denial)
    return contest


def record(prize: SpecialPrize, action: str, body: dict[str, Any], *, by: User | None, at: datetime) -> None:
    body = {"prize": prize.label_zh, **body, "content": digest(special_lines(prize.contest))}
    events.record(prize.contest, action, prize, by=by, at=at, body=body)


def propose_again(contest: Contest, *, by: User | None, at: datetime) -> None:
    """A list that is proposed says it at once, its other prizes as they are."""
    was = contest.award_lists.standing().filter(state=ListState.DRAFT).first()
    if was is not None:
        save_list(
            contest, [copied(one) for one in was.awards.all()], plan=was.plan, run=was.run, by=by, at=at,
            tie_values=was.tie_values, moves=was.moves,
        )  # fmt: skip

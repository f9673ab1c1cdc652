"""授权号 and 上级编号 of entries: typed on the page or taken in from a list; entered anew they are replaced."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from competition import events
from competition.access import HIDDEN, why_not_number_above
from competition.core.canon import canonical
from competition.core.number_columns import LONGEST
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, NumberAbove, User
from competition.numbers_above import (
    KINDS,
    NOT_ONE_WORD,
    Numbers,
    Plan,
    higher_contests,
    numbers_plan,
    plain_number,
    seen_digest,
    standing,
)
from competition.services.locks import locked_contest


@transaction.atomic
def save_numbers_above(
    *,
    contest: Contest,
    higher: Contest | None = None,
    numbers: Mapping[str, Numbers],
    seen: str,
    by: User,
    at: datetime,
) -> int:
    """What these entries are given by the higher contest, by their keys; empty takes a number away. How many changed.

    higher   None: it is not named, as where it is not kept here
    seen     the digest of what the page showed of these entries
    raises   Refused "numbers-changed" where it stands otherwise by now; "number-above-bad", "number-above-twice"
    """
    refuse_or_lock(contest, higher, by=by, at=at)
    if seen != seen_digest(numbers, standing(contest, higher), higher):
        raise Refused(Denial("numbers-changed"))
    return write(contest, higher, numbers, by=by, at=at)


@transaction.atomic
def import_numbers_above(
    *, contest: Contest, higher: Contest | None = None, data: bytes, shown: str, by: User, at: datetime
) -> Plan:
    """A list: all of it or nothing. Entries that it does not name keep what they have.

    shown    the digest of the plan that the person looked at
    raises   Refused "numbers-changed" where the list would now do something else; "numbers-wrong" where a row is wrong
    """
    refuse_or_lock(contest, higher, by=by, at=at)
    plan = numbers_plan(data, contest, higher)
    if plan.digest != shown:
        raise Refused(Denial("numbers-changed"))
    if not plan.is_whole:
        raise Refused(Denial("numbers-wrong", {"rows": plan.count("wrong")}))
    write(contest, higher, plan.wanted, by=by, at=at)
    return plan


def refuse_or_lock(contest: Contest, higher: Contest | None, *, by: User, at: datetime) -> None:
    contest.state = locked_contest(contest.pk).state
    if denial := why_not_number_above(by, contest, at=at):
        raise Refused(denial)
    if higher is not None and not higher_contests(contest).filter(pk=higher.pk).exists():
        raise Refused(HIDDEN)


def write(contest: Contest, higher: Contest | None, numbers: Mapping[str, Numbers], *, by: User, at: datetime) -> int:
    """One event for all that changes: it holds how many, and a commitment to what they are."""
    now = standing(contest, higher)
    wanted = {key: Numbers(*(plain_number(getattr(one, kind)) for kind in KINDS)) for key, one in numbers.items()}
    changed = {key: one for key, one in wanted.items() if one != now.get(key, Numbers())}
    found = {one.key: one for one in contest.entries.countable().filter(key__in=changed)}
    if unknown := len(changed.keys() - found.keys()):
        raise Refused(Denial("numbers-of-others", {"entries": unknown}))
    if not changed:
        return 0
    refuse_bad(changed, found)
    refuse_twice(now | changed, contest)
    NumberAbove.objects.filter(contest=contest, higher=higher, entry__key__in=changed).delete()
    NumberAbove.objects.bulk_create(
        NumberAbove(
            entry=found[key],
            contest=contest,
            higher=higher,
            authorisation=one.authorisation,
            number=one.number,
            at=at,
            by=by,
        )
        for key, one in changed.items()
        if one
    )
    said = sorted([found[key].number, one.authorisation, one.number] for key, one in changed.items())
    body = {
        "entries": len(changed), "removed": sum(not one for one in changed.values()),
        "higher": higher.key if higher else "",
        "content": contest.mint.commitment("numbers-above", canonical(said)),
    }  # fmt: skip
    about = next(iter(found.values())) if len(found) == 1 else contest
    events.record(contest, "numbers-above.saved", about, by=by, at=at, body=body)
    return len(changed)


def refuse_bad(changed: Mapping[str, Numbers], found: Mapping[str, Entry]) -> None:
    for key, one in changed.items():
        for kind in KINDS:
            text = getattr(one, kind)
            if NOT_ONE_WORD.search(text) or len(text) > LONGEST:
                raise Refused(Denial("number-above-bad", {"number": text, "entry": found[key].number}))


def refuse_twice(after: Mapping[str, Numbers], contest: Contest) -> None:
    """No two entries have one number. The database says so too."""
    for kind in KINDS:
        counted = Counter(getattr(one, kind) for one in after.values() if getattr(one, kind))
        for text, times in counted.items():
            if times > 1:
                keys = [key for key, one in after.items() if getattr(one, kind) == text]
                names = contest.entries.filter(key__in=keys).order_by("order").values_list("number", flat=True)
                raise Refused(Denial("number-above-twice", {"number": text, "entries": "、".join(names)}))

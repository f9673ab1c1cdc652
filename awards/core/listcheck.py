"""What must be true before a list of awards is fixed. Plain facts in, findings out; no finding, no doubt."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """Something that stands in the way. `code` finds the sentence; `entry` is a number, "" for the whole list."""

    code: str
    entry: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ListedAward:
    """One line of the list. `by`: "plan", "minutes" or "committee"; `said`: title and names as it states them."""

    entry: str
    code: str
    by: str
    place: int | None = None
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryFacts:
    """An entry as the judging left it. `needs_marks` is False where its track is decided by minutes, where it was
    absent, and where a list rests on no marks at all.

    is_measured      its missing sheets are attempts that are not confirmed
    is_without_result  all its attempts are confirmed and none has a result: nothing more is to come
    """

    is_countable: bool
    needs_marks: bool
    has_score: bool
    missing_sheets: int = 0
    is_measured: bool = False
    is_without_result: bool = False


@dataclass(frozen=True)
class HeldFacts:
    """Entries tied across a cut, the places they share by level code, and what the committee decided of each."""

    entries: tuple[str, ...]
    seats: Mapping[str, int]
    decided: Mapping[str, str]


@dataclass(frozen=True)
class GroupFacts:
    """`allowed` prizes by level code, extended ties included; `given` as they stand on the list. `most`: of all levels
    together, None where nobody asks."""

    name: str
    allowed: Mapping[str, int]
    given: Mapping[str, int]
    held: tuple[HeldFacts, ...] = ()
    most: int | None = None


@dataclass(frozen=True)
class CertificateFacts:
    number: str
    printed: tuple[str, ...]
    listed: tuple[str, ...]


@dataclass(frozen=True)
class SpecialFacts:
    """A special prize as the list has it. `wrong`: entries that do not count, or that it is not open to; `is_same`: as
    people gave it."""

    prize: str
    number: int
    given: int
    wrong: tuple[str, ...]
    is_same: bool


@dataclass(frozen=True)
class ListFacts:
    """Everything that the check looks at.

    due               the awards that plan, minutes and decisions give now, worked out afresh
    stale_standings   entries whose stored standing is not what their marks give now
    stale_titles      titles whose recipients on the list are not those that their rule gives now
    outside_plan      entries that are marked and belong to no group of the plan
    is_plan_newer     the plan in force is not the one that the list rests on
    lapsed_moves      numbers of the committee's moves that were carried on another state of things
    open_moves        numbers of those whose vote nobody has typed in
    without_minutes   tracks that are decided by minutes, have entries, and nobody has said a prize or named minutes
    """

    awards: Sequence[ListedAward]
    due: Sequence[ListedAward]
    entries: Mapping[str, EntryFacts]
    groups: Sequence[GroupFacts] = ()
    conflicted_sheets: Sequence[tuple[str, str]] = ()
    begun_sheets: Sequence[tuple[str, str]] = ()
    open_reviews: Sequence[tuple[str, str]] = ()
    undue_decisions: Sequence[str] = ()
    certificates: Sequence[CertificateFacts] = ()
    stale_standings: Sequence[str] = ()
    stale_titles: Sequence[str] = ()
    outside_plan: Sequence[str] = ()
    is_plan_newer: bool = False
    lapsed_moves: Sequence[int] = ()
    open_moves: Sequence[int] = ()
    specials: Sequence[SpecialFacts] = ()
    without_minutes: Sequence[str] = ()


def list_findings(facts: ListFacts) -> list[Finding]:
    """All findings, in a stable order.

    source   docs/rulebook.md "The list check"
    """
    return [
        *([Finding("plan-changed")] if facts.is_plan_newer else []),
        *(Finding("not-in-plan", entry) for entry in facts.outside_plan),
        *(Finding("minutes-missing", "", {"track": track}) for track in facts.without_minutes),
        *unjudged(facts),
        *wrong_winners(facts),
        *undecided_ties(facts),
        *exceeded_plans(facts),
        *wrong_awards(facts),
        *(Finding("standing-differs", entry) for entry in facts.stale_standings),
        *(Finding("recognition-differs", "", {"title": title}) for title in facts.stale_titles),
        *(Finding("judge-conflicted", entry, {"judge": judge}) for entry, judge in sorted(facts.conflicted_sheets)),
        *(Finding("sheet-begun", entry, {"judge": judge}) for entry, judge in sorted(facts.begun_sheets)),
        *unfinished_reviews(facts),
        *(Finding("decision-without-tie", entry) for entry in sorted(facts.undue_decisions)),
        *(Finding("move-lapsed", "", {"number": number}) for number in facts.lapsed_moves),
        *(Finding("move-open", "", {"number": number}) for number in facts.open_moves),
        *wrong_specials(facts),
        *wrong_names(facts),
    ]


def unjudged(facts: ListFacts) -> Iterator[Finding]:
    listed = {award.entry for award in facts.awards}
    for number, entry in facts.entries.items():
        if not entry.is_countable or not entry.needs_marks:
            continue
        if entry.missing_sheets:
            code = "attempts-missing" if entry.is_measured else "sheets-missing"
            yield Finding(code, number, {"missing": entry.missing_sheets})
        elif not entry.has_score and number not in listed and not entry.is_without_result:
            yield Finding("not-judged", number)


def unfinished_reviews(facts: ListFacts) -> Iterator[Finding]:
    """Further reviews that are not handed in, of entries that have as many sheets as their rounds ask."""
    for number, judge in sorted({*facts.open_reviews} - {*facts.begun_sheets}):
        entry = facts.entries.get(number)
        if entry is not None and entry.has_score and not entry.missing_sheets:
            yield Finding("review-open", number, {"judge": judge})


def wrong_winners(facts: ListFacts) -> Iterator[Finding]:
    for number, times in Counter(award.entry for award in facts.awards).items():
        if times > 1:
            yield Finding("two-level-prizes", number, {"times": times})
    for award in facts.awards:
        entry = facts.entries.get(award.entry)
        if entry is None or not entry.is_countable:
            yield Finding("winner-not-countable", award.entry)
        elif award.by == "plan" and not entry.has_score:
            yield Finding("winner-unscored", award.entry)


def undecided_ties(facts: ListFacts) -> Iterator[Finding]:
    for group in facts.groups:
        for held in group.held:
            open_entries = [entry for entry in held.entries if entry not in held.decided]
            if open_entries:
                seats = {code: number for code, number in held.seats.items() if number}
                yield Finding(
                    "tie-across-cut",
                    open_entries[0],
                    {"group": group.name, "entries": ", ".join(held.entries), "seats": seats},
                )
            for code, number in Counter(code for code in held.decided.values() if code).items():
                if number > held.seats.get(code, 0):
                    yield Finding("tie-over-seats", "", {"group": group.name, "code": code, "number": number})


def exceeded_plans(facts: ListFacts) -> Iterator[Finding]:
    for group in facts.groups:
        for code, number in group.given.items():
            if number > group.allowed.get(code, 0):
                most = group.allowed.get(code, 0)
                yield Finding("plan-exceeded", "", {"group": group.name, "code": code, "given": number, "most": most})
        if group.most is not None and (given := sum(group.given.values())) > group.most:
            yield Finding("plan-exceeded-in-all", "", {"group": group.name, "given": given, "most": group.most})


def wrong_awards(facts: ListFacts) -> Iterator[Finding]:
    """Numbers may fit while the wrong entry has the prize: each line is held against what is due."""
    listed = {one.entry: (one.code, one.place, one.said) for one in facts.awards}
    due = {one.entry: (one.code, one.place, one.said) for one in facts.due}
    for number in dict.fromkeys([*listed, *due]):
        is_countable = number in facts.entries and facts.entries[number].is_countable
        if is_countable and listed.get(number) != due.get(number):
            yield Finding("award-differs", number)


def wrong_specials(facts: ListFacts) -> Iterator[Finding]:
    for one in facts.specials:
        if one.given > one.number:
            yield Finding("special-over", "", {"prize": one.prize, "given": one.given, "most": one.number})
        for entry in one.wrong:
            yield Finding("special-wrong", entry, {"prize": one.prize})
        if not one.is_same:
            yield Finding("special-differs", "", {"prize": one.prize})


def wrong_names(facts: ListFacts) -> Iterator[Finding]:
    for certificate in facts.certificates:
        if certificate.printed != certificate.listed:
            yield Finding("certificate-name-differs", "", {"number": certificate.number})

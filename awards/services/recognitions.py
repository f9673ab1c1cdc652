"""Outstanding units, schools and tutors: who has the most points from the awards of a list, and whom people name.
Reads only; `titles` writes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards.core.recognising import Contender, Titled, TitleRule, points_of_wins, titled
from awards.models import Award, AwardList, Recognition, RecognitionDecision, RecognitionRule
from awards.services.derived import followers
from awards.states import RecognitionKind
from competition.core.canon import digest
from competition.core.numbers import rounded_half_up
from competition.models import Contest, District, Entry, Person, School, UnitReport
from competition.services.unit_reports import confirmed_reports
from competition.states import EntryState
from judging.core.scores import competition_ranks

POINT_UNITS = 100  # points are kept in hundredths
LAST = 10**9  # the place of a prize that has none
# points of what a unit reported of its own contest, once the office has confirmed it; of units alone
REPORTED = {"reported-schools": "schools", "reported-pupils": "pupils", "reported-works": "works"}
RECIPIENTS: dict[str, Any] = {
    RecognitionKind.DISTRICT: District,
    RecognitionKind.SCHOOL: School,
    RecognitionKind.TUTOR: Person,
}
SENT = (EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.PASSED, EntryState.NOT_PASSED)


@dataclass
class Figures:
    """What is known of one recipient.

    sent, passed   entries that were sent up, and those of them that passed the check
    prizes         how many, by the code of the level
    district       to whose number it counts, 0 where that is unknown
    follows        numbers of the entries whose prizes it follows from
    report         of a unit what it reported of its own contest, None where nothing is confirmed
    """

    district: int = 0
    sent: int = 0
    passed: int = 0
    prizes: Counter[str] = field(default_factory=Counter)
    points: Fraction = Fraction(0)
    follows: tuple[str, ...] = ()
    report: UnitReport | None = None

    @property
    def units(self) -> int:
        return rounded_half_up(self.points * POINT_UNITS)

    @property
    def share(self) -> int | None:
        """Of those sent how many passed, in per cent; None where none was sent."""
        return rounded_half_up(Fraction(100 * self.passed, self.sent)) if self.sent else None


@dataclass(frozen=True)
class TitleTie:
    """Recipients of equal points that share fewer places; `most`: of a district, where the rule limits them.

    terms   what tells this tie from another
    """

    keys: tuple[int, ...]
    seats: int
    most: dict[int, int]
    terms: str
    decisions: tuple[RecognitionDecision, ...]

    @property
    def is_settled(self) -> bool:
        return len(self.decisions) == len(self.keys)

    @property
    def named(self) -> set[int]:
        return {recipient_pk(one) for one in self.decisions if one.is_named} if self.is_settled else set()


@dataclass(frozen=True)
class Ranked:
    """Recipients of one rule, best first; who is recognised, by place or by the committee; ties at the last place."""

    keys: tuple[int, ...]
    figures: tuple[Figures, ...]
    recognised: tuple[bool, ...]
    ties: tuple[TitleTie, ...]

    @property
    def units(self) -> tuple[int, ...]:
        return tuple(one.units for one in self.figures)

    @property
    def held(self) -> tuple[int, ...]:
        """Those that nobody has decided of."""
        return tuple(key for tie in self.ties if not tie.is_settled for key in tie.keys)


RuleRanked = tuple[RecognitionRule, Ranked]


def recognitions_due(contest: Contest, awards: Iterable[Award]) -> list[Recognition]:
    """By every rule in force, not yet saved and of no list yet."""
    return recognitions_by(ranked_by_rule(contest, awards))


def recognitions_by(found: Iterable[RuleRanked]) -> list[Recognition]:
    return [
        Recognition(
            rule=rule,
            place=0 if rule.is_by_committee or rule.follows else place or 0,
            points=Decimal(0 if rule.follows else one.units) / POINT_UNITS,
            follows=list(one.follows),
            **{field_of(rule.kind): pk},
        )
        for rule, ranked in found
        for pk, one, is_in, place in zip(
            ranked.keys, ranked.figures, ranked.recognised, competition_ranks(ranked.units), strict=True
        )
        if is_in
    ]


def said_by(recognitions: Iterable[Recognition]) -> set[tuple[object, ...]]:
    """What recognitions say, in a form that compares."""
    return {
        (one.rule_id, one.district_id, one.school_id, one.person_id, one.place, one.points, tuple(one.follows))
        for one in recognitions
    }


def stale_titles(award_list: AwardList, found: Iterable[RuleRanked]) -> list[str]:
    """Titles that go to others, or with other points, than their rule gives now.

    found   what the rules in force give by the awards of the list
    """
    listed = said_by(award_list.recognitions.all())
    stale = {said[0] for said in listed ^ said_by(recognitions_by(found))}
    return [rule.label for rule in award_list.contest.recognition_rules.all() if rule.pk in stale]


def held_recognitions(found: Iterable[RuleRanked]) -> list[tuple[RecognitionRule, int]]:
    """(rule, how many are tied across its last place): only people can decide these."""
    return [(rule, len(ranked.held)) for rule, ranked in found if ranked.held]


def ranked_by_rule(contest: Contest, listed: Iterable[Award]) -> Iterator[RuleRanked]:
    rules = list(contest.recognition_rules.filter(is_in_force=True).prefetch_related("decisions"))
    if not rules:
        return
    listed = list(listed)
    awards = {award.entry_id: award.code for award in listed}
    rows = entries_of(contest) if any(not rule.follows for rule in rules) else []
    reports = reports_of(contest, rules)
    for rule in rules:
        if rule.follows:
            yield rule, following(rule, listed, tuple(rule.decisions.all()))
        else:
            yield rule, ranked(rule, rows, awards, tuple(rule.decisions.all()), reports)


def following(rule: RecognitionRule, listed: Iterable[Award], decisions: Sequence[RecognitionDecision] = ()) -> Ranked:
    """Whom a title goes to because of others' prizes, each once: everybody, or as many as the rule has, by these prizes
    and their places.

    source   docs/rulebook.md "Titles that follow from the award"
    """
    awards = {award.entry_id: award for award in listed}
    found = followers(rule, {pk: award.code for pk, award in awards.items()})
    wins = {pk: [win_of(awards[entry.pk]) for entry in entries] for pk, entries in found.items()}
    worth = dict(zip(found, points_of_wins(list(wins.values())), strict=True))
    keys = tuple(sorted(found, key=lambda pk: -worth[pk]))
    figures = tuple(
        Figures(points=Fraction(worth[pk]), follows=tuple(entry.number for entry in found[pk])) for pk in keys
    )
    if not rule.number:
        return Ranked(keys, figures, (True,) * len(keys), ())
    outcome = titled([Contender(0, 1, worth[pk]) for pk in keys], TitleRule(rule.number, rule.ties))
    return settled(rule, keys, figures, outcome, decisions, said=lambda pk: [list(win) for win in sorted(wins[pk])])


def win_of(award: Award) -> tuple[int, int]:
    return award.order, LAST if award.place is None else award.place


def entries_of(contest: Contest) -> list[Entry]:
    """All that may count for somebody, with their schools and tutors."""
    entries = contest.entries.filter(state__in=SENT).exclude(number="")
    return list(entries.select_related("school").prefetch_related("tutors"))


def ranked(
    rule: RecognitionRule,
    entries: Sequence[Entry],
    awards: dict[int, str],
    decisions: Sequence[RecognitionDecision] = (),
    reports: Iterable[UnitReport] = (),
) -> Ranked:
    """Points of everybody whom a rule is about. Nobody is recognised for no points, but by the committee."""
    known = figures_of(rule, entries, awards)
    add_reported(rule, known, reports)
    if rule.is_by_committee:
        chosen = {recipient_pk(one) for one in decisions if one.is_named and not one.terms}
        known = {pk: Figures() for pk in chosen} | known
    ordered = tuple(sorted(known, key=lambda pk: (-known[pk].points, pk)))
    figures = tuple(known[pk] for pk in ordered)
    if rule.is_by_committee:
        return Ranked(ordered, figures, tuple(pk in chosen for pk in ordered), ())
    said = TitleRule(rule.number, rule.ties, rule.fewest, rule.per_district)
    outcome = titled([Contender(one.district, one.passed, one.units) for one in figures], said)
    return settled(rule, ordered, figures, outcome, decisions, said=lambda pk: known[pk].units)


def settled(
    rule: RecognitionRule,
    ordered: tuple[int, ...],
    figures: tuple[Figures, ...],
    outcome: Titled,
    decisions: Sequence[RecognitionDecision],
    *,
    said: Callable[[int], object],
) -> Ranked:
    """Who has it by place, and by the committee's word on a tie.

    said   what makes somebody equal to others: with other points or prizes it is another tie
    """
    ties = []
    for held in outcome.held:
        keys = tuple(ordered[row] for row in held.rows)
        terms = digest(["title", rule.pk, sorted(keys), said(keys[0]), held.seats, list(held.most)])
        mine = tuple(one for one in decisions if one.terms == terms)
        ties.append(TitleTie(keys, held.seats, dict(held.most), terms, mine))
    named = {pk for tie in ties for pk in tie.named}
    recognised = tuple(has_it or pk in named for pk, has_it in zip(ordered, outcome.has_it, strict=True))
    return Ranked(ordered, figures, recognised, tuple(ties))


def figures_of(rule: RecognitionRule, entries: Iterable[Entry], awards: dict[int, str]) -> dict[int, Figures]:
    """By recipient. Only an entry that passed wins points."""
    found: dict[int, Figures] = {}
    for entry in entries:
        code = awards.get(entry.pk, "")
        for recipient in recipients(rule.kind, entry):
            mine = found.setdefault(recipient, Figures(entry.school.district_id if entry.school else 0))
            mine.sent += 1
            if entry.state == EntryState.PASSED:
                mine.passed += 1
                mine.points += Fraction(rule.points.get("entry", "0")) + Fraction(rule.points.get(code, "0"))
                mine.prizes.update([code] if code else [])
    return found


def reports_of(contest: Contest, rules: Iterable[RecognitionRule]) -> list[UnitReport]:
    """Confirmed reports, asked for where a title is about units."""
    is_about_units = any(rule.kind == RecognitionKind.DISTRICT and not rule.follows for rule in rules)
    return list(confirmed_reports(contest)) if is_about_units else []


def add_reported(rule: RecognitionRule, known: dict[int, Figures], reports: Iterable[UnitReport]) -> None:
    """What units reported stands beside their own figures, and gives points where the rule says so."""
    if rule.kind != RecognitionKind.DISTRICT:
        return
    for one in reports:
        mine = known.setdefault(one.district_id, Figures(one.district_id))
        mine.report = one
        for code, name in REPORTED.items():
            mine.points += Fraction(rule.points.get(code, "0")) * int(getattr(one, name))


def recipients(kind: str, entry: Entry) -> Iterator[int]:
    if kind == RecognitionKind.TUTOR:
        yield from (tutor.person_id for tutor in entry.tutors.all())
    elif entry.school is not None:
        yield entry.school.pk if kind == RecognitionKind.SCHOOL else entry.school.district_id


def field_of(kind: str) -> str:
    return {"district": "district_id", "school": "school_id", "tutor": "person_id"}[kind]


def recipient_pk(one: RecognitionDecision) -> int:
    pk: int = one.district_id or one.school_id or one.person_id or 0
    return pk

"""Lines of an award list with names as they may be shown, and with who they are, so that people can be counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Model

from awards.list_style import ListColumn, ListGroup
from awards.models import Award, AwardList, SpecialAward
from awards.outputs.facts import recognition_lines
from awards.states import RecognitionKind
from awards.wording import joined
from competition.models import Author, Tutor
from competition.states import ContestKind
from competition.views.masks import masked, masked_all

Named = frozenset[int] | None
People = dict[int, dict[str, int]]  # entry -> name -> person


@dataclass(frozen=True)
class Line:
    """One honour.

    cells          by `ListColumn`, names masked where they have to be
    sorts          by `ListGroup`: what parts groups and puts them into order
    sorted_as      the name by which lists are sorted: as it is shown, so that an order tells no more than the list
    people         of its authors; who is on several lines is the same there
    """

    entry: int
    level: int
    prize: str
    place: int
    order: int
    division: str
    sorted_as: str
    cells: Mapping[str, Any]
    sorts: Mapping[str, Any] = field(default_factory=dict)
    people: frozenset[Any] = frozenset()
    tutor_people: frozenset[Any] = frozenset()


def level_lines(award_list: AwardList, language: str, named: Named) -> list[Line]:
    """By track, division, prize and place.

    named   entries whose names stand in full; None: of all
    """
    rows = award_list.awards.select_related("entry__track", "entry__division", "entry__school__district").order_by(
        "entry__track__order", "entry__division__order", "order", "place", "entry__order"
    )
    return Liner(award_list, language, named, list(rows)).lines


def special_groups(award_list: AwardList, language: str, named: Named) -> list[tuple[str, list[Line]]]:
    """[(prize and sponsor, lines)]"""
    rows = list(
        award_list.specials.select_related("entry__track", "entry__division", "entry__school__district").order_by(
            "order", "entry__order"
        )
    )
    if not rows:
        return []
    lines = Liner(award_list, language, named, rows).lines
    pairs = zip(rows, lines, strict=True)
    return [
        (f"{said_in(first, language)} · {first.sponsor}", [line for _, line in [(first, of_first), *rest]])
        for (first, of_first), *rest in (list(of) for _, of in groupby(pairs, key=lambda pair: pair[0].prize_id))
    ]


def title_rows(award_list: AwardList, language: str, name_in: str, *, is_full: bool) -> list[tuple[str, list[Line]]]:
    """Titles of units, schools and tutors.

    name_in   column of `ListColumn` in which the name stands
    """
    found = []
    for rule, of_rule in groupby(recognition_lines(award_list), key=lambda row: row[0].rule):
        lines = []
        for one, name, home in of_rule:
            shown = masked(name) if rule.kind == RecognitionKind.TUTOR and not is_full else name
            cells = {ListColumn.NUMBER: joined(one.follows), ListColumn.SCHOOL: home} | {name_in: shown}
            lines.append(Line(0, 0, "", 0, 0, "", shown, cells))
        found.append((said_in(rule, language), lines))
    return found


class Liner:
    """Awards of one list as lines."""

    def __init__(self, award_list: AwardList, language: str, named: Named, awards: Sequence[Award | SpecialAward]):
        self.language, self.named = language, named
        self.is_award = award_list.contest.kind == ContestKind.AWARD
        entries = {one.entry_id for one in awards}
        self.authors, self.tutors = (people_of(model, award_list, entries) for model in (Author, Tutor))
        self.lines = [self.line(one) for one in awards]

    def line(self, one: Award | SpecialAward) -> Line:
        entry, said = one.entry, one.said
        is_full = self.named is None or entry.pk in self.named
        shown = joined if is_full else masked_all
        division = said_in(entry.division, self.language) if entry.division else ""
        authors = shown([said["nominee"]]) if self.is_award else shown(said["authors"]) or said["group"]
        prize, track = said_in(one, self.language), said_in(entry.track, self.language)
        district = entry.school.district if entry.school else None
        place, unit = one.place or 0, said_in(district, self.language) if district else ""
        cells: dict[str, Any] = {
            ListColumn.TRACK: track, ListColumn.DIVISION: division, ListColumn.PRIZE: prize,
            ListColumn.PLACE: one.place, ListColumn.NUMBER: entry.number,
            ListColumn.TITLE: said["title"], ListColumn.AUTHORS: authors,
            ListColumn.SCHOOL: said["school"], ListColumn.DISTRICT: unit, ListColumn.TUTORS: shown(said["tutors"]),
        }  # fmt: skip
        unit_sort = (district is None, district.pk if district else 0)
        sorts: dict[str, Any] = {
            ListGroup.TRACK: (entry.track.order, entry.track_id),
            ListGroup.DIVISION: (entry.division is None, entry.division.order if entry.division else 0),
            ListGroup.PRIZE: (one.order, prize),
            ListGroup.DISTRICT: unit_sort,
            ListGroup.SCHOOL: (*unit_sort, said["school"]),
        }
        return Line(
            entry.pk, one.order, prize, place, entry.order, division, authors.partition("、")[0], cells, sorts,
            who(said["authors"], self.authors[entry.pk], entry.pk),
            who(said["tutors"], self.tutors[entry.pk], entry.pk),
        )  # fmt: skip


def people_of(model: type[Model], award_list: AwardList, entries: Iterable[int]) -> People:
    rows = model._default_manager.filter(entry__contest=award_list.contest_id)
    wanted, found = set(entries), defaultdict(dict)  # type: ignore[var-annotated]
    for entry, name, person in rows.values_list("entry_id", "person__name", "person_id"):
        if entry in wanted:
            found[entry][name] = person
    return found


def who(names: Iterable[str], people: Mapping[str, int], entry: int) -> frozenset[Any]:
    """Who is meant. A name that the entry no longer has is a person of its own."""
    return frozenset(people.get(name, (entry, name)) for name in names)


def said_in(thing: Any, language: str) -> str:
    text: str = (thing.label_en or thing.label_zh) if language == "en" else thing.label_zh
    return text

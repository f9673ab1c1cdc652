"""Who is called to the stage after whom: one running order for the host's script and for the screen of the hall."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from awards.models import AwardList, Recognition
from awards.outputs.facts import AwardLine, award_lines, recognition_lines, specials_by_prize
from competition.models import Contest, School
from competition.states import ContestKind


class CallKind(StrEnum):
    LEVEL = "level"
    SPECIAL = "special"
    TITLE = "title"


@dataclass(frozen=True)
class Winner:
    """Who comes to the stage.

    names    of people; `group` where there are none: a team, a school, a unit
    school   where they come from, "" where that is said already
    entry    primary key of the entry; 0 of a title
    place    the school that they come from, or that won; None where there is none
    person   primary key of whoever has a title; 0 where an entry's authors and tutors say who they are
    """

    names: tuple[str, ...]
    group: str = ""
    school: str = ""
    title: str = ""
    tutors: tuple[str, ...] = ()
    entry: int = 0
    place: School | None = None
    person: int = 0


@dataclass(frozen=True)
class Call:
    """One prize: all its winners come together.

    code   the same for every version of the list
    """

    code: str
    kind: CallKind
    contest: Contest
    label: str
    winners: tuple[Winner, ...]
    sponsor: str = ""


def running_order(lists: Sequence[AwardList]) -> list[Call]:
    """From the lowest prize up to the highest, then special prizes and titles; the Mayor's Award comes last.

    lists   of the contest and of its award, those that stand
    """
    ordered = sorted(lists, key=lambda one: one.contest.kind == ContestKind.AWARD)
    return [call for award_list in ordered for call in calls_of(award_list)]


def calls_of(award_list: AwardList) -> Iterator[Call]:
    """An award's own prizes follow its titles: its highest prize is the last thing of the day."""
    levels = list(level_calls(award_list))
    others = [*special_calls(award_list), *title_calls(award_list)]
    yield from others + levels if award_list.contest.kind == ContestKind.AWARD else levels + others


def level_calls(award_list: AwardList) -> Iterator[Call]:
    """The lowest first."""
    by_prize: dict[tuple[int, str], list[AwardLine]] = defaultdict(list)
    for line in award_lines(award_list):
        by_prize[line.award.order, line.award.label_zh].append(line)
    for (order, prize), lines in sorted(by_prize.items(), reverse=True):
        code = f"{award_list.contest.kind}-{order}"
        yield Call(code, CallKind.LEVEL, award_list.contest, prize, winners_of(award_list.contest, lines))


def special_calls(award_list: AwardList) -> Iterator[Call]:
    for one, lines in specials_by_prize(award_list):
        winners = winners_of(award_list.contest, lines)
        yield Call(
            f"{award_list.contest.kind}-special-{one.order}",
            CallKind.SPECIAL,
            award_list.contest,
            one.label_zh,
            winners,
            one.sponsor,
        )


def title_calls(award_list: AwardList) -> Iterator[Call]:
    for rule, rows in groupby(recognition_lines(award_list), key=lambda row: row[0].rule):
        winners = tuple(titled(one, name, home) for one, name, home in rows)
        yield Call(
            f"{award_list.contest.kind}-title-{rule.order}", CallKind.TITLE, award_list.contest, rule.label_zh, winners
        )


def winners_of(contest: Contest, lines: Sequence[AwardLine]) -> tuple[Winner, ...]:
    make = nominee_of if contest.kind == ContestKind.AWARD else team_of
    return tuple(make(one) for one in lines)


def titled(one: Recognition, name: str, home: str) -> Winner:
    if one.person is None:
        return Winner((), name, place=one.school)
    return Winner((name,), school=home, place=one.person.school, person=one.person.pk)


def nominee_of(line: AwardLine) -> Winner:
    """A school may win too: then it stands for itself."""
    nominee, entry = line.award.said["nominee"], line.award.entry
    if nominee == line.school:
        return Winner((), nominee, entry=entry.pk, place=entry.school)
    return Winner((nominee,), school=line.school, entry=entry.pk, place=entry.school)


def team_of(line: AwardLine) -> Winner:
    said, entry = line.award.said, line.award.entry
    return Winner(
        tuple(said["authors"]), said["group"], line.school, line.title, tuple(said["tutors"]), entry.pk, entry.school
    )

"""Row after row: whether it is ours, whom it means, what it would bring, what is wrong or to be asked."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from awards.core.result_columns import names_in, prize_code
from awards.elsewhere.people import People, Schools, choices_for, schools_near
from awards.elsewhere.reading import Reading
from awards.elsewhere.rows import ASKED, CHANGED, NEW, OUT, SAME, WRONG, Fault, Line, Plan, PrizeWord, Said, Wanted, Who
from awards.elsewhere.rows import said_of as was_said
from awards.models import Achievement, Delegation, ResultColumns, ResultList
from awards.prizes import BY_CODE
from awards.states import AchievementRole
from competition.core.cells import SEPARATORS, folded
from competition.core.reading import Problem, Row, Table
from competition.models import Contest, Entry, Person, School
from competition.problems import sentence

KIND_OF = {AchievementRole.AUTHOR: "student", AchievementRole.TUTOR: "tutor"}
ROLES = ((AchievementRole.AUTHOR, "authors"), (AchievementRole.TUTOR, "tutors"))
Answers = Mapping[str, str]


def result_plan(contest: Contest, said: Said, reading: Reading, answers: Answers | None = None) -> Plan:
    """answers   by the field of a `Who` or `PrizeWord`, and "out-<place>" where a row is left out; others are none"""
    return Planner(contest, said, reading, answers or {}).plan()


class Planner:
    """Everything a row is held against, asked for once."""

    def __init__(self, contest: Contest, said: Said, reading: Reading, answers: Answers):
        self.said, self.reading, self.answers = said, reading, answers
        self.schools = Schools(School.objects.order_by("pk"))
        self.people = People(self.all_names())
        self.known = {name for _kind, name in self.people.by_name}
        kept = ResultColumns.objects.filter(series__label_zh=said.series).first()
        self.kept = dict(kept.prizes) if kept else {}
        self.before = list(
            Achievement.objects.filter(
                result_list__in=ResultList.objects.filter(
                    contest=contest, series__label_zh=said.series, name=said.name
                )
            ).select_related("person__school", "entry").order_by("pk")
        )  # fmt: skip
        self.read_delegation(contest)
        self.faults: dict[tuple[str, int], list[Fault]] = defaultdict(list)
        for one in reading.problems:
            fault = Fault(one.column, sentence(one), str(one.facts.get("found", "")))
            self.faults[one.sheet, one.row].append(fault)
        self.words: dict[str, PrizeWord] = {}
        self.seen: dict[Any, str] = {}
        self.without_prize = 0

    def all_names(self) -> list[str]:
        """Every name of the list, in each way in which a space may be read."""
        found: list[str] = []
        for table in self.reading.tables:
            for row in table.rows:
                for _role, column in ROLES:
                    for text in self.reading.texts(row, column):
                        found += [*names_in(text), *("".join(part.split()) for part in SEPARATORS.split(text))]
        return found

    def read_delegation(self, contest: Contest) -> None:
        self.delegation = (
            Delegation.objects.filter(sender=contest, key=self.said.delegation).first()
            if self.said.delegation
            else None
        )
        self.by_number: dict[str, Entry] = {}
        self.by_title: dict[str, list[Entry]] = defaultdict(list)
        if self.delegation:
            rows = Entry.objects.filter(contest=self.delegation.contest).select_related("school", "track")
            for one in rows.prefetch_related("authors__person__school", "tutors__person__school"):
                self.by_number[folded(one.number)] = one
                self.by_title[folded(one.title)].append(one)

    # ---- the list

    def plan(self) -> Plan:
        many = len(self.reading.tables) > 1
        lines = [
            line
            for at, table in enumerate(self.reading.tables, 1)
            for row in table.rows
            if (line := self.line(at, table, row, table.title if many else ""))
        ]
        gone = self.settle(lines)
        problems = [fault.text for (_sheet, row), found in self.faults.items() if not row for fault in found]
        return Plan(lines, list(self.words.values()), gone, self.reading.rows, self.without_prize, problems)

    def line(self, sheet: int, table: Table, row: Row, title: str) -> Line | None:
        """None where it is not ours, or tells of no prize."""
        text = {role: "、".join(filter(None, self.reading.texts(row, role))) for role in
                ("number", "title", "school", "prize", "track")}  # fmt: skip
        names = {role: self.names(row, column) for role, column in ROLES}
        entry = self.entry_of(text, names[AchievementRole.AUTHOR])
        exact = self.schools.called(text["school"])
        near = [] if exact else self.near(text["school"], names)
        if not (entry or exact or near):
            return None
        code = prize_code(text["prize"], self.kept)
        if code == "" and folded(text["prize"]) not in self.kept:  # what a person called no prize stays to be seen
            self.without_prize += 1
            return None
        line = Line(f"{sheet}-{row.number}", row.number, text["title"] or (entry.title if entry else ""),
                    text["school"], track=text["track"] or title, entry=entry)  # fmt: skip
        line.is_sent = (entry is not None) if self.delegation else None
        line.is_out = bool(self.answers.get(f"out-{line.place}"))
        line.faults = list(self.faults.get((table.title, row.number), ()))
        line.prize = self.word_of(text["prize"], code)
        self.add_people(line, names, exact, near)
        if not line.people:
            self.fault(line, table, row, "authors", "value-missing")
        self.only_once(line, table, row)
        return line

    def names(self, row: Row, column: str) -> list[str]:
        found = [one for text in self.reading.texts(row, column) for one in names_in(text, self.known)]
        return list(dict.fromkeys(found))

    def near(self, text: str, names: Mapping[AchievementRole, list[str]]) -> list[School]:
        people = [
            one for role, said in names.items() for name in said for one in self.people.called(KIND_OF[role], name)
        ]
        return schools_near(text, people, self.schools)

    def entry_of(self, text: Mapping[str, str], authors: list[str]) -> Entry | None:
        """The one that was sent: by number, else by title; never one whose authors are all others."""
        numbered = self.by_number.get(folded(text["number"])) if text["number"] else None
        found = [numbered] if numbered else self.by_title.get(folded(text["title"]), []) if text["title"] else []
        said = {folded(one) for one in authors}
        fitting = [one for one in found if not said or said & {folded(link.person.name) for link in one.authors.all()}]
        return fitting[0] if len(fitting) == 1 else None

    def word_of(self, word: str, code: str | None) -> PrizeWord:
        """One for each word of the list, however often it stands there."""
        plain = folded(word)
        if plain not in self.words:
            field = f"prize-{len(self.words)}"
            answer = self.answers.get(field)
            is_asked = code is None
            self.words[plain] = PrizeWord(field, word, code if answer is None else known_code(answer), is_asked)
        return self.words[plain]

    # ---- the people of a row

    def add_people(
        self, line: Line, names: Mapping[AchievementRole, list[str]], exact: list[School], near: list[School]
    ) -> None:
        for role, said in names.items():
            beside = people_of(line.entry, role)
            for order, name in enumerate(said or [one.name for one in beside], 1):
                self.add(line, role, order, name, beside, exact, near)

    def add(
        self, line: Line, role: AchievementRole, order: int, name: str, beside: list[Person], exact: list[School],
        near: list[School],
    ) -> None:  # fmt: skip
        field = f"who-{line.place}-{role}-{order}"
        known = self.people.called(KIND_OF[role], name)
        known = [*known, *(one for one in beside if folded(one.name) == folded(name) and one not in known)]
        if not (exact or near):  # an entry of ours whose row names no school of ours
            near = [one.school for one in beside if one.school][:1]
        choices, answer = choices_for(name, known, exact, near, beside)
        answer = answer or self.as_before(line, role, name, {one.value for one in choices})
        who = Who(field, name, role, order, choices, answer, is_asked=not answer)
        given = self.answers.get(field, "")
        if given == OUT or given in {one.value for one in choices}:
            who.answer = given
        if line.is_out:
            who.answer = OUT
        line.people.append(who)

    def as_before(self, line: Line, role: AchievementRole, name: str, offered: set[str]) -> str:
        """Whom somebody said the last time, of the same work."""
        found = {
            one.person.key
            for one in self.before
            if (one.role, one.work, folded(one.person.name)) == (role, line.title, folded(name))
        }
        return next(iter(found)) if len(found) == 1 and found <= offered else ""

    # ---- what is wrong

    def fault(self, line: Line, table: Table, row: Row, role: str, code: str, **facts: Any) -> None:
        column = f"{role}-0"
        problem = table.problem(row, column, code, **facts)
        line.faults.append(Fault(problem.column, sentence(problem), str(facts.get("found", ""))))

    def only_once(self, line: Line, table: Table, row: Row) -> None:
        said = (folded(line.title), line.prize.word if line.prize else "", line.track,
                tuple((one.role, folded(one.name)) for one in line.people), folded(line.school))  # fmt: skip
        first = self.seen.setdefault(said, line.place)
        if first != line.place:
            where = first if len(self.reading.tables) > 1 else first.partition("-")[2]
            self.fault(line, table, row, "title", "twice", found=line.title, other=where)

    # ---- against what was brought before

    def settle(self, lines: list[Line]) -> list[Achievement]:
        """What every row brings, and what stands here and is said no more."""
        was: dict[Any, list[Achievement]] = defaultdict(list)
        for one in self.before:
            was[was_said(one)].append(one)
        self.without_doubles(lines)
        is_here = {one.said for line in lines for one in line.wanted if was.get(one.said)}
        left: dict[Any, list[Achievement]] = defaultdict(list)
        for said, rows in was.items():
            if said not in is_here:
                left[said[:3]] += rows
        for line in lines:
            self.compare(line, is_here, left)
        return [one for rows in left.values() for one in rows]

    def without_doubles(self, lines: list[Line]) -> None:
        """The same prize of the same person and work counts once: two rows that bring it cannot both be right."""
        brought: dict[Any, Line] = {}
        for line in lines:
            line.wanted = wanted_of(line)
            for one in line.wanted:
                first = brought.setdefault((*one.key, one.word), line)
                if first is not line and not line.faults:
                    problem = Problem("", line.number, "", "", "twice", {"found": one.work or one.word,
                                                                        "other": first.number})  # fmt: skip
                    line.faults.append(Fault("", sentence(problem)))

    def compare(self, line: Line, is_here: set[Any], left: dict[Any, list[Achievement]]) -> None:
        """A row that says something else of the same person and work changes it."""
        fresh = [one for one in line.wanted if one.said not in is_here]
        for one in fresh:
            if left.get(one.key):
                old = left[one.key].pop(0)
                line.changes.append((one.who.name, old.prize_name, one.word))
        if line.faults and not line.is_out:
            line.status = WRONG
        elif line.waits and not line.is_out:
            line.status = ASKED
        elif fresh:
            line.status = CHANGED if line.changes else NEW
        else:
            line.status = SAME


def known_code(answer: str) -> str | None:
    """ "" is no prize; a word that is not offered is no answer."""
    return answer if answer in BY_CODE else "" if answer == OUT else None


def people_of(entry: Entry | None, role: str) -> list[Person]:
    if entry is None:
        return []
    links = entry.authors.all() if role == AchievementRole.AUTHOR else entry.tutors.all()
    return [one.person for one in links]


def wanted_of(line: Line) -> list[Wanted]:
    """Everyone who was named and is not left out."""
    if line.prize is None or not line.prize.code:
        return []
    return [
        Wanted(chosen, who.role, who.order, line.title, line.entry, line.track, line.prize.code, line.prize.word)
        for who in line.people
        if (chosen := who.chosen)
    ]

"""A list of entries against what is here: every row new, changed, the same, or wrong. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from unicodedata import normalize

from competition.core.canon import digest
from competition.core.cells import folded
from competition.core.entering import EntryDraft, PersonDraft, Shortfall, Terms, is_for, shortfalls
from competition.core.entry_columns import ENTRY_LIST
from competition.core.faults import Fault
from competition.core.grades import grade_of, stage_of
from competition.core.reading import Problem, Row, Table, nearest, read_one_table
from competition.core.school_names import are_told_apart, likest
from competition.drafts import Taken, is_with_school, terms_for
from competition.listed import CHANGED, NEW, SAME, WRONG, ListPlan
from competition.models import ALIVE, Author, Contest, Entry, School, Track
from competition.problems import sentence as cell_sentence
from competition.shortfalls import sentence
from competition.states import EntryState

# A draft may lack what is typed later; what stands in the list and cannot be right is a fault of its row.
LATER = frozenset({
    "abstract-missing", "finished-missing", "lower-contest-missing", "material-missing", "pledge-missing",
    "grade-missing", "born-missing", "division-missing", "subject-missing", "tutor-stage-missing", "quota-full",
})  # fmt: skip
COLUMN_OF = {
    "title": "title", "division": "division", "abstract": "abstract", "finished_on": "finished_on",
    "lower_contest": "lower_contest", "group_name": "group_name",
}  # fmt: skip


@dataclass
class Line:
    """One row of the list. `changes` as (label, old, new); `values` as `save_draft` takes them."""

    number: int
    title: str
    status: str = NEW
    entry: Entry | None = None
    track: Track | None = None
    school: School | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Plan(ListPlan[Line]):
    table: Table

    @property
    def digest(self) -> str:
        """What was shown: something else is not applied."""
        return digest(
            [[one.number, one.status, one.title, [list(change) for change in one.changes]] for one in self.lines]
        )


def import_plan(data: bytes, contest: Contest, schools: Sequence[School], *, today: date) -> Plan:
    """data      .xlsx, .xls, .ods, or text in UTF-8, GBK or UTF-16
    schools   those that the list may speak of; where it is one, the column of schools may be blank
    """
    table, problems = read_one_table(data, ENTRY_LIST)
    faults: dict[int, list[Fault]] = defaultdict(list)
    for one in problems:
        faults[one.row].append(Fault(one.column, cell_sentence(one), str(one.facts.get("found", ""))))
    reader = Reader(contest, schools, table, today)
    lines = [reader.line(row, faults.get(row.number, [])) for row in table.rows]
    return Plan(lines, [cell_sentence(one) for one in problems if not is_of_a_row(one, table)], table)


def is_of_a_row(problem: Problem, table: Table) -> bool:
    return problem.row in {row.number for row in table.rows}


class Reader:
    """Everything of the contest that a row is held against, asked for once."""

    def __init__(self, contest: Contest, schools: Sequence[School], table: Table, today: date):
        self.contest, self.table, self.today = contest, table, today
        self.schools = schools_by_name(schools)
        self.only = schools[0] if len(schools) == 1 else None
        self.tracks = {
            folded(word): one for one in contest.tracks.all() for word in (one.label_zh, one.label_en) if word
        }
        self.divisions = {
            folded(word): one
            for one in contest.divisions.all()
            for word in (one.code, one.label_zh, one.label_en)
            if word
        }
        self.subjects = list(contest.subjects.all())
        known = contest.entries.filter(school__in=schools).select_related(
            "track", "division", "subject", "school", "contest"
        )
        entries = list(known.prefetch_related("authors__person", "tutors__person"))
        self.by_number = {one.number: one for one in entries if one.number}
        self.by_title: dict[tuple[int | None, str], list[Entry]] = defaultdict(list)
        for one in entries:
            if one.title and one.state != EntryState.WITHDRAWN:
                self.by_title[one.school_id, folded(one.title)].append(one)
        self.terms: dict[int, Terms] = {}
        self.taken = self.taken_now()
        self.seen: dict[tuple[Any, str], int] = {}
        self.rows_of: dict[str, int] = {}

    def taken_now(self) -> dict[tuple[str, str, str], list[tuple[int | None, str]]]:
        """(name, school, code) -> (entry, label) of every author of the contest."""
        found: dict[tuple[str, str, str], list[tuple[int | None, str]]] = defaultdict(list)
        rows = Author.objects.filter(entry__contest=self.contest, entry__state__in=ALIVE)
        for name, school, code, entry, number, title in rows.values_list(
            "person__name", "person__school__key", "person__code", "entry", "entry__number", "entry__title"
        ):
            found[name, school or "", code].append((entry, f"{number} {title}".strip()))
        return found

    def line(self, row: Row, faults: list[Fault]) -> Line:
        line = Line(row.number, row["title"] or "", faults=list(faults))
        line.school = self.school_of(row, line)
        line.track = self.track_of(row, line)
        division = self.division_of(row, line)
        line.entry = self.entry_of(row, line)
        if line.school is None or line.track is None:
            line.status = WRONG
            return line
        draft = replace(self.draft_of(row, line, division), subject=self.subject_of(row, line, division))
        self.add_shortfalls(line, draft)
        self.twice_in_list(line)
        line.values = values_of(draft, line.entry)
        self.compare(line)
        return line

    def fault(self, line: Line, column: str, code: str, **facts: Any) -> None:
        row = Row(line.number, {}, {})
        problem = self.table.problem(row, column, code, **facts)
        line.faults.append(Fault(problem.column, cell_sentence(problem), str(problem.facts.get("found", ""))))

    def school_of(self, row: Row, line: Line) -> School | None:
        name = row["school"]
        if not name:
            if self.only is None:
                self.fault(line, "school", "value-missing")
            return self.only
        if name not in self.schools:
            others = [one for one in self.schools if not are_told_apart(name, one)]
            near = next(iter(likest(name, others)), "") or nearest(name, others)
            self.fault(line, "school", "school-not-here", found=name, near=official(self.schools.get(near), near))
        return self.schools.get(name)

    def track_of(self, row: Row, line: Line) -> Track | None:
        if not row["track"]:
            return None
        found = self.tracks.get(folded(row["track"]))
        if found is None:
            near = nearest(row["track"], [one.label_zh for one in self.contest.tracks.all()])
            self.fault(line, "track", "unknown-track", found=row["track"], near=near)
        return found

    def division_of(self, row: Row, line: Line) -> str:
        if not row["division"]:
            return ""
        found = self.divisions.get(folded(row["division"])) or self.divisions.get(
            folded(row["division"]).removesuffix("组")
        )
        if found is None:
            near = nearest(row["division"], [one.label_zh for one in self.divisions.values()])
            self.fault(line, "division", "unknown-division", found=row["division"], near=near)
        return found.code if found else ""

    def subject_of(self, row: Row, line: Line, division: str) -> str:
        """The subject of this name on the level of the division; a list may say its code as well."""
        if not row["subject"] or line.track is None or not line.track.asks_subject:
            return ""
        called = {
            folded(word): one.word
            for one in self.subjects
            if is_for(one.level, division)
            for word in (one.code, one.label_zh, one.label_en)
            if word
        }
        found = called.get(folded(row["subject"]))
        if found is None:
            near = nearest(row["subject"], [one.label_zh for one in self.subjects])
            self.fault(line, "subject", "unknown-subject", found=row["subject"], near=near)
        return found or ""

    def entry_of(self, row: Row, line: Line) -> Entry | None:
        """By number, else by title within the school; it stays with its school and in its track."""
        found = self.numbered(row, line) if row["number"] else self.titled(line)
        if found and line.school and found.school_id != line.school.pk:
            self.fault(line, "school", "entry-of-other-school", found=str(found), school=str(found.school))
        if found and line.track and found.track_id != line.track.pk:
            self.fault(line, "track", "entry-of-other-track", found=str(found), track=found.track.label_zh)
        return found

    def numbered(self, row: Row, line: Line) -> Entry | None:
        number = row["number"]
        if number not in self.by_number:
            self.fault(line, "number", "unknown-entry", found=number)
        elif self.rows_of.setdefault(number, line.number) != line.number:
            self.fault(line, "number", "twice", found=number, other=self.rows_of[number])
        return self.by_number.get(number)

    def titled(self, line: Line) -> Entry | None:
        found = self.by_title[line.school.pk, folded(line.title)] if line.school and line.title else []
        if len(found) > 1:
            self.fault(line, "title", "title-of-several", found=line.title, entries=len(found))
        return found[0] if found else None

    def draft_of(self, row: Row, line: Line, division: str) -> EntryDraft:
        authors, grades = row["authors"] or (), row["grades"] or ()
        codes = [normalize("NFKC", code) for code in row["codes"] or ()]  # ７ is 7
        if codes and len(codes) != len(authors):
            self.fault(line, "codes", "codes-do-not-fit", found=len(codes), authors=len(authors))
        if len(grades) not in (0, 1, len(authors)):
            self.fault(line, "grades", "grades-do-not-fit", found=len(grades), authors=len(authors))
        known = [grade_of(text) for text in grades]
        for text, grade in zip(grades, known, strict=True):
            if grade is None:
                self.fault(line, "grades", "unknown-grade", found=text)
        area = str(line.school.district_id) if line.school else ""
        people = tuple(
            PersonDraft(
                name, codes[at] if at < len(codes) else "", area=area,
                grade=known[0] if len(known) == 1 else known[at] if at < len(known) else None,
            )
            for at, name in enumerate(authors)
        )  # fmt: skip
        stages = [stage_of(one.grade) for one in people if one.grade is not None]
        codes_here = {one.code for one in self.divisions.values()}
        return EntryDraft(
            title=row["title"] or "",
            division=division or (stages[0] if stages and stages[0] in codes_here else ""),
            abstract=row["abstract"] or "",
            finished_on=row["finished_on"],
            lower_contest=row["lower_contest"] or "",
            group_name=row["group_name"] or "",
            authors=people,
            tutors=tuple(PersonDraft(name, area=area) for name in row["tutors"] or ()),
        )

    def terms_of(self, line: Line, taken: Taken) -> Terms:
        track = line.track
        if track is None:
            raise ValueError("A line without a track has no terms.")
        if track.pk not in self.terms:
            self.terms[track.pk] = terms_for(self.contest, track, {}, None)
        return replace(self.terms[track.pk], taken=taken)

    def add_shortfalls(self, line: Line, draft: EntryDraft) -> None:
        taken: Taken = {}
        for one in draft.authors:
            key = (one.name, line.school.key if line.school else "", one.code)
            mine = line.entry.pk if line.entry else None
            taken[one.identity] = tuple(
                label for entry, label in self.taken.get(key, ()) if entry is None or entry != mine
            )
        for found in shortfalls(draft, self.terms_of(line, taken), today=self.today):
            if found.code not in LATER:
                line.faults.append(Fault(self.letter_of(found), sentence(found)))
        if not line.entry:
            for one in draft.authors:
                key = (one.name, line.school.key if line.school else "", one.code)
                self.taken[key].append((None, line.title))

    def letter_of(self, found: Shortfall) -> str:
        part = found.where.split("-")[0]
        name = COLUMN_OF.get(part) or ("grades" if found.where.endswith("-grade") else part)
        return self.table.letters.get(name, "")

    def twice_in_list(self, line: Line) -> None:
        key = (line.school.pk if line.school else 0, folded(line.title))
        if line.title and self.seen.setdefault(key, line.number) != line.number:
            self.fault(line, "title", "twice", found=line.title, other=self.seen[key])

    def compare(self, line: Line) -> None:
        """Against the entry that is here; one that was handed in is not touched by an import."""
        if line.faults:
            line.status = WRONG
            return
        if line.entry is None:
            return
        line.changes = differences(line.entry, line.values)
        if not line.changes:
            line.status = SAME
        elif not is_with_school(line.entry):
            self.fault(line, "title", "entry-handed-in", found=str(line.entry), state=line.entry.get_state_display())
            line.status = WRONG
        else:
            line.status = CHANGED


def schools_by_name(schools: Sequence[School]) -> dict[str, School]:
    """By official name; by another name where it is nobody's official name and of one school alone."""
    others: dict[str, list[School]] = defaultdict(list)
    for one in schools:
        for alias in one.aliases:
            others[alias].append(one)
    return {alias: found[0] for alias, found in others.items() if len(found) == 1} | {one.name: one for one in schools}


def official(school: School | None, name: str) -> str:
    """The near name with the official one behind it, where they differ."""
    return f"{school.name}（{name}）" if school and school.name != name else name


def values_of(draft: EntryDraft, entry: Entry | None) -> dict[str, Any]:
    """Only what the list has a column for and says: a blank cell or an absent column changes nothing."""
    typed = entry.draft if entry else {}
    values: dict[str, Any] = {"title": draft.title}
    for name in ("abstract", "lower_contest", "group_name"):
        if getattr(draft, name):
            values[name] = getattr(draft, name)
    if draft.finished_on:
        values["finished_on"] = draft.finished_on
    if draft.division:
        values["division"] = draft.division
    if draft.subject:
        values["subject"] = draft.subject
    if draft.authors:
        said = [{"name": one.name, "code": one.code, "grade": one.grade} for one in draft.authors]
        values["authors"] = said_of_people(said, typed.get("authors", ()))
    if draft.tutors:
        values["tutors"] = said_of_people([{"name": one.name} for one in draft.tutors], typed.get("tutors", ()))
    return values


def said_of_people(said: Sequence[Mapping[str, Any]], typed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The people of the list, each with what was typed of a person of that name and the list does not say."""
    known = {one.get("name"): one for one in typed}
    return [
        {**known.get(one["name"], {}), **{name: value for name, value in one.items() if value not in ("", None)}}
        for one in said
    ]


LABELS = {
    "title": "作品名称 Title", "abstract": "作品简介 About", "lower_contest": "下级赛事 Lower contest",
    "group_name": "集体名称 Group", "finished_on": "完成日期 Finished on", "division": "组别 Division",
    "subject": "学科 Subject",
    "authors": "作者 Authors", "tutors": "辅导教师 Tutors",
}  # fmt: skip


def differences(entry: Entry, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    for name, value in values.items():
        was, now = said(entry, name), shown(value)
        if was != now:
            found.append((LABELS[name], was, now))
    return found


def said(entry: Entry, name: str) -> str:
    if name in ("authors", "tutors"):
        if entry.draft.get(name) is not None:
            return shown(entry.draft[name])
        links = entry.authors.all() if name == "authors" else entry.tutors.all()
        return shown(
            [{"name": one.person.name, "code": one.person.code, "grade": getattr(one, "grade", None)} for one in links]
        )
    if name == "division":
        return entry.division.code if entry.division else ""
    if name == "subject":
        return entry.subject.word if entry.subject else ""
    return shown(getattr(entry, name))


def shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(
            " ".join(
                str(part) for part in (one.get("name"), one.get("code"), one.get("grade")) if part not in (None, "")
            )
            for one in value
        )
    return value.isoformat() if isinstance(value, date) else str(value or "")

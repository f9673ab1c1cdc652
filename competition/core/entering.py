"""What an entry still lacks, by its contest's rules: the same answer while typing, at submission and in an import."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from competition.core.grades import GRADES, stage_of

STEPS = ("work", "people", "materials", "pledges")


@dataclass(frozen=True)
class PersonDraft:
    """An author or tutor as typed. `school` and `area` are keys, blank for the entry's own; `code` tells two of one
    name apart."""

    name: str = ""
    code: str = ""
    school: str = ""
    area: str = ""
    grade: int | None = None
    born_on: date | None = None
    stage: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.name, self.school, self.code


UNKNOWN = "?"


def unknown_school(name: str) -> str:
    """In place of the key of a school that is not known."""
    return f"{UNKNOWN}{name}"


def school_faults(one: PersonDraft, where: str) -> Iterator["Shortfall"]:
    if one.school.startswith(UNKNOWN):
        facts = {"name": one.name, "school": one.school.removeprefix(UNKNOWN)}
        yield Shortfall("people", f"{where}-school", "school-unknown", facts)


@dataclass(frozen=True)
class EntryDraft:
    """`materials`: kind -> number of files named; `pledges`: codes of those given."""

    title: str = ""
    division: str = ""
    abstract: str = ""
    finished_on: date | None = None
    lower_contest: str = ""
    group_name: str = ""
    authors: tuple[PersonDraft, ...] = ()
    tutors: tuple[PersonDraft, ...] = ()
    materials: Mapping[str, int] = field(default_factory=dict)
    pledges: frozenset[str] = frozenset()
    subject: str = ""


@dataclass(frozen=True)
class Terms:
    """The rules of one track of one contest.

    divisions   codes to choose from, () for none
    subjects    word of a subject -> the level that it is for; {} where none is asked for
    materials   kind -> its label, of those that must be there
    pledges     code -> its label, of those that must be given
    taken       person (name, school, code) -> labels of the other entries they are in
    left        places that the quota leaves; None for no quota
    is_nomination   its text is a recommendation, and whom it is about stands in place of authors or of a tutor
    """

    is_group: bool = False
    max_authors: int = 3
    max_tutors: int = 3
    min_age: int | None = None
    max_age: int | None = None
    has_abstract: bool = True
    abstract_most: int = 800
    asks_lower_contest: bool = False
    divisions: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)
    team_same_stage: bool = True
    team_same_area: bool = True
    tutor_same_stage: bool = False
    tutor_same_area: bool = False
    work_since: date | None = None
    work_until: date | None = None
    materials: Mapping[str, str] = field(default_factory=dict)
    pledges: Mapping[str, str] = field(default_factory=dict)
    entries_per_student: int | None = 1
    taken: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    left: int | None = None
    is_nomination: bool = False


@dataclass(frozen=True)
class Shortfall:
    """One thing that stands in the way. `where` names the input ("authors-1-grade"), `code` finds the sentence."""

    step: str
    where: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def shortfalls(draft: EntryDraft, terms: Terms, *, today: date) -> list[Shortfall]:
    """Everything that an entry lacks, in the order of the form.

    source   docs/rulebook.md "What an entry must have"
    """
    return [
        *work(draft, terms),
        *group_or_authors(draft, terms),
        *each_author(draft, terms, today),
        *together(draft, terms),
        *tutors(draft, terms),
        *(
            Shortfall("materials", f"material-{code}", "material-missing", {"label": label})
            for code, label in terms.materials.items()
            if not draft.materials.get(code)
        ),
        *(
            Shortfall("pledges", f"pledge-{code}", "pledge-missing", {"label": label})
            for code, label in terms.pledges.items()
            if code not in draft.pledges
        ),
        *(Shortfall("work", "quota", "quota-full") for _ in range(terms.left is not None and terms.left < 1)),
    ]


def work(draft: EntryDraft, terms: Terms) -> Iterator[Shortfall]:
    if not draft.title:
        yield Shortfall("work", "title", "title-missing")
    if terms.divisions and draft.division not in terms.divisions:
        yield Shortfall("work", "division", "division-missing")
    allowed = [word for word, level in terms.subjects.items() if is_for(level, draft.division)]
    if allowed and draft.subject not in allowed:
        yield Shortfall("work", "subject", "subject-missing")
    text = "recommendation" if terms.is_nomination else "abstract"
    if terms.has_abstract and not draft.abstract:
        yield Shortfall("work", "abstract", f"{text}-missing")
    if terms.has_abstract and len(draft.abstract) > terms.abstract_most:
        facts = {"found": len(draft.abstract), "most": terms.abstract_most}
        yield Shortfall("work", "abstract", f"{text}-too-long", facts)
    yield from finished(draft, terms)
    if terms.asks_lower_contest and not draft.lower_contest:
        yield Shortfall("work", "lower_contest", "lower-contest-missing")


SECONDARY = ("junior", "senior", "vocational")


def is_for(level: str, division: str) -> bool:
    """Whether a subject of this level may be chosen in this division; while none is chosen, any may."""
    return not level or not division or level == division or (level == "secondary" and division in SECONDARY)


def finished(draft: EntryDraft, terms: Terms) -> Iterator[Shortfall]:
    if terms.work_since is None and terms.work_until is None:
        return
    if draft.finished_on is None:
        yield Shortfall("work", "finished_on", "finished-missing")
    elif terms.work_since and draft.finished_on < terms.work_since:
        yield Shortfall("work", "finished_on", "finished-early", {"since": terms.work_since})
    elif terms.work_until and draft.finished_on > terms.work_until:
        yield Shortfall("work", "finished_on", "finished-late", {"until": terms.work_until})


def group_or_authors(draft: EntryDraft, terms: Terms) -> Iterator[Shortfall]:
    if terms.is_group:
        if not draft.group_name:
            yield Shortfall("people", "group_name", "group-name-missing")
        if draft.authors:
            yield Shortfall("people", "authors-0-name", "group-has-authors")
        return
    if terms.is_nomination and not draft.authors:
        yield from nominee(draft, terms)
    elif not draft.authors:
        yield Shortfall("people", "authors-0-name", "authors-missing")
    if len(draft.authors) > terms.max_authors:
        facts = {"found": len(draft.authors), "most": terms.max_authors}
        yield Shortfall("people", f"authors-{terms.max_authors}-name", "too-many-authors", facts)


def nominee(draft: EntryDraft, terms: Terms) -> Iterator[Shortfall]:
    """A student stands as the author, a tutor as the tutor; a school needs no name."""
    if terms.max_authors:
        yield Shortfall("people", "authors-0-name", "nominee-missing")
    elif terms.max_tutors and not draft.tutors:
        yield Shortfall("people", "tutors-0-name", "nominee-missing")


def each_author(draft: EntryDraft, terms: Terms, today: date) -> Iterator[Shortfall]:
    for at, one in enumerate(draft.authors):
        facts: dict[str, Any] = {"name": one.name, "place": at + 1}
        if not one.name:
            yield Shortfall("people", f"authors-{at}-name", "name-missing", facts)
            continue
        yield from school_faults(one, f"authors-{at}")
        if one.grade not in GRADES:
            yield Shortfall("people", f"authors-{at}-grade", "grade-missing", facts)
        if terms.min_age is not None or terms.max_age is not None:
            yield from age(one, at, terms, today)
        others = terms.taken.get(one.identity, ())
        if terms.entries_per_student and len(others) >= terms.entries_per_student:
            elsewhere = facts | {"other": others[0], "limit": terms.entries_per_student}
            yield Shortfall("people", f"authors-{at}-name", "author-elsewhere", elsewhere)
        if one.identity in [other.identity for other in draft.authors[:at]]:
            yield Shortfall("people", f"authors-{at}-name", "person-twice", facts)


def age(one: PersonDraft, at: int, terms: Terms, today: date) -> Iterator[Shortfall]:
    place, facts = f"authors-{at}-born_on", {"name": one.name, "min": terms.min_age, "max": terms.max_age}
    if one.born_on is None:
        yield Shortfall("people", place, "born-missing", facts)
    elif terms.min_age is not None and years(one.born_on, today) < terms.min_age:
        yield Shortfall("people", place, "too-young", facts)
    elif terms.max_age is not None and years(one.born_on, today) > terms.max_age:
        yield Shortfall("people", place, "too-old", facts)


def years(born: date, today: date) -> int:
    """Full years of age on a day; who was born on 29 February turns older on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def together(draft: EntryDraft, terms: Terms) -> Iterator[Shortfall]:
    """What holds for a team as a whole, and for its division."""
    stages = [stage for one in draft.authors if (stage := stage_of(one.grade))]
    if terms.team_same_stage and len(set(stages)) > 1:
        yield Shortfall("people", "authors-1-grade", "stages-differ")
    if terms.team_same_area and len({one.area for one in draft.authors}) > 1:
        yield Shortfall("people", "authors-1-school", "areas-differ")
    first = stage_of(draft.authors[0].grade) if draft.authors else ""
    if first in terms.divisions and draft.division in terms.divisions and draft.division != first:
        yield Shortfall("people", "authors-0-grade", "division-differs", {"stage": first, "division": draft.division})


def tutors(draft: EntryDraft, terms: Terms) -> Iterator[Shortfall]:
    if len(draft.tutors) > terms.max_tutors:
        most = {"found": len(draft.tutors), "most": terms.max_tutors}
        yield Shortfall("people", f"tutors-{terms.max_tutors}-name", "too-many-tutors", most)
    stages = {stage for one in draft.authors if (stage := stage_of(one.grade))}
    areas = {one.area for one in draft.authors}
    for at, one in enumerate(draft.tutors):
        facts: dict[str, Any] = {"name": one.name, "place": at + 1}
        if not one.name:
            yield Shortfall("people", f"tutors-{at}-name", "tutor-name-missing", facts)
        elif one.identity in [other.identity for other in draft.tutors[:at]]:
            yield Shortfall("people", f"tutors-{at}-name", "person-twice", facts)
        yield from school_faults(one, f"tutors-{at}")
        if terms.tutor_same_stage and stages and one.stage not in stages:
            code = "tutor-stage-differs" if one.stage else "tutor-stage-missing"
            yield Shortfall("people", f"tutors-{at}-stage", code, facts)
        if terms.tutor_same_area and areas and one.area not in areas:
            yield Shortfall("people", f"tutors-{at}-school", "tutor-area-differs", facts)

"""Which judges may not mark which entries: found by rule and by declaration, in one place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from competition.core.school_names import likest, plain, split_names
from competition.models import Author, Contest, Entry, School, Tutor
from judging.models import Conflict, HintDecision, Judge, Panel, Sheet
from judging.states import ConflictReason, ConflictSource, HintKind, SheetState

Pair = tuple[int, int]
SHORTEST_NAME = 2


@dataclass
class Field:
    """Entries with the people and schools behind them, as far as a conflict may rest on them.

    schools   school -> entries that it, one of their authors or one of their tutors belongs to
    names     name -> entries with an author or tutor of that name
    tutors    (name, school) -> entries that this tutor has now
    earlier   (name, school) -> entries with an author whom this tutor had in another contest
    """

    schools: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    districts: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    persons: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    tutors: dict[tuple[str, int | None], set[int]] = field(default_factory=lambda: defaultdict(set))
    earlier: dict[tuple[str, int | None], set[int]] = field(default_factory=lambda: defaultdict(set))
    called: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def conflicted_pairs(contest: Contest) -> set[Pair]:
    """(judge, entry) as primary keys."""
    return set(conflict_reasons(contest))


def is_conflicted(judge: Judge, entry: Entry) -> bool:
    """The same rule for one pair, in a handful of small queries."""
    return bool(conflict_reasons(judge.contest, judge=judge, entries=[entry.pk]))


def conflict_reasons(
    contest: Contest, *, judge: Judge | None = None, entries: Collection[int] | None = None
) -> dict[Pair, ConflictReason]:
    """Every pair that may not be, with why.

    judge, entries   only theirs; entries by primary key
    source           docs/rulebook.md "Who may not judge"
    """
    judges = list((contest.judges.filter(pk=judge.pk) if judge else contest.judges.all()).select_related("person"))
    names = {one.pk: one.person.name for one in judges}
    field = field_of(contest, entries, set(names.values()))
    found: dict[Pair, ConflictReason] = {}
    for reason, pairs in (
        *declared(judges, field),
        (ConflictReason.OWN_SCHOOL, pairs_by_school(judges, field)),
        (ConflictReason.OWN_PUPIL, pairs_by_tutor(judges, names, field.tutors, field)),
        (ConflictReason.EARLIER_PUPIL, pairs_by_tutor(judges, names, field.earlier, field)),
        (ConflictReason.RELATION, pairs_by_relation(judges, field)),
        (ConflictReason.OWN_DISTRICT, pairs_by_district(contest, judges, field)),
        (ConflictReason.DECIDED, decided_pairs(judges)),
    ):
        for pair in pairs:
            found.setdefault(pair, reason)
    if entries is None:
        return found
    return {pair: reason for pair, reason in found.items() if pair[1] in entries}


def field_of(contest: Contest, only: Collection[int] | None, judge_names: set[str]) -> Field:
    entries = contest.entries.all() if only is None else contest.entries.filter(pk__in=only)
    found = Field()
    for pk, school, district in entries.exclude(school=None).values_list("pk", "school", "school__district"):
        found.schools[school].add(pk)
        found.districts[district].add(pk)
    authors: dict[int, set[int]] = defaultdict(set)
    for model in (Author, Tutor):
        rows = model._default_manager.filter(entry__in=entries)
        for pk, person, name, school in rows.values_list("entry", "person", "person__name", "person__school"):
            found.persons[person].add(pk)
            found.names[name].add(pk)
            if school is not None:
                found.schools[school].add(pk)
            if model is Tutor:
                found.tutors[name, school].add(pk)
            else:
                authors[person].add(pk)
    earlier = Tutor._default_manager.filter(person__name__in=judge_names, entry__authors__person__in=authors)
    for name, school, person in (
        earlier.exclude(entry__contest=contest)
        .values_list("person__name", "person__school", "entry__authors__person")
        .distinct()
    ):
        found.earlier[name, school] |= authors.get(person, set())
    for pk, name, aliases in School.objects.filter(pk__in=found.schools).values_list("pk", "name", "aliases"):
        for word in (name, *aliases):
            found.called[plain(word)].add(pk)
    return found


def declared(judges: list[Judge], field: Field) -> Iterator[tuple[ConflictReason, list[Pair]]]:
    """Entries, schools and people that somebody said; sheets that say "recused", on paper too."""
    said: dict[str, list[Pair]] = {ConflictReason.RECUSAL: [], ConflictReason.SAID: []}
    pks = [one.pk for one in judges]
    recused = Sheet.objects.filter(assignment__judge__in=pks, state=SheetState.RECUSED)
    said[ConflictReason.RECUSAL] += recused.values_list("assignment__judge", "assignment__entry")
    rows = Conflict.objects.filter(judge__in=pks)
    for judge, entry, school, person, source in rows.values_list("judge", "entry", "school", "person", "source"):
        reason = ConflictReason.RECUSAL if source == ConflictSource.RECUSAL else ConflictReason.SAID
        here = {entry} if entry else field.schools.get(school, set()) | field.persons.get(person, set())
        said[reason] += [(judge, one) for one in here]
    for kind, pairs in said.items():
        yield ConflictReason(kind), pairs


def own_schools(judge: Judge, field: Field) -> set[int]:
    """The school that is named, and every school that the institution is called like."""
    return ({judge.school_id} - {None}) | field.called.get(plain(judge.institution), set())  # type: ignore[return-value]


def schools_called(judge: Judge) -> set[int]:
    """The judge's own schools among all that are here, whether or not they entered anything."""
    word = plain(judge.institution)
    rows = School.objects.values_list("pk", "name", "aliases") if word else []
    called = {pk for pk, name, aliases in rows if word in {plain(one) for one in (name, *aliases)}}
    return called if judge.school_id is None else called | {judge.school_id}


def pairs_by_school(judges: list[Judge], field: Field) -> Iterator[Pair]:
    for judge in judges:
        for school in own_schools(judge, field):
            yield from ((judge.pk, entry) for entry in field.schools.get(school, ()))


def pairs_by_tutor(
    judges: list[Judge], names: dict[int, str], tutors: dict[tuple[str, int | None], set[int]], field: Field
) -> Iterator[Pair]:
    """A judge is the tutor where name and school are the same; the name alone is a hint."""
    for judge in judges:
        for school in own_schools(judge, field) | ({judge.school_id} - {None}):
            yield from ((judge.pk, entry) for entry in tutors.get((names[judge.pk], school), ()))


def pairs_by_relation(judges: list[Judge], field: Field) -> Iterator[Pair]:
    for judge in judges:
        for name in split_names(judge.relations):
            yield from ((judge.pk, entry) for entry in field.names.get(name, ()))


def pairs_by_district(contest: Contest, judges: list[Judge], field: Field) -> Iterator[Pair]:
    if contest.settings.get("same_district_conflict"):
        for judge in judges:
            yield from ((judge.pk, entry) for entry in field.districts.get(judge.district_id, ()))  # type: ignore[arg-type]


def decided_pairs(judges: list[Judge]) -> Iterable[Pair]:
    rows = HintDecision.objects.filter(judge__in=[one.pk for one in judges], is_conflict=True)
    return rows.values_list("judge", "entry")


@dataclass(frozen=True)
class Hint:
    """A pair that looks like a conflict and is none by rule: a person decides."""

    judge: int
    entry: int
    kind: HintKind


def open_hints(contest: Contest) -> list[Hint]:
    """Those that nobody has decided yet and no rule decides, by judge and entry."""
    judges = list(contest.judges.filter(is_active=True).select_related("person"))
    field = field_of(contest, None, set())
    settled = conflicted_pairs(contest) | set(
        HintDecision.objects.filter(judge__contest=contest).values_list("judge", "entry")
    )
    found: dict[Pair, Hint] = {}
    for judge in judges:
        for kind, entries in hinted(judge, field):
            for entry in entries:
                if (judge.pk, entry) not in settled:
                    found.setdefault((judge.pk, entry), Hint(judge.pk, entry, kind))
    return [found[pair] for pair in sorted(found)]


def hinted(judge: Judge, field: Field) -> Iterator[tuple[HintKind, set[int]]]:
    yield HintKind.SAME_NAME, field.names.get(judge.person.name, set())
    said = plain(judge.relations)
    for name, entries in field.names.items() if said else ():
        if len(name) >= SHORTEST_NAME and plain(name) in said:
            yield HintKind.MENTIONED, entries
    if judge.institution and plain(judge.institution) not in field.called:
        for word in likest(judge.institution, list(field.called), ""):
            for school in field.called[word]:
                yield HintKind.LIKE_SCHOOL, field.schools.get(school, set())


def allowed_judges(contest: Contest, track_id: int) -> list[Judge]:
    """Judges of a track who have not declined: those who name it, and those who name none."""
    return [
        judge
        for judge in contest.judges.assignable().prefetch_related("tracks", "subjects")
        if not judge.tracks.all() or track_id in {track.pk for track in judge.tracks.all()}
    ]


@dataclass(frozen=True)
class Panels:
    """Which judges are meant for an entry, where its track has panels. Cross reviews are exempt: they link them."""

    rows: tuple[Panel, ...]
    known: dict[tuple[int | None, ...], frozenset[int] | None] = field(default_factory=dict)  # entries that are alike

    def judges_of(self, entry: Entry) -> frozenset[int] | None:
        """Those of all panels that mark it; None where all of the track may, since no panel marks it."""
        alike = (entry.track_id, entry.division_id, entry.subject_id)
        if alike not in self.known:
            mine = [panel for panel in self.rows if panel.marks(entry)]
            judges = frozenset(judge.pk for panel in mine for judge in panel.judges.all())
            self.known[alike] = judges if mine else None
        return self.known[alike]

    def is_meant(self, entry: Entry, judge: Judge) -> bool:
        judges = self.judges_of(entry)
        return judges is None or judge.pk in judges


def panels_of(contest: Contest, track_id: int | None = None) -> Panels:
    """Of one track, or of all."""
    rows = contest.panels.select_related("track", "division").prefetch_related("subjects", "judges__person")
    return Panels(tuple(rows.filter(track=track_id) if track_id else rows))

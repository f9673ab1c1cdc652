"""How far the judging has come, found without changing anything."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from competition.inspection import FileKind
from competition.models import Contest, Entry, MaterialKind
from competition.states import EntryState
from judging.conflicts import conflict_reasons
from judging.models import (
    Assignment,
    Draft,
    Judge,
    Question,
    Round,
    RoundEntry,
    Rubric,
    Sheet,
    Sorting,
)
from judging.models.sheet import ASIDE
from judging.states import Attendance, SheetState

PACE = timedelta(days=3)
LEAST_SHEETS, LEAST_TIME = 10, timedelta(hours=1)  # less says nothing about how it goes on


@dataclass(frozen=True)
class SheetCounts:
    """Complete sheets against those that the rubrics ask for; `assigned` counts pairs of judge and entry."""

    expected: int
    arrived: int
    missing: int
    assigned: int
    recused: int


Slots = dict[tuple[int, int], tuple[int, int]]


def slots_of(contest: Contest) -> Slots:
    """(round, entry) -> sheets wanted and criteria, of the entries that count, where judges mark."""
    rubrics = Rubric.objects.marked().filter(round__contest=contest).annotate(size=Count("criteria"))
    wanted = {(one.round_id, one.track_id): (one.reviews, one.size) for one in rubrics}
    taking_part = RoundEntry.objects.taking_part().filter(round__contest=contest, entry__state=EntryState.PASSED)
    return {
        (one, entry): wanted[one, track]
        for one, entry, track in taking_part.values_list("round", "entry", "entry__track")
        if (one, track) in wanted
    }


def complete_sheets(contest: Contest, slots: Slots) -> list[tuple[int, tuple[int, int]]]:
    """(assignment, slot) of each sheet that has arrived: one with a blank has not."""
    sheets = Sheet.objects.standing().filter(assignment__round__contest=contest).annotate(marked=Count("marks"))
    rows = sheets.order_by().values_list("assignment", "assignment__round", "assignment__entry", "marked")
    return [
        (assignment, (one, entry))
        for assignment, one, entry, marked in rows
        if (one, entry) in slots and marked == slots[one, entry][1]
    ]


def sheet_counts(contest: Contest) -> SheetCounts:
    slots = slots_of(contest)
    complete = Counter(slot for _, slot in complete_sheets(contest, slots))
    arrived = complete.total()
    missing = sum(max(reviews - complete[slot], 0) for slot, (reviews, _) in slots.items())
    assigned = Assignment.objects.filter(round__contest=contest).count()
    recused = Sheet.objects.filter(assignment__round__contest=contest, state=SheetState.RECUSED).count()
    return SheetCounts(arrived + missing, arrived, missing, assigned, recused)


def arrival_times(contest: Contest) -> list[datetime]:
    """When each sheet that has arrived was handed in first: a correction does not make it a late one."""
    there = {assignment for assignment, _ in complete_sheets(contest, slots_of(contest))}
    versions = Sheet.objects.filter(assignment__round__contest=contest, reason="").exclude(save_key__startswith=ASIDE)
    first = versions.exclude(state=SheetState.RECUSED).order_by().values("assignment").annotate(at=Min("submitted_at"))
    return sorted(one["at"] for one in first if one["assignment"] in there)


@dataclass(frozen=True)
class Short:
    """An entry that still lacks sheets. `assigned`: judges who have it and have not handed in."""

    entry: Entry
    round: Round
    wanted: int
    arrived: int
    assigned: int

    @property
    def has_nobody(self) -> bool:
        """More are wanted than anybody is asked for."""
        return self.arrived + self.assigned < self.wanted


def pairs_taking_part(contest: Contest) -> set[tuple[int, int]]:
    """(round, entry), without the absent."""
    return set(RoundEntry.objects.taking_part().filter(round__contest=contest).values_list("round", "entry"))


def absent_entries(contest: Contest) -> set[int]:
    """Those that did not come to a round in which their track is judged."""
    rows = RoundEntry.objects.filter(round__contest=contest, state=Attendance.ABSENT)
    return set(rows.filter(round__rubrics__track=F("entry__track")).values_list("entry", flat=True))


def entries_taking_part(rubric: Rubric) -> QuerySet[Entry]:
    """Of its track in its round, those that count, in their order."""
    places = rubric.round.round_entries.taking_part()
    rows = Entry.objects.filter(round_entries__in=places, track=rubric.track, state=EntryState.PASSED)
    return rows.order_by("order")


def waited_for(contest: Contest, *, judge: Judge | None = None) -> list[Assignment]:
    """Whose sheet is still expected: the judge is here and may, the entry counts and takes part, and nothing stands."""
    done = Sheet.objects.filter(state__in=[SheetState.SUBMITTED, SheetState.RECUSED]).values("assignment")
    rows = Assignment.objects.filter(round__contest=contest, entry__state=EntryState.PASSED)
    rows = rows.filter(judge__in=contest.judges.assignable()).exclude(pk__in=done)
    if judge is not None:
        rows = rows.filter(judge=judge)
    among = None if judge is None else {row.entry_id for row in rows}  # of one judge the rest need not be asked about
    conflicts, taking_part = conflict_reasons(contest, judge=judge, entries=among), pairs_taking_part(contest)
    return [
        row
        for row in rows
        if (row.judge_id, row.entry_id) not in conflicts and (row.round_id, row.entry_id) in taking_part
    ]


def late(contest: Contest) -> list[tuple[Judge, int]]:
    """Judges with the number of sheets that are still expected of them."""
    left = Counter(row.judge_id for row in waited_for(contest))
    judges = contest.judges.filter(pk__in=left).select_related("user", "person").order_by("code")
    return [(one, left[one.pk]) for one in judges]


def begun_sheets(contest: Contest) -> list[tuple[str, str]]:
    """(entry, judge) of what was typed and is neither handed in nor given up: a score that would be lost."""
    drafts = Draft.objects.with_words().filter(assignment__round__contest=contest)
    begun = set(drafts.values_list("assignment", flat=True))
    lost = [row.pk for row in waited_for(contest) if row.pk in begun] if begun else []
    return list(Assignment.objects.filter(pk__in=lost).values_list("entry__number", "judge__code"))


def open_reviews(contest: Contest) -> list[tuple[str, str]]:
    """(entry, judge) of every sheet that is still expected."""
    done = Sheet.objects.filter(state__in=[SheetState.SUBMITTED, SheetState.RECUSED]).values("assignment")
    rows = Assignment.objects.filter(round__contest=contest, entry__state=EntryState.PASSED).exclude(pk__in=done)
    if not rows.exists():  # as in most contests: then nobody's conflicts need be looked through
        return []
    waiting = Assignment.objects.filter(pk__in=[row.pk for row in waited_for(contest)])
    return list(waiting.values_list("entry__number", "judge__code"))


def entries_over(judge: Judge) -> list[str]:
    """Numbers of the judge's entries that have more sheets in a round than its rubric asks, in order."""
    sheets = Sheet.objects.standing().filter(assignment__round__contest=judge.contest_id)
    mine = sheets.filter(assignment__judge=judge).values("assignment__entry")
    counted = sheets.filter(assignment__entry__in=mine).values_list(
        "assignment__round", "assignment__entry__track", "assignment__entry__number"
    )
    rubrics = Rubric.objects.marked().filter(round__contest=judge.contest_id)
    wanted = {(one.round_id, one.track_id): one.reviews for one in rubrics}
    arrived = Counter(counted.order_by("assignment__entry__order"))
    over = (number for (of, track, number), sheets in arrived.items() if sheets > wanted.get((of, track), sheets))
    return list(dict.fromkeys(over))


def entries_short(contest: Contest) -> list[Short]:
    """Coverage: those whom nobody marks first, then by what is missing."""
    marked = Rubric.objects.marked().filter(round__contest=contest)
    rubrics = {(one.round_id, one.track_id): one.reviews for one in marked}
    arrived: Counter[tuple[int, int]] = Counter()
    sheets = Sheet.objects.standing().filter(assignment__round__contest=contest)
    for one, entry in sheets.order_by().values_list("assignment__round", "assignment__entry"):
        arrived[one, entry] += 1
    waiting = Counter((row.round_id, row.entry_id) for row in waited_for(contest))
    taking_part = RoundEntry.objects.taking_part().filter(round__contest=contest, entry__state=EntryState.PASSED)
    found = [
        Short(row.entry, row.round, wanted, arrived[key], waiting[key])
        for row in taking_part.select_related("entry__track", "round")
        if (wanted := rubrics.get((row.round_id, row.entry.track_id), 0)) > arrived[key := (row.round_id, row.entry_id)]
    ]
    return sorted(found, key=lambda one: (not one.has_nobody, one.arrived - one.wanted, one.entry.order))


def projected_finish(contest: Contest, *, at: datetime) -> datetime | None:
    """If it goes on as in the last three days; None where nothing came in by then."""
    since = at - PACE
    recent = Sheet.objects.standing().filter(assignment__round__contest=contest, submitted_at__gte=since)
    came, first = recent.count(), recent.order_by("submitted_at").values_list("submitted_at", flat=True).first()
    missing = sheet_counts(contest).missing
    if first is None or not missing or came < LEAST_SHEETS or at - first < LEAST_TIME:
        return None
    return at + (at - first) / came * missing


def reads_twice(contest: Contest) -> bool:
    """Whether two people read every sheet of paper."""
    return bool(contest.settings.get("paper_twice"))


def open_questions(contest: Contest) -> int:
    return Question.objects.filter(assignment__round__contest=contest, answered_at=None).count()


def judges_with_progress(contest: Contest) -> QuerySet[Judge]:
    """`assigned`, `arrived`, `recused` and `begun` (typed, not handed in) of every judge."""
    mine = "assignments__sheets"
    return (
        contest.judges.select_related("person", "school", "district")
        .prefetch_related("tracks")
        .annotate(
            assigned=Count("assignments", distinct=True),
            arrived=Count(mine, filter=Q(assignments__sheets__state=SheetState.SUBMITTED), distinct=True),
            recused=Count(mine, filter=Q(assignments__sheets__state=SheetState.RECUSED), distinct=True),
            begun=Count("assignments__draft", distinct=True),
            last=Max("assignments__sheets__submitted_at"),
        )
    )


def draft_of(assignment: Assignment) -> Draft | None:
    return Draft.objects.filter(assignment=assignment).first()


def picture_tracks(contest: Contest) -> set[int]:
    """Tracks such as 科幻画: judges get a picture of each work, and nothing that has to be there is anything else."""
    pictures, others = set(), set()
    kinds = MaterialKind.objects.filter(track__contest=contest, is_for_judges=True)
    for track, formats, is_required in kinds.values_list("track", "formats", "is_required"):
        if formats == [FileKind.IMAGE]:
            pictures.add(track)
        elif is_required:
            others.add(track)
    return pictures - others


def sorting_of(judge: Judge) -> dict[int, str]:
    """By assignment, what they have sorted."""
    rows = Sorting.objects.filter(assignment__judge=judge).order_by()
    return dict(rows.values_list("assignment", "sorted_as"))

"""Which judges may not mark which entries: found by rule and by declaration, in one place."""

from collections import defaultdict
from collections.abc import Iterable

from competition.models import Author, Contest, Entry, Tutor
from judging.models import Conflict, Judge


def conflicted_pairs(contest: Contest) -> set[tuple[int, int]]:
    """(judge, entry) as primary keys: declared, own school, own district where the contest says so.

    source   docs/rulebook.md "Who may not judge"
    """
    entries = list(contest.entries.only("pk", "school_id").select_related("school"))
    judges = list(contest.judges.all())
    declared = declared_pairs(contest, entries)
    same_district = bool(contest.settings.get("same_district_conflict"))
    found = set(declared)
    for judge in judges:
        for entry in entries:
            own_school = judge.school_id is not None and judge.school_id == entry.school_id
            own_district = (
                same_district
                and judge.district_id is not None
                and entry.school is not None
                and judge.district_id == entry.school.district_id
            )
            if own_school or own_district:
                found.add((judge.pk, entry.pk))
    return found


def declared_pairs(contest: Contest, entries: Iterable[Entry]) -> set[tuple[int, int]]:
    by_school: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.school_id:
            by_school[entry.school_id].append(entry.pk)
    by_person: dict[int, list[int]] = defaultdict(list)
    for entry_pk, people in people_by_entry(contest).items():
        for person in people:
            by_person[person].append(entry_pk)
    found = set()
    for conflict in Conflict.objects.filter(judge__contest=contest):
        if conflict.entry_id:
            found.add((conflict.judge_id, conflict.entry_id))
        elif conflict.school_id:
            found |= {(conflict.judge_id, entry) for entry in by_school[conflict.school_id]}
        elif conflict.person_id:
            found |= {(conflict.judge_id, entry) for entry in by_person[conflict.person_id]}
    return found


def people_by_entry(contest: Contest) -> dict[int, set[int]]:
    """The people of each entry: authors and tutors."""
    people: dict[int, set[int]] = defaultdict(set)
    for model in (Author, Tutor):
        for entry, person in model._default_manager.filter(entry__contest=contest).values_list("entry", "person"):
            people[entry].add(person)
    return people


def allowed_judges(contest: Contest, track_id: int) -> list[Judge]:
    """Judges of a track: those who name it, and those who name none."""
    return [
        judge
        for judge in contest.judges.prefetch_related("tracks")
        if not judge.tracks.all() or track_id in {track.pk for track in judge.tracks.all()}
    ]

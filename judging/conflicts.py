"""Which judges may not mark which entries: found by rule and by declaration, in one place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from competition.models import Author, Contest, Tutor
from judging.models import Conflict, Judge

Pair = tuple[int, int]


def conflicted_pairs(contest: Contest) -> set[Pair]:
    """(judge, entry) as primary keys: declared, own school, own district where the contest says so.

    source   docs/rulebook.md "Who may not judge"
    """
    by_school: dict[int, list[int]] = defaultdict(list)
    by_district: dict[int, list[int]] = defaultdict(list)
    rows = contest.entries.exclude(school=None).values_list("pk", "school", "school__district")
    for entry, school, district in rows:
        by_school[school].append(entry)
        by_district[district].append(entry)
    same_district = bool(contest.settings.get("same_district_conflict"))
    found = set(declared_pairs(contest, by_school))
    for judge, own_school, own_district in contest.judges.values_list("pk", "school", "district"):
        found |= {(judge, entry) for entry in by_school.get(own_school, ())}
        if same_district:
            found |= {(judge, entry) for entry in by_district.get(own_district, ())}
    return found


def declared_pairs(contest: Contest, by_school: Mapping[int, Sequence[int]]) -> Iterator[Pair]:
    by_person = entries_by_person(contest)
    conflicts = Conflict.objects.filter(judge__contest=contest)
    for judge, entry, school, person in conflicts.values_list("judge", "entry", "school", "person"):
        if entry is not None:
            yield judge, entry
        yield from ((judge, one) for one in by_school.get(school, ()))
        yield from ((judge, one) for one in by_person.get(person, ()))


def entries_by_person(contest: Contest) -> dict[int, list[int]]:
    """The entries that a person has as author or tutor."""
    found: dict[int, list[int]] = defaultdict(list)
    for model in (Author, Tutor):
        for entry, person in model._default_manager.filter(entry__contest=contest).values_list("entry", "person"):
            found[person].append(entry)
    return found


def allowed_judges(contest: Contest, track_id: int) -> list[Judge]:
    """Judges of a track: those who name it, and those who name none."""
    return [
        judge
        for judge in contest.judges.filter(is_active=True).prefetch_related("tracks")
        if not judge.tracks.all() or track_id in {track.pk for track in judge.tracks.all()}
    ]

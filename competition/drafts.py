"""Rows as plain drafts and terms for the core, and back: one place for what an entry says and what is asked of it."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from competition.core.cells import text_of
from competition.core.entering import EntryDraft, PersonDraft, Shortfall, Terms, shortfalls, unknown_school
from competition.models import ALIVE, Author, Contest, Entry, Quota, School, Track
from competition.states import EntryState

Taken = dict[tuple[str, str, str], tuple[str, ...]]


def draft_of(entry: Entry) -> EntryDraft:
    """What the entry says now: as typed while it is with its school, else from its rows."""
    typed = entry.draft or typed_from_rows(entry)
    schools = schools_named(typed, entry.school)
    counted: dict[str, int] = defaultdict(int)
    for code in entry.materials.filter(is_removed=False).values_list("kind__code", flat=True):
        counted[code] += 1
    return EntryDraft(
        title=entry.title,
        division=entry.division.code if entry.division else "",
        subject=entry.subject.word if entry.subject else "",
        abstract=entry.abstract,
        finished_on=entry.finished_on,
        lower_contest=entry.lower_contest,
        group_name=entry.group_name,
        authors=tuple(person_draft(one, entry.school, schools) for one in typed.get("authors", ())),
        tutors=tuple(person_draft(one, entry.school, schools) for one in typed.get("tutors", ())),
        materials=dict(counted),
        pledges=frozenset(typed.get("pledges", ())),
    )


def typed_from_rows(entry: Entry) -> dict[str, Any]:
    """Authors, tutors and pledges in the form's words."""
    own = entry.school_id
    return {
        "authors": [
            {
                "name": one.person.name,
                "code": one.person.code,
                "school": one.person.school.name if one.person.school and one.person.school_id != own else "",
                "grade": one.grade,
                "born_on": one.born_on.isoformat() if one.born_on else "",
            }
            for one in entry.authors.select_related("person__school")
        ],
        "tutors": [
            {
                "name": one.person.name,
                "school": one.person.school.name if one.person.school and one.person.school_id != own else "",
                "stage": one.stage,
            }
            for one in entry.tutors.select_related("person__school")
        ],
        "pledges": pledges_given(entry),
    }


def pledges_given(entry: Entry) -> list[str]:
    """Those that stand in what was handed in last."""
    last = entry.submissions.order_by("-version").first()
    return list(last.content.get("pledges", ())) if last else []


def schools_named(typed: dict[str, Any], own: School | None) -> dict[str, School]:
    """The schools that people of a draft attend or teach at. Of several with one name the entry's own comes first,
    then the one of its district; beyond that none is guessed."""
    names = {school_name(one) for part in ("authors", "tutors") for one in typed.get(part, ())} - {""}
    found: dict[str, list[School]] = defaultdict(list)
    for school in School.objects.filter(name__in=names) if names else ():
        found[school.name].append(school)
    chosen = {name: nearest_of(schools, own) for name, schools in found.items()}
    if own is not None:
        chosen |= dict.fromkeys((own.name, *own.aliases), own)
    return {name: school for name, school in chosen.items() if school is not None}


def nearest_of(schools: list[School], own: School | None) -> School | None:
    if len(schools) == 1:
        return schools[0]
    near = [one for one in schools if own is not None and one.district_id == own.district_id]
    return near[0] if len(near) == 1 else None


def school_name(typed: dict[str, Any]) -> str:
    return text_of(typed.get("school") or "")


def person_draft(typed: dict[str, Any], own: School | None, schools: dict[str, School]) -> PersonDraft:
    """A school that is not known keeps its name, marked, as its key, so that it never is the entry's own."""
    name = school_name(typed)
    other = schools.get(name)
    is_own = not name or (other is not None and own is not None and other.pk == own.pk)
    area = own.district_id if is_own and own else other.district_id if other else ""
    return PersonDraft(
        name=typed.get("name") or "",
        code=typed.get("code") or "",
        school="" if is_own else other.key if other else unknown_school(name),
        area=str(area) if is_own or other else unknown_school(name),
        grade=typed.get("grade"),
        born_on=date.fromisoformat(typed["born_on"]) if typed.get("born_on") else None,
        stage=typed.get("stage") or "",
    )


def terms_of(entry: Entry, draft: EntryDraft) -> Terms:
    """The rules for this entry, with what other entries have taken already."""
    return terms_for(entry.contest, entry.track, taken(entry, draft), places_left(entry, draft))


def terms_for(contest: Contest, track: Track, taken: Taken, left: int | None) -> Terms:
    """The rules of a track."""
    return Terms(
        is_group=track.is_group,
        max_authors=track.max_authors,
        max_tutors=track.max_tutors,
        min_age=track.min_age,
        max_age=track.max_age,
        has_abstract=track.has_abstract,
        abstract_most=track.abstract_most,
        asks_lower_contest=track.asks_lower_contest,
        divisions=tuple(contest.divisions.values_list("code", flat=True)),
        subjects={one.word: one.level for one in contest.subjects.all()} if track.asks_subject else {},
        team_same_stage=contest.team_same_stage,
        team_same_area=contest.team_same_area,
        tutor_same_stage=contest.tutor_same_stage,
        tutor_same_area=contest.tutor_same_area,
        work_since=contest.work_since,
        work_until=contest.work_until,
        materials={one.code: one.label for one in track.material_kinds.all() if one.is_required},
        pledges={one.code: one.label for one in contest.pledges.all() if one.is_required},
        entries_per_student=contest.entries_per_student,
        taken=taken,
        left=left,
        is_nomination=contest.is_award,
    )


def taken(entry: Entry, draft: EntryDraft) -> Taken:
    """Which other entries of the contest the authors are in, across schools."""
    names = [one.name for one in draft.authors if one.name]
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    rows = Author.objects.filter(entry__contest=entry.contest, entry__state__in=ALIVE, person__name__in=names)
    for name, school, school_id, code, number, title in rows.exclude(entry=entry).values_list(
        "person__name", "person__school__key", "person__school", "person__code", "entry__number", "entry__title"
    ):
        key = (name, "" if school_id == entry.school_id else school or "", code)
        found[key].append(f"{number} {title}".strip())
    return {key: tuple(labels) for key, labels in found.items()}


def school_quotas(contest: Contest, school: School, track: Track, division: str) -> list[Quota]:
    """Those that this entry counts against at its school's submission."""
    quotas = contest.quotas.filter(school=school).filter(Q(track=None) | Q(track=track))
    return [one for one in quotas.select_related("division") if one.division is None or one.division.code == division]


def places_left(entry: Entry, draft: EntryDraft) -> int | None:
    """Of the school's own quotas; those of its unit are kept when the unit recommends."""
    if entry.school is None:
        return None
    left = [
        quota.most - counted(quota, Entry.objects.filter(school=entry.school).exclude(pk=entry.pk))
        for quota in school_quotas(entry.contest, entry.school, entry.track, draft.division)
    ]
    return min(left, default=None)


def counted(quota: Quota, entries: Any) -> int:
    """Entries that count against a quota already."""
    alive = entries.filter(contest=quota.contest, state__in=ALIVE)
    if quota.track_id:
        alive = alive.filter(track=quota.track_id)
    return int((alive.filter(division=quota.division_id) if quota.division_id else alive).count())


def lacking(entry: Entry, *, today: date) -> list[Shortfall]:
    draft = draft_of(entry)
    return shortfalls(draft, terms_of(entry, draft), today=today)


def is_with_school(entry: Entry) -> bool:
    return entry.state in (EntryState.DRAFT, EntryState.RETURNED)

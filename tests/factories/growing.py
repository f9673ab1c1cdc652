"""A contest that grows: so many of everything that a page may list, as rows, behind the services' backs."""

from typing import Any

from competition.models import (
    Announcement,
    Author,
    Contest,
    District,
    Division,
    Entry,
    Material,
    MaterialKind,
    Person,
    Quota,
    Review,
    Role,
    School,
    Submission,
    Track,
    Tutor,
    User,
)
from competition.states import ContestState, EntryState, ReviewStep, RoleKind, SchoolState, Verdict
from judging.models import Judge
from tests.factories.entering import NOW, SHA, Open

STATES = [one for one in EntryState if one != EntryState.DRAFT]


def grow(made: Open, more: range) -> None:
    """Numbers name the rows, so that a later range adds to an earlier one."""
    grow_places(made, more)
    grow_contests(made, more)
    grow_tracks(made, more)
    grow_entries(made, more)
    grow_first_entry(made, more)
    Announcement.objects.bulk_create(
        Announcement(contest=made.contest, title=f"通知{n}", body="……", at=NOW) for n in more
    )


def grow_places(made: Open, more: range) -> None:
    """Units, schools that say nothing and schools that wait, each with its people."""
    unit = made.units["东区"]
    units = District.objects.bulk_create(District(label_zh=f"第{n}区") for n in more)
    silent = School.objects.bulk_create(School(district=unit, name=f"无声{n}小学") for n in more)
    School.objects.bulk_create(
        School(district=one, name=f"待批{n}小学", state=SchoolState.PENDING) for n, one in zip(more, units, strict=True)
    )
    users = User.objects.bulk_create(User(username=f"g{n}", name=f"管理员{n}", password="!") for n in more)
    roles = [Role(user=one, kind=RoleKind.SCHOOL, school=school) for one, school in zip(users, silent, strict=True)]
    roles += [Role(user=one, kind=RoleKind.DISTRICT, district=place) for one, place in zip(users, units, strict=True)]
    roles += [Role(user=made["东区"], kind=RoleKind.DISTRICT, district=place) for place in units]
    roles += [Role(user=made["晴川一中"], kind=RoleKind.SCHOOL, school=school) for school in silent]
    Role.objects.bulk_create(roles)


def grow_contests(made: Open, more: range) -> None:
    """Other editions that take entries, each with one of the school; the stranger judges and votes in all of them."""
    contests = [
        Contest(series=made.contest.series, year=3000 + n, label_zh=f"小赛{n}", secret=b"x" * 32, as_of=NOW,
                state=ContestState.ENTRY, opens_at=NOW)
        for n in more
    ]  # fmt: skip
    Contest.objects.bulk_create(contests)
    tracks = Track.objects.bulk_create(Track(contest=one, code="t", label_zh="创新", order=1) for one in contests)
    Entry.objects.bulk_create(
        Entry(contest=one.contest, track=one, school=made.schools["晴川一中"], order=1, title="别届作品",
              number="A001", state=EntryState.PASSED)
        for one in tracks
    )  # fmt: skip
    people = Person.objects.bulk_create(Person(kind="judge", name=f"评委{n}") for n in more)
    stranger = made["stranger"]
    Judge.objects.bulk_create(
        Judge(contest=one, person=person, user=stranger, code="J1")
        for one, person in zip(contests, people, strict=True)
    )
    Judge.objects.bulk_create(
        Judge(contest=made.contest, person=person, code=f"J{n}") for n, person in zip(more, people, strict=True)
    )
    kinds = (RoleKind.JUDGE, RoleKind.COMMITTEE)
    Role.objects.bulk_create(Role(user=stranger, kind=kind, contest=one) for one in contests for kind in kinds)
    Role.objects.bulk_create(Role(user=made["host"], kind=RoleKind.ORGANISER, contest=one) for one in contests)


def grow_tracks(made: Open, more: range) -> None:
    """Tracks with what they ask for, and a quota of the unit and of the school in each."""
    tracks = Track.objects.bulk_create(
        Track(contest=made.contest, code=f"t{n}", label_zh=f"赛项{n}", order=10 + n) for n in more
    )
    MaterialKind.objects.bulk_create(
        MaterialKind(track=one, code="report", order=1, label_zh="报告", formats=["pdf"]) for one in tracks
    )
    unit, school = made.units["东区"], made.schools["晴川一中"]
    Quota.objects.bulk_create(
        Quota(contest=made.contest, track=one, most=9, **place)
        for one in tracks
        for place in ({"district": unit, "team_percent": 50}, {"school": school})
    )


def grow_entries(made: Open, more: range) -> None:
    """In every state, with two authors, a tutor, a file, a receipt and a review each, in the track of its number."""
    tracks = {one.code: one for one in made.contest.tracks.all()}
    division = Division.objects.filter(contest=made.contest)[0]
    school = made.schools["晴川一中"]
    entries = Entry.objects.bulk_create(
        Entry(contest=made.contest, track=tracks[f"t{n}"], division=division, school=school, order=1000 * at + n,
              number=f"{state}{n}", title=f"{state}{n}号作品", state=state, submitted_at=NOW)
        for at, state in enumerate(STATES, 1)
        for n in more
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(contest=made.contest, track=tracks[f"t{n}"], school=school, order=n, title=f"{n}号草稿",
              draft={"authors": [{"name": f"草稿{n}", "school": f"无声{n}小学"}], "tutors": [], "pledges": []})
        for n in more
    )  # fmt: skip
    students, tutors = (
        Person.objects.bulk_create(Person(kind=kind, name=f"{one.number}{kind}", school=school) for one in entries)
        for kind in ("student", "tutor")
    )
    seconds = Person.objects.bulk_create(
        Person(kind="student", name=f"{one.number}二", school=made.schools["晴川二中"]) for one in entries
    )
    for order, people in enumerate((students, seconds), 1):
        Author.objects.bulk_create(
            Author(entry=one, person=person, order=order, grade=5) for one, person in zip(entries, people, strict=True)
        )
    Tutor.objects.bulk_create(
        Tutor(entry=one, person=person, order=1) for one, person in zip(entries, tutors, strict=True)
    )
    for one in entries:
        grow_entry(made, one, range(1))


def grow_first_entry(made: Open, more: range) -> None:
    """One entry that went to and fro, and brought many files."""
    grow_entry(made, first_entry(made), range(more.start + 1, more.stop + 1))


def first_entry(made: Open) -> Entry:
    return made.contest.entries.get(number=f"{EntryState.RETURNED}0")


def grow_entry(made: Open, entry: Entry, more: range) -> None:
    kind = entry.track.material_kinds.all()[0]
    said: dict[str, Any] = {"size": 10, "sha256": SHA, "added_at": NOW, "added_by": made["晴川一中"]}
    Material.objects.bulk_create(Material(entry=entry, kind=kind, name=f"报告{n}.pdf", **said) for n in more)
    Review.objects.bulk_create(
        Review(
            entry=entry, step=ReviewStep.OFFICE, verdict=Verdict.RETURNED, text="请改正。", at=NOW, by=made["office"]
        )
        for n in more
    )
    Submission.objects.bulk_create(
        Submission(entry=entry, version=n + 1, at=NOW, by=made["晴川一中"], content={"pledges": []}, digest="")
        for n in more
    )

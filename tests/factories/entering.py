"""A small contest that takes entries: two districts, three schools, three tracks, and everyone who acts in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import override

from competition import events
from competition.errors import Refused
from competition.models import (
    Contest,
    District,
    Entry,
    Event,
    Material,
    MaterialKind,
    Pledge,
    Quota,
    Role,
    School,
    Submission,
    Track,
    User,
)
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_divisions, save_tracks
from competition.services.entering import save_draft, start_entry, submit_entry
from competition.services.places import save_places
from competition.services.reviewing import review_entry
from competition.states import ContestState, PledgeBy, ReviewStep, RoleKind, Verdict
from tests.factories.contests import MINT
from tests.factories.replay import replayed

# In Shanghai: from 1 March to the end of 1 April; units until the end of 11 April.
OPENS = datetime(2026, 2, 28, 16, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)
CLOSES = datetime(2026, 4, 1, 16, tzinfo=UTC)
UNIT_CLOSES = datetime(2026, 4, 11, 16, tzinfo=UTC)
TICK = timedelta(microseconds=1)
BEFORE: dict[str, Any] = {"by": None, "at": OPENS - timedelta(days=30)}
PLACES = [("东区", "", "晴川一中", ""), ("东区", "", "晴川二中", ""), ("西区", "", "西山中学", "")]
SHA = "0" * 64


@dataclass
class Open:
    """Rows of the open contest, by what people call them."""

    contest: Contest
    schools: dict[str, School] = field(default_factory=dict)
    units: dict[str, District] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    kinds: dict[str, MaterialKind] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, who: str) -> User:
        return self.users[who]

    def teacher(self, school: str) -> User:
        return self.users[school]


@replayed
def open_contest() -> Open:
    """The contest as it takes entries."""
    details = ContestDetails(name="小赛", series="小赛", year=2026, ordinal=1, as_of=OPENS)
    made = Open(save_contest(details=details, mint=MINT, has_verification=False, **BEFORE))
    places = save_places(places=PLACES, mint=MINT, **BEFORE)
    made.schools = {name: school for (_, name), school in places.items()}
    made.units = {school.district.label_zh: school.district for school in made.schools.values()}
    save_divisions(contest=made.contest, names=[("primary", "小学", ""), ("junior", "初中", "")], **BEFORE)
    ask_for_entries(made)
    make_accounts(made)
    return made


def ask_for_entries(made: Open) -> None:
    contest = made.contest
    names = [TrackDetails("创新", "Innovation"), TrackDetails("实践", "Practice", is_group=True),
             TrackDetails("科幻画", "Paintings", max_authors=1)]  # fmt: skip
    made.tracks = save_tracks(contest=contest, tracks=names, **BEFORE)
    Track.objects.filter(pk=made.tracks["科幻画"].pk).update(min_age=5, max_age=14)
    innovation = made.tracks["创新"]
    made.kinds = {
        "report": MaterialKind.objects.create(
            track=innovation, code="report", order=1, label_zh="研究报告", formats=["pdf"], max_mb=1, max_files=2
        ),
        "photos": MaterialKind.objects.create(
            track=innovation, code="photos", order=2, label_zh="照片", formats=["image"], max_mb=1, is_required=False,
            is_for_judges=False,
        ),
    }  # fmt: skip
    for order, (code, is_required) in enumerate({"integrity": True, "publishing": False}.items(), 1):
        Pledge.objects.create(contest=contest, order=order, code=code, label_zh=code, text_zh="……",
                              by=PledgeBy.AUTHOR, is_required=is_required)  # fmt: skip
    rules = {"state": ContestState.ENTRY, "opens_at": OPENS, "closes_at": CLOSES, "unit_closes_at": UNIT_CLOSES,
             "grace_minutes": 30, "contact": "科协 0550-1234567"}  # fmt: skip
    ruled(made, **rules)
    for track in made.tracks.values():
        track.refresh_from_db()


def ruled(made: Open, **rules: Any) -> Contest:
    """Fields of the contest that differ, set behind the services' backs."""
    Contest.objects.filter(pk=made.contest.pk).update(**rules)
    made.contest.refresh_from_db()
    return made.contest


def make_accounts(made: Open) -> None:
    """Everyone in two statements: what the services of accounts do is tested by itself."""
    roles: dict[str, dict[str, Any] | None] = {
        "office": {"kind": RoleKind.ORGANISER},
        "host": {"kind": RoleKind.ORGANISER, "contest": made.contest},
        "stranger": None,
        **{name: {"kind": RoleKind.SCHOOL, "school": school} for name, school in made.schools.items()},
        **{name: {"kind": RoleKind.DISTRICT, "district": unit} for name, unit in made.units.items()},
    }
    users = User.objects.bulk_create(User(username=f"u{n}", name=name, password="!") for n, name in enumerate(roles))
    made.users = {one.name: one for one in users}
    Role.objects.bulk_create(Role(user=made.users[name], **role) for name, role in roles.items() if role)


def give_quota(made: Open, most: int, **place: Any) -> Quota:
    return Quota.objects.create(contest=made.contest, most=most, **place)


def changes_for(title: str, track: str = "创新", **more: Any) -> dict[str, Any]:
    """What a complete draft says; its author is named after it."""
    author = {"name": f"{title}作者", "grade": 5}
    usual: dict[str, Any] = {"title": title, "division": "primary", "abstract": "它自己浇花。",
                             "authors": [author], "tutors": [{"name": "王老师"}], "pledges": ["integrity"]}  # fmt: skip
    if track == "实践":
        usual |= {"authors": [], "group_name": f"{title}小组"}
    if track == "科幻画":
        usual["authors"] = [author | {"born_on": date(2015, 5, 1).isoformat()}]
    return usual | more


def begun(made: Open, title: str = "浇花器", school: str = "晴川一中", track: str = "创新", *, at: datetime = NOW,
          **more: Any) -> Entry:  # fmt: skip
    """A complete draft, its file named and not sent."""
    by = made.teacher(school)
    entry = start_entry(contest=made.contest, school=made.schools[school], track=made.tracks[track], by=by, at=at)
    if track == "创新":
        named(made, entry, by=by)
    save_draft(entry=entry, changes=changes_for(title, track, **more), by=by, at=at)
    return again(entry)


def start(made: Open, *, by: Any = None, school: str = "晴川一中", at: datetime = NOW) -> Entry:
    """By the service, with nothing typed yet."""
    return start_entry(
        contest=made.contest,
        school=made.schools[school],
        track=made.tracks["创新"],
        by=by or made.teacher(school),
        at=at,
    )


def named(made: Open, entry: Entry, *, by: User) -> Material:
    """The file that is asked for, named and not sent: as a row, since naming is tested by itself."""
    return Material.objects.create(
        entry=entry, kind=made.kinds["report"], name="报告.pdf", size=10, sha256=SHA, added_at=NOW, added_by=by
    )


def handed_in(made: Open, title: str = "浇花器", school: str = "晴川一中", track: str = "创新", *, at: datetime = NOW,
              **more: Any) -> Entry:  # fmt: skip
    entry = begun(made, title, school, track, at=at, **more)
    submit_entry(entry=entry, by=made.teacher(school), at=at)
    return again(entry)


def submitted_again(made: Open, entry: Entry, at: datetime = NOW) -> Submission:
    return submit_entry(entry=entry, by=made.teacher(str(entry.school)), at=at)


def unit_says(made: Open, entry: Entry, verdict: Verdict = Verdict.RECOMMENDED, *, at: datetime = NOW,
              **more: Any) -> Entry:  # fmt: skip
    more = {"by": made[entry.school.district.label_zh], "text": "请改正。"} | more
    review_entry(entry=entry, step=ReviewStep.UNIT, verdict=verdict, at=at, **more)
    return again(entry)


def office_says(made: Open, entry: Entry, verdict: Verdict = Verdict.PASSED, *, at: datetime = NOW,
                **more: Any) -> Entry:  # fmt: skip
    more = {"by": made["office"], "text": "请改正。"} | more
    review_entry(entry=entry, step=ReviewStep.OFFICE, verdict=verdict, at=at, **more)
    return again(entry)


def recommended(made: Open, title: str = "浇花器", school: str = "晴川一中", **more: Any) -> Entry:
    return unit_says(made, handed_in(made, title, school, **more))


def again(entry: Entry) -> Entry:
    """As the next request finds it."""
    return Entry.objects.select_related("contest", "track", "division", "school__district").get(pk=entry.pk)


def put(entry: Entry, **fields: Any) -> Entry:
    """Behind the services' backs."""
    Entry.objects.filter(pk=entry.pk).update(**fields)
    return again(entry)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that this part of the product may write."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("competition").get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)} ORDER BY 1")
            found[model._meta.label] = cursor.fetchall()
    return found


@contextmanager
def refusal(code: str) -> Iterator[list[Refused]]:
    """Refused with this code and a whole sentence, and not a row is written, event or other."""
    before, found = everything(), []
    with pytest.raises(Refused) as caught:
        yield found
    found.append(caught.value)
    denial = caught.value.denial
    assert denial.code == code
    for language in ("zh-hans", "en"):
        with override(language):
            assert denial.message
            assert "%(" not in denial.message
    assert not [text for text in denial.fields.values() if "%(" in text or not text]
    assert everything() == before


@contextmanager
def recorded(*actions: str) -> Iterator[None]:
    """Exactly these events are written, in this order, and the chains hold."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    rows = Event.objects.filter(pk__gt=last).order_by("pk")
    assert list(rows.values_list("action", flat=True)) == list(actions)
    for contest in [None, *Contest.objects.all()]:
        assert events.first_broken(contest) is None

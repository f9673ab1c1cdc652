"""The 361 entries of the city's contest, and who stands behind them."""

import random
from dataclasses import dataclass, field
from typing import Any

from awards.demo import words
from awards.demo.chance import bell, pick, stream
from awards.demo.names import People, Person
from awards.demo.schools import School, pick_school, schools
from awards.demo.titles import Titles, grammar

INNOVATION, IDEAS, PRACTICE, PAINTING = (
    "青少年科技创新项目",
    "青少年科技创意项目",
    "青少年科技实践项目",
    "少儿科幻画",
)


@dataclass(frozen=True)
class TrackPlan:
    """How many entries, their prefix, the key of their titles, shares of divisions and of team sizes."""

    name: str
    count: int
    prefix: str
    key: str
    divisions: tuple[tuple[str, float], ...]
    sizes: tuple[tuple[int, float], ...]
    tutors: tuple[tuple[int, float], ...]


TRACKS = (
    TrackPlan(
        INNOVATION, 117, "CX", "innovation", (("小学", 40), ("初中", 34), ("高中", 36), ("中职", 7)),
        ((1, 58), (2, 24), (3, 18)), ((0, 9), (1, 58), (2, 33)),
    ),
    TrackPlan(
        IDEAS, 89, "CY", "ideas", (("小学", 50), ("初中", 28), ("高中", 11)),
        ((1, 76), (2, 15), (3, 9)), ((0, 14), (1, 70), (2, 16)),
    ),
    TrackPlan(
        PRACTICE, 32, "SJ", "practice", (("小学", 16), ("初中", 11), ("高中", 5)), ((0, 1),), ((1, 40), (2, 60)),
    ),
    TrackPlan(PAINTING, 123, "KH", "painting", (("小学", 99), ("幼儿园", 24)), ((1, 1),), ((1, 1),)),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An entry as it will stand in the workbook; `merit` is what judges try to see."""

    number: str
    track: str
    division: str
    title: str
    title_en: str
    subject: str
    abstract: str
    school: School
    authors: tuple[Person, ...]
    tutors: tuple[Person, ...]
    group_name: str
    merit: float

    def row(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "title_en": self.title_en,
            "track": self.track,
            "division": self.division,
            "subject": self.subject,
            "school": self.school.name,
            "district": self.school.district,
            "authors": tuple(person.name for person in self.authors),
            "tutors": tuple(person.name for person in self.tutors),
            "group_name": self.group_name,
            "state": "passed",
            "摘要": self.abstract,
        }


@dataclass
class City:
    """The schools and people of a seed, and what is handed out of them."""

    seed: int
    schools: list[School] = field(default_factory=list)
    tutors: dict[str, list[Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.schools = schools(stream(self.seed, "schools"))
        self.people = People(stream(self.seed, "people"))
        self.titles = Titles(stream(self.seed, "titles"))
        rng = stream(self.seed, "tutors")
        for one in self.schools:
            count = 2 + int(2 * one.weight) + rng.randint(0, 2)
            self.tutors[one.name] = [self.people.new(one.name, "tutor") for _ in range(count)]

    def some_tutors(self, rng: random.Random, at: School, count: int) -> tuple[Person, ...]:
        return tuple(rng.sample(self.tutors[at.name], count))


def entries(city: City) -> list[Entry]:
    """All entries, by track, division, district and school, numbered in that order within a track."""
    rng = stream(city.seed, "entries")
    return [entry for plan in TRACKS for entry in track_entries(rng, city, plan)]


def track_entries(rng: random.Random, city: City, plan: TrackPlan) -> list[Entry]:
    divisions = [division for division, count in plan.divisions for _ in range(int(count))]
    order = {one.name: place for place, one in enumerate(city.schools)}
    places = [(division, pick_school(rng, city.schools, division)) for division in divisions]
    stages = [division for division, _ in plan.divisions]
    places.sort(key=lambda place: (stages.index(place[0]), order[place[1].name]))
    featured = [list(one) for one in grammar()["featured"]] if plan.key == "innovation" else []
    found = []
    for index, (division, at) in enumerate(places, 1):
        known = next((one for one in featured if one[2] == division), None)
        if known and rng.random() < 0.3:
            featured.remove(known)
        else:
            known = None
        found.append(one_entry(rng, city, plan, f"{plan.prefix}{index:03d}", division, at, known))
    return found


def one_entry(
    rng: random.Random, city: City, plan: TrackPlan, number: str, division: str, at: School, known: list[str] | None
) -> Entry:
    """known   title, English title, division and subject where they are given"""
    subject = known[3] if known else subject_of(rng, plan, division)
    authors = tuple(city.people.student(at.name) for _ in range(pick(rng, plan.sizes)))
    return Entry(
        number,
        plan.name,
        division,
        known[0] if known else city.titles.new(at.district, *title_path(plan.key, division, subject)),
        known[1] if known else "",
        subject,
        city.titles.abstract(at.district, abstract_kind(plan.key, subject)),
        at,
        authors,
        city.some_tutors(rng, at, pick(rng, plan.tutors)),
        at.name + rng.choice(grammar()["groups"][division]) if plan.key == "practice" else "",
        bell(rng),
    )


def subject_of(rng: random.Random, plan: TrackPlan, division: str) -> str:
    """Only innovation projects are entered under a subject."""
    if plan.key != "innovation":
        return ""
    return pick(rng, words.PRIMARY_SUBJECTS if division == "小学" else words.SECONDARY_SUBJECTS)


def abstract_kind(key: str, subject: str) -> str:
    """Of innovation projects some are things that were made, the others studies."""
    if key != "innovation":
        return key
    return "made" if subject in ("技术与设计", "工程学", "计算机科学") else "study"


def title_path(key: str, division: str, subject: str) -> tuple[str, ...]:
    return {
        "innovation": ("innovation", subject),
        "ideas": ("ideas", division),
        "practice": ("practice",),
        "painting": ("painting", division),
    }[key]

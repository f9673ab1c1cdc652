"""The delegation of the spring to the province's contest: 66 entries, 1 first, 20 second, 42 third prizes."""

import random
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from awards.demo.chance import pick, stream
from awards.demo.entries import IDEAS, INNOVATION, PAINTING, City, Entry
from awards.demo.names import Person
from awards.demo.schools import School

CONTEST = "2017年安徽省青少年科技创新大赛"
CONTEST_EN = "2017 Anhui Youth Science and Technology Innovation Contest"
HELD_ON = "2017-04-16"
RESULTS, INVENTION, PAINTINGS, ACTIVITIES = "青少年科技创新成果", "科技创意", "少儿科幻画", "科技实践活动"
FIRST, SECOND, THIRD = "一等奖", "二等奖", "三等奖"
PRIZES = (
    (RESULTS, ((FIRST, 1), (SECOND, 11), (THIRD, 17), ("", 1))),
    (INVENTION, ((SECOND, 5), (THIRD, 6), ("", 1))),
    (PAINTINGS, ((SECOND, 3), (THIRD, 10), ("", 1))),
    (ACTIVITIES, ((SECOND, 1), (THIRD, 9))),
)
STAGES = {
    RESULTS: ("小学", "初中", "高中"),
    INVENTION: ("小学", "初中"),
    PAINTINGS: ("小学",),
    ACTIVITIES: ("小学", "初中", "高中"),
}
BACK_AGAIN = 0.45  # share of the delegation's authors who enter the city's contest again in the autumn


@dataclass(frozen=True)
class Sent:
    """One entry of the delegation with the people behind it."""

    number: str
    track: str
    prize: str
    title: str
    school: School
    authors: tuple[Person, ...]
    tutors: tuple[Person, ...]

    def row(self) -> dict[str, Any]:
        return {
            "contest": CONTEST,
            "contest_en": CONTEST_EN,
            "level": "province",
            "date": HELD_ON,
            "number": self.number,
            "title": self.title,
            "track": self.track,
            "school": self.school.name,
            "district": self.school.district,
            "authors": tuple(person.name for person in self.authors),
            "tutors": tuple(person.name for person in self.tutors),
            "prize": self.prize,
        }


def delegation(city: City, entries: list[Entry]) -> list[Sent]:
    """Schools take turns, so that the prizes are spread over many of them."""
    rng = stream(city.seed, "delegation")
    turns = {track: cycle(shuffled_schools(rng, city, STAGES[track])) for track, _ in PRIZES}
    again = {(entry.school.name, track): entry for entry in entries for track in tracks_of(entry)}
    found: list[Sent] = []
    for track, prizes in PRIZES:
        for prize, count in prizes:
            for _ in range(count):
                number = f"S{len(found) + 1:02d}"
                found.append(one_sent(rng, city, number, track, prize, next(turns[track]), again))
    return found


def tracks_of(entry: Entry) -> tuple[str, ...]:
    """The province's track in which the people of a city's entry may have been in the spring."""
    if entry.track == PAINTING:
        return (PAINTINGS,) if entry.division == "小学" else ()
    return {INNOVATION: (RESULTS,), IDEAS: (INVENTION,)}.get(entry.track, ())


def shuffled_schools(rng: random.Random, city: City, stages: tuple[str, ...]) -> list[School]:
    """In any order, but for one of the oldest stage in front: it brings the first prize home."""
    among = [one for one in city.schools if set(stages) & set(one.divisions)]
    rng.shuffle(among)
    best = next((one for one in among if stages[-1] in one.divisions), among[0])
    among.sort(key=lambda one: one is not best)
    return among


def one_sent(
    rng: random.Random,
    city: City,
    number: str,
    track: str,
    prize: str,
    at: School,
    again: dict[tuple[str, str], Entry],
) -> Sent:
    """again   entries of the autumn by school and track; one that is used is taken out"""
    division = rng.choice([one for one in at.divisions if one in STAGES[track]])
    known = again.pop((at.name, track), None) if rng.random() < BACK_AGAIN else None
    if known:
        authors = known.authors[: 1 if rng.random() < 0.6 else 3]
    else:
        authors = tuple(city.people.new(at.name, "student") for _ in range(size(rng, track)))
    return Sent(
        number,
        track,
        prize,
        city.titles.new(at.district, *title_path(rng, track, known.division if known else division)),
        at,
        authors,
        city.some_tutors(rng, at, 1 if track == PAINTINGS else rng.choice((1, 1, 2))),
    )


def size(rng: random.Random, track: str) -> int:
    """Practice is entered under a group's name, a painting by one child."""
    if track == ACTIVITIES:
        return 0
    return 1 if track == PAINTINGS else pick(rng, ((1, 60), (2, 25), (3, 15)))


def title_path(rng: random.Random, track: str, division: str) -> tuple[str, ...]:
    primary = division == "小学"
    return {
        RESULTS: (
            "innovation",
            rng.choice(("技术与设计", "生命科学") if primary else ("工程学", "环境科学", "植物学")),
        ),
        INVENTION: ("ideas", division if division in ("小学", "初中", "高中") else "高中"),
        PAINTINGS: ("painting", "小学"),
        ACTIVITIES: ("practice",),
    }[track]

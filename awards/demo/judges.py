"""Invented judges in panels, and which of them mark an entry: never their own school, never a conflict."""

import random
from dataclasses import dataclass
from typing import Any

from awards.demo import words
from awards.demo.chance import bell, stream
from awards.demo.entries import IDEAS, INNOVATION, PAINTING, PRACTICE, City, Entry

MAYOR = "市长奖"
PANELS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    INNOVATION: ((1, 2, 3, 4, 5), (6, 7, 8, 9, 10)),
    IDEAS: ((11, 12, 13, 14, 1), (15, 16, 17, 6, 8)),
    PRACTICE: ((18, 19, 11), (20, 21, 15)),
    PAINTING: ((22, 23, 24, 25, 26), (27, 28, 29, 30, 31)),
}
EXPERTS = (2, 4, 7, 9, 32)
TEACHERS = {5: INNOVATION, 10: INNOVATION, 13: IDEAS, 16: IDEAS, 19: PRACTICE, 24: PAINTING, 28: PAINTING}
KNOWN_SCHOOLS = {3: INNOVATION, 12: IDEAS, 17: IDEAS, 20: PRACTICE, 23: PAINTING, 30: PAINTING}
KNOWN_PEOPLE = {8: INNOVATION}
KNOWN_ENTRIES = {26: PAINTING}


@dataclass(frozen=True)
class Judge:
    """`severity` and `step` are how a judge marks: off the mean by so much, in whole or half points."""

    code: str
    name: str
    institution: str
    district: str
    tracks: tuple[str, ...]
    conflicts: tuple[str, ...]
    severity: float
    step: float

    def row(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "institution": self.institution,
            "district": self.district,
            "tracks": self.tracks,
            "conflicts": self.conflicts,
        }

    def may_mark(self, entry: Entry) -> bool:
        people = {person.name for person in (*entry.authors, *entry.tutors)}
        near = {entry.school.name, entry.number} | people
        return self.institution != entry.school.name and not near & set(self.conflicts)


def judges(city: City, entries: list[Entry]) -> list[Judge]:
    rng = stream(city.seed, "judges")
    return [one_judge(rng, city, entries, number) for number in range(1, 33)]


def one_judge(rng: random.Random, city: City, entries: list[Entry], number: int) -> Judge:
    tracks = [track for track, panels in PANELS.items() if any(number in panel for panel in panels)]
    tracks += [MAYOR] if number in EXPERTS else []
    among = words.ART_INSTITUTIONS if PAINTING in tracks else words.INSTITUTIONS
    institution, district = rng.choice(among.split()), ""
    if number in TEACHERS:
        at = rng.choice(of_track(entries, TEACHERS[number])).school
        institution, district = at.name, at.district
    person = city.people.new(institution, "judge")
    return Judge(
        f"J{number:02d}",
        person.name,
        institution,
        district,
        tuple(tracks),
        conflicts(rng, entries, number),
        bell(rng, 0.6),
        rng.choice((1.0, 1.0, 0.5)),
    )


def conflicts(rng: random.Random, entries: list[Entry], number: int) -> tuple[str, ...]:
    """Schools, a pupil or an entry that a judge is near to."""
    if number in KNOWN_SCHOOLS:
        return (rng.choice(of_track(entries, KNOWN_SCHOOLS[number])).school.name,)
    if number in KNOWN_PEOPLE:
        return (rng.choice(of_track(entries, KNOWN_PEOPLE[number])).authors[0].name,)
    if number in KNOWN_ENTRIES:
        return (rng.choice(of_track(entries, KNOWN_ENTRIES[number])).number,)
    return ()


def of_track(entries: list[Entry], track: str) -> list[Entry]:
    return [entry for entry in entries if entry.track == track]


def markers(entries: list[Entry], everyone: list[Judge]) -> list[tuple[Entry, Judge]]:
    """Who marks what: panels take turns; where one of them may not, one of the other panel stands in."""
    found = []
    stood_in = dict.fromkeys((judge.code for judge in everyone), 0)
    for turn, entry in enumerate(entries):
        panels = [[everyone[number - 1] for number in panel] for panel in PANELS[entry.track]]
        own, other = panels[turn % 2], panels[1 - turn % 2]
        chosen = [judge for judge in own if judge.may_mark(entry)]
        others = [judge for judge in other if judge.may_mark(entry)]
        others.sort(key=lambda judge: (stood_in[judge.code], judge.code))
        for judge in others[: len(own) - len(chosen)]:
            stood_in[judge.code] += 1
            chosen.append(judge)
        found += [(entry, judge) for judge in chosen]
    return found

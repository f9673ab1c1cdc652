"""The Mayor's Award: its terms, nominees of whom some are not eligible, expert marks, the committee's votes.

Nothing here knows who wins: nominees are chosen by the prizes they bring, marks and votes are drawn.
"""

import random
from dataclasses import dataclass, replace
from typing import Any

from awards.demo.chance import Tables, bell, stream
from awards.demo.delegation import (
    ACTIVITIES,
    CONTEST,
    FIRST,
    HELD_ON,
    INVENTION,
    PAINTINGS,
    RESULTS,
    SECOND,
    THIRD,
    Sent,
)
from awards.demo.entries import City
from awards.demo.judges import EXPERTS, MAYOR, Judge
from awards.demo.marks import merits_of, sheet
from awards.demo.names import Person

NATION = "第32届全国青少年科技创新大赛"
OLD = "2015年安徽省青少年科技创新大赛"
OWN_WORK = "科技辅导员科技教育创新成果"
MEMBERS = 11
SINCE, UNTIL = "2015-12-01", "2017-12-31"

TERMS = {
    "name": "第六届滁州市青少年科技创新市长奖",
    "name_en": "6th Mayor's Award for Youth Science and Technology Innovation of Chuzhou",
    "series": "滁州市青少年科技创新市长奖",
    "title": "市长奖",
    "title_en": "Mayor's Award",
    "ordinal": 6,
    "student_places": 6,
    "tutor_places": 1,
    "school_places": 0,
    "nomination_places": 0,
    "reviews": len(EXPERTS),
    "method": "trimmed",
    "members": MEMBERS,
    "majority": "2/3",
    "majority_of": "cast",
    "quorum": "2/3",
    "issuers": ("滁州市人民政府",),
    "number_pattern": "CZSZJ{year}-{serial}",
}


@dataclass(frozen=True)
class Nominee:
    number: str
    kind: str
    person: Person
    district: str
    statement: str
    merit: float

    def row(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "name": self.person.name,
            "school": self.person.school,
            "district": self.district,
            "statement": self.statement,
            "state": "passed",
        }


def conditions() -> list[dict[str, Any]]:
    """Alternatives, joined by "or". Paintings and practice do not count."""
    window = {"since": SINCE, "until": UNTIL, "first_author_only": False}
    ours = "青少年科技创新大赛"
    without = (PAINTINGS, ACTIVITIES)
    return [
        {"kind": kind, "level": level, "contest": contest, "prize": prize, "role": role,
         "tracks_excluded": without, **window}
        for kind, level, contest, prize, role in (
            ("student", "province", ours, SECOND, "author"),
            ("student", "nation", "", THIRD, "author"),
            ("tutor", "province", ours, SECOND, "tutor"),
            ("tutor", "province", ours, SECOND, "author"),
            ("tutor", "nation", "", THIRD, "tutor"),
        )
    ]  # fmt: skip


def mayors_award(city: City, sent: list[Sent], judges: list[Judge]) -> tuple[Tables, list[dict[str, Any]]]:
    """The award's sheets, and its rows for the sheet of marks."""
    rng = stream(city.seed, "mayor")
    students, achievements = student_nominees(rng, city, sent)
    tutors, more = tutor_nominees(rng, sent)
    rng.shuffle(students)
    rng.shuffle(tutors)
    nominees = [replace(one, number=f"M{at:02d}") for at, one in enumerate(students + tutors, 1)]
    tables: Tables = {
        "mayors_award": [TERMS],
        "eligibility": conditions(),
        "nominees": [one.row() for one in nominees],
        "achievements": achievements + more,
        "votes": votes(rng, city, nominees),
    }
    return tables, expert_marks(rng, nominees, judges)


def with_prize(sent: list[Sent], tracks: tuple[str, ...], *prizes: str) -> list[Sent]:
    return [one for one in sent if one.track in tracks and one.prize in prizes]


def student_nominees(rng: random.Random, city: City, sent: list[Sent]) -> tuple[list[Nominee], list[dict[str, Any]]]:
    """Eleven who bring what the conditions ask for, one with a third prize, one painter, one out of time."""
    open_tracks = (RESULTS, INVENTION)
    best = with_prize(sent, open_tracks, FIRST)
    good = best + rng.sample(with_prize(sent, open_tracks, SECOND), 9)
    national, third = rng.sample(with_prize(sent, (RESULTS,), THIRD), 2)
    painter = rng.choice(with_prize(sent, (PAINTINGS,), SECOND))
    at = rng.choice([one for one in city.schools if "高中" in one.divisions])
    late = city.people.new(at.name, "student")
    nominees = [nominee(rng, "student", one, one.authors[0]) for one in [*good, national, third, painter]]
    title = city.titles.new(at.district, "innovation", "工程学")
    old = achievement(late, "author", OLD, "province", RESULTS, SECOND, "2015-04-19")
    nominees.append(Nominee("", "student", late, at.district, f"作品《{title}》获{OLD}{SECOND}。", bell(rng) + 0.2))
    rows = [
        achievement(person.authors[0], "author", NATION, "nation", RESULTS, THIRD, "2017-08-20")
        for person in (best[0], national)
    ]
    return nominees, [*rows, old]


def tutor_nominees(rng: random.Random, sent: list[Sent]) -> tuple[list[Nominee], list[dict[str, Any]]]:
    """Four whose pupils won what the conditions ask for, and one whose pupils did not."""
    good = {one.tutors[0]: one for one in with_prize(sent, (RESULTS, INVENTION), FIRST, SECOND)}
    known = {person for one in with_prize(sent, (RESULTS, INVENTION), FIRST, SECOND) for person in one.tutors}
    chosen = rng.sample(list(good), 4)
    third = {one.tutors[0]: one for one in with_prize(sent, (RESULTS, INVENTION), THIRD)}
    other = rng.choice([person for person in third if person not in known])
    nominees = [nominee(rng, "tutor", good[person], person) for person in chosen]
    nominees.append(nominee(rng, "tutor", third[other], other))
    rows = [
        achievement(chosen[0], "tutor", NATION, "nation", RESULTS, THIRD, "2017-08-20"),
        achievement(chosen[1], "author", CONTEST, "province", OWN_WORK, SECOND, HELD_ON),
        achievement(other, "author", CONTEST, "province", OWN_WORK, THIRD, HELD_ON),
    ]
    return nominees, rows


def nominee(rng: random.Random, kind: str, one: Sent, person: Person) -> Nominee:
    verb = "作品" if kind == "student" else "辅导的作品"
    text = f"{verb}《{one.title}》获{CONTEST}{one.prize}。"
    return Nominee("", kind, person, one.school.district, text, bell(rng) + (0.8 if one.prize == FIRST else 0.2))


def achievement(
    person: Person, role: str, contest: str, level: str, track: str, prize: str, day: str
) -> dict[str, Any]:
    return {
        "name": person.name,
        "school": person.school,
        "role": role,
        "contest": contest,
        "level": level,
        "track": track,
        "prize": prize,
        "author_order": 1 if role == "author" else None,
        "date": day,
    }


def expert_marks(rng: random.Random, nominees: list[Nominee], judges: list[Judge]) -> list[dict[str, Any]]:
    """Every expert marks every nominee; who is eligible is not theirs to know."""
    experts = [judges[number - 1] for number in EXPERTS]
    rows = []
    for one in nominees:
        merits = merits_of(rng, MAYOR, one.merit)
        rows += [sheet(rng, one.number, MAYOR, merits, judge) for judge in experts]
    return rows


def votes(rng: random.Random, city: City, nominees: list[Nominee]) -> list[dict[str, Any]]:
    """One ballot; two members are near to a nominee and stand aside there."""
    members = [city.people.new("评审委员会", "member").name for _ in range(MEMBERS)]
    aside = set(zip(rng.sample(members, 2), rng.sample([one.number for one in nominees], 2), strict=True))
    return [
        {
            "ballot": 1,
            "member": member,
            "nominee": one.number,
            "choice": "recused" if (member, one.number) in aside else choice(rng, one.merit),
        }
        for member in members
        for one in nominees
    ]


def choice(rng: random.Random, merit: float) -> str:
    likely = min(max(0.84 + 0.07 * merit, 0.55), 0.96)
    if rng.random() < likely:
        return "yes"
    return "no" if rng.random() < 0.6 else "abstain"

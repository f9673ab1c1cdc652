"""A small fair in English: two tracks, two rounds, marks in both forms, everybody in it invented."""

import random
from dataclasses import dataclass
from typing import Any

from awards.demo.chance import Tables, bell, stream

SCIENCE, ENGINEERING = "Science", "Engineering"
REVIEW, FINAL = "Review", "Final"
EACH, FINALISTS, REVIEWS = 12, 6, 3

CONTEST = {
    "name": "3rd Lakeview County Science and Engineering Fair",
    "series": "Lakeview County Science and Engineering Fair",
    "ordinal": 3,
    "year": 2018,
    "level": "county",
    "as_of": "2018-03-10 16:30",
    "places": 2,
    "entries_per_student": 1,
    "issuers": ("Lakeview County Science Council", "Lakeview Public Library"),
    "number_pattern": "LV{year}-{serial}",
    "certificate_title": "Certificate of Award",
    "certificate_language": "en",
    "line": "none",
    "same_district_conflict": False,
    "seed": 3,
}
RUBRICS = {
    (SCIENCE, REVIEW): (("Research question", 15), ("Design and methodology", 25), ("Execution", 30),
                        ("Creativity", 30)),
    (ENGINEERING, REVIEW): (
        ("Research problem", 15), ("Design and methodology", 25), ("Construction and testing", 30), ("Creativity", 30),
    ),
    (SCIENCE, FINAL): (
        ("Research question", 10), ("Design and methodology", 15), ("Execution", 20), ("Creativity", 20),
        ("Poster", 10), ("Interview", 25),
    ),
    (ENGINEERING, FINAL): (
        ("Research problem", 10), ("Design and methodology", 15), ("Construction and testing", 20),
        ("Creativity", 20), ("Poster", 10), ("Interview", 25),
    ),
}  # fmt: skip
SCHOOLS = (
    ("Alder Creek Middle School", "North"),
    ("Heron Point Academy", "North"),
    ("Millstone High School", "South"),
    ("Quarry Hill School", "South"),
    ("Saltmarsh Secondary School", "Harbour"),
    ("Windrose Charter School", "Harbour"),
)
TITLES = {
    SCIENCE: (
        ("Does Road Salt Change How Duckweed Grows?", "Plant Sciences"),
        ("Which Soap Breaks Surface Tension Fastest?", "Chemistry"),
        ("Moss as a Witness of Clean Air in Lakeview", "Earth and Environmental Sciences"),
        ("Do Crickets Count the Temperature?", "Animal Sciences"),
        ("Sleep, Screens and Spelling: a Survey of 212 Pupils", "Behavioral and Social Sciences"),
        ("Vitamin C in Orange Juice after 1, 3 and 7 Days", "Chemistry"),
        ("How Zebra Mussels Clear a Bottle of Lake Water", "Animal Sciences"),
        ("Yeast at Altitude: “Lazy” or Just Cold?", "Microbiology"),
        ("Bark Beetles along the Old Railway", "Animal Sciences"),
        ("A Light Curve of Algol from a Back Garden", "Physics and Astronomy"),
        ("Microplastics in Sand from Four Beaches", "Earth and Environmental Sciences"),
        ("Can Music Slow a Heartbeat?", "Biomedical and Health Sciences"),
    ),
    ENGINEERING: (
        ("A Bicycle Lamp that Warns of Potholes", "Embedded Systems"),
        ("Paper Bridges under Load: Six Trusses Compared", "Engineering Mechanics"),
        ("A Glove that Spells in Sign Language", "Embedded Systems"),
        ("A Rain Gauge for 5 Dollars", "Environmental Engineering"),
        ("A Kite that Charges a Telephone", "Energy"),
        ("Sorting Buttons by Camera", "Robotics and Intelligent Machines"),
        ("A Quieter Fan for Greenhouses", "Engineering Mechanics"),
        ("Solar Oven Mark III", "Energy"),
        ("A Pill Box that Remembers", "Biomedical Engineering"),
        ("Finding Leaks by Listening to Pipes", "Physics and Astronomy"),
        ("A Wheelchair Ramp from Reused Pallets", "Engineering Mechanics"),
        ("A Weather Balloon that Comes Home", "Robotics and Intelligent Machines"),
    ),
}
GIVEN = (
    "Maya Tomas Ingrid Kofi Leila Owen Priya Mateo Hana Silas Noor Greta Dmitri Zoe Amara Felix Yuki "
    "Ruben Elif Callum Sofia Anders Imani Jonah Beatriz Niamh Tariq Wren Lucía Pavel"
)
FAMILY = (
    "Okafor Lindqvist Marlowe Tanaka Ferreira Haddad Novak Whitlock Banerjee Castellan Drummond Eriksen "
    "Fairweather Grabowski Hollis Ibarra Jankowski Kessler Larkspur Mbeki-Hale O'Dowd Pellegrin Quist "
    "Rasmussen Sorrel Thackery Underhill Vantongeren Wexcombe Zielinski"
)
PRIZES = (("First Prize", "20%"), ("Second Prize", "30%"), ("Third Prize", "50%"))
INSTITUTIONS = ("Northfield College", "Lakeview Water Works", "Harbour Observatory")


@dataclass(frozen=True)
class Project:
    """`merit` is what judges try to see; the best by it go to the final."""

    row: dict[str, Any]
    merit: float
    is_finalist: bool


def fair(seed: int) -> Tables:
    """Every sheet of the workbook, in the words of its columns."""
    rng = stream(seed, "fair")
    given, family = rng.sample(GIVEN.split() * 2, 60), rng.sample(FAMILY.split() * 2, 60)
    names = list(dict.fromkeys(f"{a} {b}" for a, b in zip(given, family, strict=True)))
    projects = [*of_track(rng, SCIENCE, "SCI", names), *of_track(rng, ENGINEERING, "ENG", names)]
    panel = judges(names)
    return {
        "contest": [CONTEST],
        "tracks": [
            {"name": track, "method": "mean", "reviews": REVIEWS, "decided": "marks", "max_authors": 3,
             "max_tutors": 1, "is_group": False}
            for track in (SCIENCE, ENGINEERING)
        ],
        "divisions": [{"name": "Junior"}, {"name": "Senior"}],
        "rounds": [
            {"name": REVIEW, "weight": "40%", "is_for_finalists": False},
            {"name": FINAL, "weight": "60%", "is_for_finalists": True},
        ],
        "rubric": [
            {"track": track, "round": part, "criterion": criterion, "maximum": maximum}
            for (track, part), criteria in RUBRICS.items()
            for criterion, maximum in criteria
        ],
        "schools": [{"name": name, "district": district} for name, district in SCHOOLS],
        "entries": [project.row for project in projects],
        "judges": panel,
        "marks": marks(rng, projects, panel),
        "prize_plan": prize_plan(),
        "recognitions": [
            {"title": "Outstanding School", "kind": "school", "number": 2, "first": 5, "second": 3, "third": 1,
             "entry": 0, "ties": "extend"}
        ],
    }  # fmt: skip


def of_track(rng: random.Random, track: str, prefix: str, names: list[str]) -> list[Project]:
    """names   taken from the end, so that nobody is in two projects"""
    merits = [bell(rng) for _ in range(EACH)]
    border = sorted(merits, reverse=True)[FINALISTS - 1]
    titles = rng.sample(TITLES[track], EACH)
    found = []
    for at, ((title, subject), merit) in enumerate(zip(titles, merits, strict=True), 1):
        school, district = rng.choice(SCHOOLS)
        authors = tuple(names.pop() for _ in range(rng.choice((1, 1, 2))))
        row = {
            "number": f"{prefix}-{at:02d}",
            "title": title,
            "track": track,
            "division": "Junior" if at <= EACH // 2 else "Senior",
            "subject": subject,
            "school": school,
            "district": district,
            "authors": authors,
            "tutors": (names[0],) if school == SCHOOLS[0][0] else (),
            "state": "passed",
            "is_finalist": merit >= border,
        }
        found.append(Project(row, merit, merit >= border))
    return found


def judges(names: list[str]) -> list[dict[str, Any]]:
    """Three of each track, none of them from a school."""
    return [
        {
            "code": f"J{at + 1}",
            "name": names.pop(),
            "institution": INSTITUTIONS[at % 3],
            "tracks": ((SCIENCE, ENGINEERING)[at // 3],),
        }
        for at in range(2 * REVIEWS)
    ]


def marks(rng: random.Random, projects: list[Project], panel: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The review with one column a criterion, the final with one mark a row: a sheet may hold both forms."""
    rows: list[dict[str, Any]] = []
    finals: list[dict[str, Any]] = []
    severity = {judge["code"]: bell(rng, 0.04) for judge in panel}
    for project in projects:
        for judge in panel:
            if judge["tracks"] != (project.row["track"],):
                continue
            who = {"entry": project.row["number"], "judge": judge["code"]}
            rows.append({**who, "round": REVIEW, **points(rng, project, REVIEW, severity[judge["code"]])})
            if project.is_finalist:
                given = points(rng, project, FINAL, severity[judge["code"]])
                finals += [{**who, "round": FINAL, "criterion": one, "mark": mark} for one, mark in given.items()]
    return rows + finals


def points(rng: random.Random, project: Project, part: str, severity: float) -> dict[str, int]:
    """Whole points within each criterion's maximum."""
    share = 0.75 + 0.09 * project.merit - severity
    return {
        criterion: round(maximum * min(max(share + bell(rng, 0.05), 0.2), 1.0))
        for criterion, maximum in RUBRICS[(project.row["track"], part)]
    }


def prize_plan() -> list[dict[str, Any]]:
    """Shares of the prizes, of which there are half as many as entries."""
    return [
        {"track": track, "prize": prize, "kind": "percent_prizes", "value": value,
         "cap": "50%" if place == 0 else "", "rounding": "half_up", "ties": ties}
        for track, ties in ((SCIENCE, "hold"), (ENGINEERING, "extend"))
        for place, (prize, value) in enumerate(PRIZES)
    ]  # fmt: skip

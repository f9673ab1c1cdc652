"""The year 2017 of Chuzhou as tables: the figures are those of the city's report, everybody in it is invented."""

from typing import Any

from awards.demo import words
from awards.demo.chance import Tables
from awards.demo.delegation import delegation
from awards.demo.entries import IDEAS, INNOVATION, PAINTING, PRACTICE, City, entries
from awards.demo.judges import judges, markers
from awards.demo.marks import mark_rows, rubric_rows
from awards.demo.mayor import mayors_award

CONTEST = {
    "name": "第九届滁州市青少年科技创新大赛",
    "name_en": "9th Chuzhou Youth Science and Technology Innovation Contest",
    "series": "滁州市青少年科技创新大赛",
    "ordinal": 9,
    "year": 2017,
    "level": "city",
    "as_of": "2017-12-17 17:00",
    "places": 2,
    "entries_per_student": 1,
    "issuers": ("滁州市科学技术协会", "滁州市教育体育局", "共青团滁州市委员会"),
    "number_pattern": "CZ{year}-{ordinal}-{serial}",
    "certificate_title": "荣誉证书",
    "certificate_language": "zh",
    "line": "竞赛结果不作为中小学招生入学依据",
    "same_district_conflict": False,
    "seed": 2017,
}
DIVISIONS = (
    ("小学", "Primary"),
    ("初中", "Junior"),
    ("高中", "Senior"),
    ("中职", "Vocational"),
    ("幼儿园", "Kindergarten"),
)
LEVELS = (("一等奖", "First Prize"), ("二等奖", "Second Prize"), ("三等奖", "Third Prize"))
# Track, division, kind, values from the first level down, cap.
PLANS = (
    (INNOVATION, "", "percent_entries", ("20%", "30%", "40%"), ""),
    (IDEAS, "", "percent_prizes", ("15%", "35%", "50%"), "90%"),
    (PRACTICE, "", "count", ("6", "9", "12"), ""),
    (PAINTING, "小学", "percent_entries", ("15%", "25%", "40%"), ""),
    (PAINTING, "幼儿园", "count", ("3", "6", "10"), ""),
)
RECOGNITIONS = (
    ("优秀组织单位", "Outstanding Organising Unit", "district", 3),
    ("优秀科技教育示范学校", "Outstanding Demonstration School", "school", 8),
    ("优秀科技辅导员", "Outstanding Tutor", "tutor", 10),
)


def year(seed: int) -> Tables:
    """Every sheet of the workbook, in the words of its columns; choices as codes, names as tuples."""
    city = City(seed)
    works = entries(city)
    panel = judges(city, works)
    award, expert_marks = mayors_award(city, sent := delegation(city, works), panel)
    return {
        "contest": [CONTEST],
        "tracks": tracks(),
        "divisions": [{"name": name, "name_en": english} for name, english in DIVISIONS],
        "rubric": rubric_rows(),
        "schools": schools(city),
        "entries": [work.row() for work in works],
        "judges": [judge.row() for judge in panel],
        "marks": mark_rows(seed, markers(works, panel)) + expert_marks,
        "prize_plan": prize_plan(),
        "recognitions": recognitions(),
        "delegation": [one.row() for one in sent],
        **award,
    }


def tracks() -> list[dict[str, Any]]:
    return [
        {"name": name, "name_en": english, "method": method, "reviews": reviews, "decided": "marks",
         "max_authors": most, "max_tutors": tutors, "is_group": is_group}
        for name, english, method, reviews, most, tutors, is_group in (
            (INNOVATION, "Innovation Projects", "trimmed", 5, 3, 2, False),
            (IDEAS, "Ideas", "trimmed", 5, 3, 2, False),
            (PRACTICE, "Practice Projects", "mean", 3, 1, 3, True),
            (PAINTING, "Science-Fantasy Paintings", "trimmed", 5, 1, 1, False),
        )
    ]  # fmt: skip


def schools(city: City) -> list[dict[str, Any]]:
    english = {district: name_en for district, _, _, _, name_en in words.DISTRICTS}
    return [
        {
            "name": one.name,
            "name_en": one.name_en,
            "district": one.district,
            "district_en": english[one.district],
        }
        for one in city.schools
    ]


def prize_plan() -> list[dict[str, Any]]:
    return [
        {"track": track, "division": division, "prize": prize, "prize_en": english, "kind": kind, "value": value,
         "cap": cap if place == 0 else "", "rounding": "half_up", "ties": "extend"}
        for track, division, kind, values, cap in PLANS
        for place, ((prize, english), value) in enumerate(zip(LEVELS, values, strict=True))
    ]  # fmt: skip


def recognitions() -> list[dict[str, Any]]:
    return [
        {"title": title, "title_en": english, "kind": kind, "number": number,
         "first": 5, "second": 3, "third": 1, "entry": 0, "ties": "extend"}
        for title, english, kind, number in RECOGNITIONS
    ]  # fmt: skip

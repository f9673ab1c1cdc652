"""Rubrics, and the marks that judges give: what they see of the merit, more or less severely."""

import random
from typing import Any

from awards.demo import words
from awards.demo.chance import bell, stream
from awards.demo.entries import IDEAS, INNOVATION, PAINTING, PRACTICE, Entry
from awards.demo.judges import MAYOR, Judge

RUBRICS: dict[str, tuple[tuple[str, str, int], ...]] = {
    INNOVATION: (
        ("自己选题", "Own topic", 10),
        ("自己设计和研究", "Own design and research", 20),
        ("自己制作和撰写", "Own making and writing", 15),
        ("科学性", "Scientific soundness", 20),
        ("创新性", "Originality", 20),
        ("实用性", "Usefulness", 15),
    ),
    IDEAS: (
        ("自己选题", "Own topic", 15),
        ("自己设计和研究", "Own design and research", 20),
        ("科学性", "Scientific soundness", 20),
        ("创新性", "Originality", 30),
        ("实用性", "Usefulness", 15),
    ),
    PRACTICE: (
        ("活动主题", "Theme", 20),
        ("活动过程", "Course of the activity", 30),
        ("参与程度", "Participation", 25),
        ("活动收获", "What was learned", 25),
    ),
    PAINTING: (
        ("想象力", "Imagination", 50),
        ("科学性", "Scientific soundness", 25),
        ("绘画水平", "Skill in painting", 25),
    ),
    MAYOR: (
        ("原创性", "Authenticity", 25),
        ("科学性", "Scientific soundness", 20),
        ("创新性", "Originality", 25),
        ("实用性", "Usefulness", 15),
        ("内容展现", "Presentation", 15),
    ),
}


def rubric_rows() -> list[dict[str, Any]]:
    return [
        {"track": track, "criterion": criterion, "criterion_en": english, "maximum": maximum}
        for track, criteria in RUBRICS.items()
        for criterion, english, maximum in criteria
    ]


def one_mark(rng: random.Random, maximum: int, merit: float, judge: Judge) -> float:
    """In whole or half points, as the judge is used to, within the criterion's maximum."""
    share = 0.79 + 0.07 * merit - 0.03 * judge.severity + bell(rng, 0.045)
    points = round(maximum * min(max(share, 0.3), 1.0) / judge.step) * judge.step
    return min(points, float(maximum))


def sheet(rng: random.Random, number: str, track: str, merits: list[float], judge: Judge) -> dict[str, Any]:
    """One row: a judge's marks on one entry, by criterion."""
    row: dict[str, Any] = {"entry": number, "judge": judge.code}
    for (criterion, _, maximum), merit in zip(RUBRICS[track], merits, strict=True):
        row[criterion] = one_mark(rng, maximum, merit, judge)
    if rng.random() < 0.03:
        row["comment"] = rng.choice(words.PAINTING_REMARKS if track == PAINTING else words.REMARKS)
    return row


def merits_of(rng: random.Random, track: str, merit: float) -> list[float]:
    """An entry is stronger in one criterion than in another."""
    return [merit + bell(rng, 0.35) for _ in RUBRICS[track]]


def mark_rows(seed: int, pairs: list[tuple[Entry, Judge]]) -> list[dict[str, Any]]:
    rng = stream(seed, "marks")
    merits: dict[str, list[float]] = {}
    rows = []
    for entry, judge in pairs:
        if entry.number not in merits:
            merits[entry.number] = merits_of(rng, entry.track, entry.merit)
        rows.append(sheet(rng, entry.number, entry.track, merits[entry.number], judge))
    return rows

"""Rules of awards to begin with. A preset is data: a JSON file beside this one, after the measures of a city."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from awards.states import Nominators, NomineeKind
from competition.models import Track
from competition.presets import Preset, PresetHead, TrackPreset

LABELS = {
    NomineeKind.STUDENT: ("学生", "Students"),
    NomineeKind.TUTOR: ("科技辅导员", "Tutors"),
    NomineeKind.SCHOOL: ("学校", "Schools"),
}
STANDS = {NomineeKind.STUDENT: (1, 0), NomineeKind.TUTOR: (0, 1), NomineeKind.SCHOOL: (0, 0)}
"""As how many authors and tutors a nominee of each kind stands in the entry."""
RUBRIC = {
    "criteria": [
        ["创新性", "Originality", 25],
        ["科学性", "Scientific soundness", 25],
        ["实用性", "Usefulness", 20],
        ["现场展示", "Presentation", 15],
        ["获奖情况", "Prizes won", 15],
    ],
    "method": "trimmed",
    "reviews": 5,
}
ROUND = ("专家评审", "Experts")
KIND_OF_CODE = {zh: kind for kind, (zh, _en) in LABELS.items()}


def kind_of(track: Track) -> str:
    """Which kind of winner a track of an award is; known by its code, whatever it is called."""
    return KIND_OF_CODE.get(track.code, NomineeKind.STUDENT)


@dataclass(frozen=True)
class RulesPreset(PresetHead):
    """kinds: kind of winner -> fields of its terms; alternatives: fields of each, `track` naming the kind.

    approval   bodies above the committee, [step, name] each
    signatory  who signs certificates by hand, "" for nobody
    derived    titles that follow from the award: name, name_en, kind (school or tutor), follows, number if there is one
    every      years from one edition to the next
    places_in_all   of all kinds together, None where only the places of each kind count
    """

    kinds: Mapping[str, Mapping[str, Any]]
    alternatives: tuple[Mapping[str, Any], ...]
    approval: tuple[tuple[str, str], ...] = ()
    derived: tuple[Mapping[str, Any], ...] = ()
    signatory: str = ""
    nominators: str = Nominators.OFFICE
    every: int = 1
    places_in_all: int | None = None


@cache
def rules_presets() -> dict[str, RulesPreset]:
    """By code, in the order of their files."""
    found = []
    paths = Path(__file__).parent.glob("[0-9]*.json")
    for path in sorted(paths, key=lambda one: int(one.name.split("-")[0])):
        said = json.loads(path.read_text(encoding="utf-8"))
        found.append(RulesPreset(**{**said, "alternatives": tuple(said["alternatives"])}))
    return {one.code: one for one in found}


def stands_as(kind: str) -> dict[str, int]:
    authors, tutors = STANDS[NomineeKind(kind)]
    return {"max_authors": authors, "max_tutors": tutors}


def contest_preset(code: str, kinds: Collection[str], level: str, contest: Mapping[str, Any]) -> Preset:
    """The edition as a contest: a track for each kind of winner, a round of experts with a rubric."""
    tracks = tuple(TrackPreset(*LABELS[kind], stands_as(kind), (), RUBRIC) for kind in NomineeKind if kind in kinds)
    return Preset(
        code=f"award-{code}", label_zh="", label_en="", about_zh="", about_en="", level=level, contest=contest,
        divisions=(), subjects=(), round=ROUND, tracks=tracks, pledges=(),
    )  # fmt: skip

"""Ready-made contests to begin with. A preset is data: a JSON file beside this one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from competition.wording import speaks_chinese


@dataclass(frozen=True)
class TrackPreset:
    label_zh: str
    label_en: str
    rules: Mapping[str, Any]
    materials: tuple[Mapping[str, Any], ...]
    rubric: Mapping[str, Any]


@dataclass(frozen=True)
class PresetHead:
    """What a preset is called and what it is about, in the reader's language."""

    code: str
    label_zh: str
    label_en: str
    about_zh: str
    about_en: str

    @property
    def label(self) -> str:
        return self.label_zh if speaks_chinese() else self.label_en

    @property
    def about(self) -> str:
        return self.about_zh if speaks_chinese() else self.about_en


@dataclass(frozen=True)
class Preset(PresetHead):
    """divisions: (code, Chinese, English); subjects: (level, code, Chinese, English); round: its two names; contest,
    rules, materials, pledges: fields of the rows they become; rubric: criteria (Chinese, English, maximum), method,
    reviews; or measured: what a referee measures, attempts, combine; or {} for none."""

    level: str
    contest: Mapping[str, Any]
    divisions: tuple[tuple[str, str, str], ...]
    subjects: tuple[tuple[str, str, str, str], ...]
    round: tuple[str, str]
    tracks: tuple[TrackPreset, ...]
    pledges: tuple[Mapping[str, Any], ...]


@cache
def presets() -> dict[str, Preset]:
    """By code, in the order of their files."""
    folder = Path(__file__).parent
    library = json.loads((folder / "library.json").read_text(encoding="utf-8"))
    found = (preset_of(path, library) for path in sorted(folder.glob("[0-9]*.json")))
    return {one.code: one for one in found}


def preset_of(path: Path, library: Mapping[str, Any]) -> Preset:
    """Materials and pledges are named by their code in the library, with what differs beside it."""
    said = json.loads(path.read_text(encoding="utf-8"))
    tracks = tuple(
        TrackPreset(
            one["label_zh"],
            one["label_en"],
            one.get("rules", {}),
            tuple(taken(name, library["materials"]) for name in one["materials"]),
            library["rubrics"][one["rubric"]] if "rubric" in one else {},
        )
        for one in said["tracks"]
    )
    return Preset(
        code=said["code"],
        label_zh=said["label_zh"],
        label_en=said["label_en"],
        about_zh=said["about_zh"],
        about_en=said["about_en"],
        level=said["level"],
        contest=said["contest"],
        divisions=tuple((code, zh, en) for code, zh, en in said["divisions"]),
        subjects=tuple(tuple(one) for one in library["subjects"].get(said.get("subjects", ""), ())),
        round=tuple(library["round"]),
        tracks=tracks,
        pledges=tuple(taken(name, library["pledges"]) for name in said["pledges"]),
    )


def taken(name: str | Mapping[str, Any], library: Mapping[str, Any]) -> dict[str, Any]:
    """ "report", or {"code": "report", "max_pages": 10} where it differs."""
    code = name if isinstance(name, str) else name["code"]
    differs = {} if isinstance(name, str) else dict(name)
    return {"code": code, **library[code], **differs}

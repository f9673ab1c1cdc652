"""What a template of certificates says, and what is wrong with it. Pure data: as stored, as printed from.

Lengths are whole tenths of a millimetre, so that a template has one canonical form and a digest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

TITLE = "荣誉证书"
TITLE_EN = "Certificate of Award"
LINE = "竞赛结果不作为中小学招生入学依据"
CLOSING = "特发此证，以资鼓励。"
CHECK_LINE = "扫描二维码可查验本证书 · Scan the code to check this certificate"

Colour = tuple[float, float, float]
DESIGNS = ("classic", "science", "modern", "ink")
COLOURS: dict[str, tuple[Colour, Colour]] = {  # of the fine lines, and of title and strong lines: dark enough to read
    "gold-red": ((0.66, 0.5, 0.2), (0.68, 0.13, 0.1)),
    "blue": ((0.24, 0.45, 0.68), (0.07, 0.22, 0.45)),
    "green": ((0.35, 0.55, 0.42), (0.08, 0.33, 0.22)),
    "grey-red": ((0.5, 0.52, 0.55), (0.72, 0.12, 0.12)),
    "bronze-wine": ((0.45, 0.36, 0.22), (0.55, 0.1, 0.12)),
    "black": ((0.45, 0.45, 0.45), (0.13, 0.13, 0.13)),
}
LANDSCAPE, PORTRAIT, CUSTOM = PAPERS = ("A4 landscape", "A4 portrait", "custom")
LANGUAGES = ("zh", "en", "both")
DATES = ("chinese", "digits", "english", "none")  # 二〇一七年十二月十七日; 2017年12月17日; 17 December 2017
MOVED = ("page", "title", "names", "text", "signature", "issuers", "date", "number", "qr", "line")
ON_PAPER = ("title", "issuers", "signature", "date", "line")  # what pre-printed paper may have already
LEAST_MM, MOST_MM, MOST_NUDGE = 100, 450, 600
MOST_ISSUERS, MOST_TEXT, MOST_LINE = 9, 600, 60

COMMON = ("contest", "year", "ordinal", "prize", "names")
OF_ENTRY = (*COMMON, "track", "division", "category", "title", "school", "sponsor")
PLACES: dict[str, tuple[str, ...]] = {
    "author": (*OF_ENTRY, "your", "tutors"),
    "tutor": (*OF_ENTRY, "authors"),
    "school": COMMON,
    "unit": COMMON,
    "title": COMMON,
    "award": (*COMMON, "school"),
    "attendance": ("training", "days", "place", "hours", "names", "unit"),
}
KINDS = tuple(PLACES)
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Template:
    """How certificates look and what they say.

    wide, high         millimetres of a custom paper
    texts              "author.zh" -> sentence with places such as {title}; none: the product's own sentence
    issuers            in rank order
    signature          who signs, such as 市长; "" for nobody
    line, is_line_on   the small line at the foot, on by default
    on_paper           what pre-printed paper has already, besides its line work
    is_per_author      each author of a team gets one
    prints_background  the uploaded background is the design, in the place of line work
    offsets            part of MOVED -> tenths of a millimetre to the right and down; "page": all, on pre-printed
                       paper only, where a printer feeds it askew
    """

    design: str = "classic"
    colours: str = "gold-red"
    paper: str = LANDSCAPE
    wide: int = 297
    high: int = 210
    language: str = "zh"
    title: str = TITLE
    title_en: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    closing: str = CLOSING
    issuers: tuple[str, ...] = ()
    signature: str = ""
    dates: str = "chinese"
    line: str = LINE
    is_line_on: bool = True
    on_paper: tuple[str, ...] = ("title",)
    is_per_author: bool = False
    prints_background: bool = False
    offsets: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def words(self, kind: str) -> tuple[Any, ...]:
        """What is written down with each certificate of a kind when it is issued."""
        own = [self.texts.get(f"{kind}.{language}", "") for language in ("zh", "en")]
        return self.language, own, kind == "author" and self.is_per_author


ATTENDANCE = Template(title_en=TITLE_EN, line=CHECK_LINE, language="both")  # of trainings that nobody made one for


@dataclass(frozen=True)
class Fault:
    """`code` finds the sentence; `facts` fill it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def body_of(template: Template) -> dict[str, Any]:
    """As it is stored: lists, strings, whole numbers."""
    body = {one.name: getattr(template, one.name) for one in fields(Template)}
    body["texts"] = {name: text for name, text in sorted(template.texts.items()) if text}
    body["offsets"] = {name: list(by) for name, by in sorted(template.offsets.items()) if any(by)}
    return body | {"issuers": list(template.issuers), "on_paper": list(template.on_paper)}


def template_in(body: Mapping[str, Any]) -> Template:
    """What an older version did not know yet stands as by default."""
    known = {one.name: body[one.name] for one in fields(Template) if one.name in body}
    offsets = {name: (by[0], by[1]) for name, by in known.get("offsets", {}).items()}
    lists = {name: tuple(known[name]) for name in ("issuers", "on_paper") if name in known}
    return replace(Template(), **(known | lists | {"offsets": offsets}))


def places_in(text: str) -> list[str]:
    return _PLACE.findall(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; what stands in a value is never a place."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def template_faults(template: Template, *, reason: str = "") -> list[Fault]:
    """All that is wrong. reason: why the line is left out."""
    return [*choice_faults(template), *paper_faults(template), *text_faults(template, reason)]


def choice_faults(template: Template) -> Iterator[Fault]:
    known: Mapping[str, Iterable[str]] = {
        "design": DESIGNS, "colours": COLOURS, "paper": PAPERS, "language": LANGUAGES, "dates": DATES,
    }  # fmt: skip
    for name, choices in known.items():
        if getattr(template, name) not in choices:
            yield Fault("template-choice", {"field": name, "value": getattr(template, name)})
    for part in (*template.on_paper, *template.offsets):
        if part not in (ON_PAPER if part in template.on_paper else MOVED):
            yield Fault("template-choice", {"field": "part", "value": part})


def paper_faults(template: Template) -> Iterator[Fault]:
    if template.paper == CUSTOM and not all(LEAST_MM <= side <= MOST_MM for side in (template.wide, template.high)):
        yield Fault("template-paper", {"least": LEAST_MM, "most": MOST_MM})
    for part, by in template.offsets.items():
        if max(map(abs, by)) > MOST_NUDGE:
            yield Fault("template-nudge", {"part": part, "most": MOST_NUDGE // 10})


def text_faults(template: Template, reason: str) -> Iterator[Fault]:
    if not template.title.strip():
        yield Fault("template-title")
    if len(template.issuers) > MOST_ISSUERS:
        yield Fault("template-issuers", {"most": MOST_ISSUERS})
    if template.is_line_on and not template.line.strip():
        yield Fault("template-line-blank")
    if not template.is_line_on and not reason.strip():
        yield Fault("template-line-off")
    for name, text in template.texts.items():
        kind, _, language = name.partition(".")
        if kind not in PLACES or language not in ("zh", "en"):
            yield Fault("template-choice", {"field": "texts", "value": name})
            continue
        if len(text) > MOST_TEXT:
            yield Fault("template-long", {"kind": kind, "most": MOST_TEXT})
        for place in places_in(text):
            if place not in PLACES[kind]:
                yield Fault("template-place", {"kind": kind, "place": f"{{{place}}}"})
        if set(_PLACE.sub("", text)) & set("{}"):
            yield Fault("template-brace", {"kind": kind})

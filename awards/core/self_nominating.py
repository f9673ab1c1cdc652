"""What people say who nominate themselves for an award (自荐), what is still missing of it, and the secret by which
they come back."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from competition.core.grades import GRADES
from competition.core.late_fields import PHONE

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: none is read as another
NUMBER_SIGNS, SECRET_SIGNS = 8, 20  # of the secret: 100 bits
MISREAD = str.maketrans("OIL", "011")
LONGEST = {"name": 60, "school": 100, "contact": 30, "reason": 800, "said_of": 200}
MOST_WON = 5
MOST_PROOFS = 3
RECOMMENDATION, CONSENT, PROOF = "recommendation", "consent", "proof"
WON_PLACES = tuple(f"won-{row}" for row in range(MOST_WON))
PLACES = (RECOMMENDATION, CONSENT, PROOF, *WON_PLACES)
PLEDGED = ("self-true", "self-data")  # besides those of the award
UNSEEN = ("Cc", "Cf")
OLDEST = date(1990, 1, 1)


@dataclass(frozen=True)
class WonOnce:
    """A prize as its winner says it, with the day on the document."""

    said_of: str = ""
    prize: str = ""
    level: str = ""
    won_on: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.said_of or self.prize or self.level or self.won_on)


@dataclass(frozen=True)
class SelfSaid:
    """All that is typed. `school`: or place of work; `contact`: a guardian's phone, of a tutor the own one."""

    name: str = ""
    school: str = ""
    grade: int | None = None
    contact: str = ""
    reason: str = ""
    won: tuple[WonOnce, ...] = ()

    def values(self) -> dict[str, Any]:
        return asdict(self)


def said_in(values: Mapping[str, Any]) -> SelfSaid:
    """The same from plain values; what is not there is blank."""
    texts = {name: str(values.get(name) or "") for name in ("name", "school", "contact", "reason")}
    won = tuple(WonOnce(**one) for one in values.get("won", ()))
    return SelfSaid(**texts, grade=values.get("grade"), won=won)


def tidy(text: str) -> str:
    """On one line and without signs that nobody sees: by them two of one name would look like one, and be two."""
    seen = (sign for sign in " ".join(text.split()) if unicodedata.category(sign) not in UNSEEN)
    return "".join(seen).strip()


@dataclass(frozen=True)
class SelfLack:
    """where: the field it is about."""

    where: str
    code: str


def lacks_of_self(
    said: SelfSaid,
    *,
    papers: Collection[str],
    pledged: Collection[str],
    wanted: Collection[str],
    is_student: bool,
    today: date,
) -> list[SelfLack]:
    """Everything that keeps it from being sent, in the order of the form.

    papers    places that have a document
    pledged   codes of pledges given; wanted: of those that must be
    """
    found = [SelfLack(name, f"self-lacks-{name}") for name in ("name", "school") if not getattr(said, name)]
    if is_student and said.grade not in GRADES:
        found.append(SelfLack("grade", "self-lacks-grade"))
    if not PHONE.fullmatch(said.contact):
        found.append(SelfLack("contact", "self-lacks-contact"))
    if not said.reason:
        found.append(SelfLack("reason", "self-lacks-reason"))
    for row, place in enumerate(WON_PLACES):
        one = said.won[row] if row < len(said.won) else WonOnce()
        found += [SelfLack(where, code) for where, code in lacks_of_won(row, one, place in papers, today)]
    if RECOMMENDATION not in papers:
        found.append(SelfLack(RECOMMENDATION, "self-lacks-recommendation"))
    if is_student and CONSENT not in papers:
        found.append(SelfLack(CONSENT, "self-lacks-consent"))
    return found + [SelfLack(f"pledge-{code}", "self-lacks-pledge") for code in wanted if code not in pledged]


def lacks_of_won(row: int, one: WonOnce, has_paper: bool, today: date) -> list[tuple[str, str]]:
    """A row says everything, with its document, or nothing."""
    if one.is_blank and not has_paper:
        return []
    found = [(f"won-{row}-{name}", "self-lacks-won") for name in ("said_of", "level", "won_on")
             if not getattr(one, name)]  # fmt: skip
    if one.won_on and not OLDEST <= date.fromisoformat(one.won_on) <= today:
        found.append((f"won-{row}-won_on", "self-lacks-day"))
    return found if has_paper else [*found, (f"won-{row}", "self-lacks-document")]


def drawn(signs: int, choice: Callable[[str], str]) -> str:
    """choice   draws one sign of these, so that nobody can guess it"""
    return "".join(choice(ALPHABET) for _ in range(signs))


def grouped(text: str) -> str:
    """Four and four, as it is written down."""
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def ungrouped(typed: str) -> str:
    """As people type it: in small letters or wide ones, with spaces, O for 0."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(MISREAD)
    return "".join(sign for sign in plain if sign in ALPHABET)

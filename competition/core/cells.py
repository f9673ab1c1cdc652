"""One cell of a workbook as the value it means, or what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from competition.core.columns import Column, Kind
from competition.core.numbers import exact

YES = {"是", "yes", "y", "true", "1", "√", "✓", "有", "对"}
NO = {"否", "no", "n", "false", "0", "×", "无", "不"}
SEPARATORS = re.compile(r"[、;；,，\n\r]+")
HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
HAN_GAP = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
EXCEL_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
DAY = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.0+)?)?)?$"
)
EXACT_DIGITS = 15  # what a numeric cell of a spreadsheet can hold


@dataclass(frozen=True)
class Fault(Exception):
    """What is wrong with a cell: a code that finds its sentence, and facts to fill it."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a point, days as days, outer spaces gone, composed (NFC).

    raises   Fault "digits-lost" where a numeric cell has more digits than a spreadsheet keeps
    """
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"  # a yes or no, never a number
    if isinstance(cell, int | float):
        return text_of_number(float(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S" if cell.time() != time() else "%Y-%m-%d")
    if isinstance(cell, date):
        return cell.isoformat()
    return unicodedata.normalize("NFC", str(cell)).replace("\u3000", " ").replace("\xa0", " ").strip()


def text_of_number(value: float) -> str:
    if value.is_integer():
        if abs(value) >= 10**EXACT_DIGITS:
            raise Fault("digits-lost", {"found": f"{value:.0f}"})
        return f"{value:.0f}"
    return f"{value:.{EXACT_DIGITS}g}"


def value_of(column: Column, cell: Any) -> Any:
    """The value that a cell means for its column; None where it is blank.

    TEXT str · INTEGER int · NUMBER Fraction · YES_NO bool · CHOICE the choice's code · DATE date ·
    MOMENT datetime without zone · NAME str · NAMES tuple of str
    raises   Fault
    """
    text = text_of(cell)
    if text in EXCEL_ERRORS:
        raise Fault("excel-error", {"found": text})
    if not text:
        if column.required:
            raise Fault("value-missing", {})
        return None
    return READERS[column.kind](column, text)


def as_text(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise Fault("too-long", {"found": len(text), "longest": column.longest})
    return text


def as_number(column: Column, text: str) -> Fraction:
    try:
        found = exact(text)
    except ValueError:
        raise Fault("not-a-number", {"found": text}) from None
    return in_range(column, found, text)


def as_integer(column: Column, text: str) -> int:
    found = as_number(column, text)
    if found.denominator != 1:
        raise Fault("not-whole", {"found": text})
    return int(found)


def in_range(column: Column, found: Fraction, text: str) -> Fraction:
    if column.low is not None and found < column.low:
        raise Fault("too-low", {"found": text, "low": column.low})
    if column.high is not None and found > column.high:
        raise Fault("too-high", {"found": text, "high": column.high})
    return found


def as_yes_no(column: Column, text: str) -> bool:
    plain = folded(text)
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise Fault("not-yes-no", {"found": text})


def as_choice(column: Column, text: str) -> str:
    for code, known in column.choices.items():
        if folded(text) in {folded(word) for word in (code, *known)}:
            return str(code)
    raise Fault("not-a-choice", {"found": text, "choices": column.choices})


def as_moment(column: Column, text: str) -> datetime:
    match = DAY.match(text)
    try:
        if match:
            return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        pass
    raise Fault("not-a-date", {"found": text})


def as_date(column: Column, text: str) -> date:
    return as_moment(column, text).date()


def as_names(column: Column, text: str) -> tuple[str, ...]:
    return tuple(as_name(column, name) for part in SEPARATORS.split(text) if (name := part.strip()))


def as_name(column: Column, text: str) -> str:
    """A name; 张 三, set apart to fill a line, is 张三.

    raises   Fault "names-with-space" on 张三 李四: two names, or one of 欧阳 娜娜? A person has to say.
    """
    parts = HAN_GAP.split(text)
    if len(parts) > 1 and all(len(part) > 1 for part in parts):
        raise Fault("names-with-space", {"found": text})
    return as_text(column, "".join(parts))


def folded(text: str) -> str:
    """For comparing words: width, case and spaces do not count."""
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "")


READERS = {
    Kind.TEXT: as_text,
    Kind.INTEGER: as_integer,
    Kind.NUMBER: as_number,
    Kind.YES_NO: as_yes_no,
    Kind.CHOICE: as_choice,
    Kind.DATE: as_date,
    Kind.MOMENT: as_moment,
    Kind.NAME: as_name,
    Kind.NAMES: as_names,
}

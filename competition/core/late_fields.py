"""上报信息: what may be asked late of those who go up, how it has to be written, and how it is shown masked."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from stdnum.cn.ric import calc_check_digit

ID_NUMBER, BIRTH_DATE, SEX, PHOTO = "id_number", "birth_date", "sex", "photo"
OF_AUTHORS = (ID_NUMBER, BIRTH_DATE, SEX, PHOTO, "address", "guardian_name", "guardian_phone")
OF_TUTORS = ("phone", "email", ID_NUMBER)
FIELDS = tuple(dict.fromkeys((*OF_AUTHORS, *OF_TUTORS)))
PHONES = ("phone", "guardian_phone")
LONGEST = {"address": 200, "guardian_name": 60, "email": 200}
MALE, FEMALE = "male", "female"

OLDEST = date(1900, 1, 1)
NUMBER = re.compile(r"[0-9]{17}[0-9X]")
RUN = re.compile(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])")
OTHER_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z()/-]{4,29}")
AS_A_FLOAT = re.compile(r"[0-9][0-9]*[.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)
PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
STAR = "*"
HIDDEN = 4  # characters that a mask hides at least, else all but the first


class Unfitting(ValueError):
    """A value cannot be what it is said to be; `code` says why, in words of `competition.wording` of late fields."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def cleaned(field: str, text: str, *, today: date, is_other: bool = False) -> str:
    """The value as it is kept: one way of writing, always text, so that no zero and no digit is lost.

    is_other   of an ID number: of another document, such as a passport, which has no check digit
    raises     Unfitting
    """
    text = "".join(char for char in unicodedata.normalize("NFKC", text).strip() if char.isprintable())
    if field == ID_NUMBER:
        return other_number(text) if is_other else id_number(text, today=today)
    if field == BIRTH_DATE:
        return birth_date(text, today=today)
    if field == SEX:
        return required(text in (MALE, FEMALE), text, "no-choice")
    if field in PHONES:
        return required(PHONE.fullmatch(text), text, "no-phone")
    text = required(len(text) <= LONGEST[field], text, "too-long")
    return required(EMAIL.fullmatch(text), text, "no-email") if field == "email" else text


def required(holds: object, text: str, code: str) -> str:
    if not holds:
        raise Unfitting(code)
    return text


def id_number(text: str, *, today: date) -> str:
    """Eighteen characters with the right check digit and a day that exists. Which county it names is not asked:
    counties come and go, and a person's number stays."""
    text = re.sub(r"[\s-]", "", text).upper()
    if AS_A_FLOAT.fullmatch(text):
        raise Unfitting("number-as-float")
    if not NUMBER.fullmatch(text):
        raise Unfitting("number-length")
    if calc_check_digit(text) != text[-1]:
        raise Unfitting("number-check-digit")
    born = day_in(text)
    if born is None or not OLDEST <= born <= today:
        raise Unfitting("number-day")
    return text


def other_number(text: str) -> str:
    text = re.sub(r"\s", "", text).upper()
    return required(OTHER_NUMBER.fullmatch(text) and not AS_A_FLOAT.fullmatch(text), text, "other-number")


def birth_date(text: str, *, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unfitting("no-day") from None
    return required(OLDEST <= day <= today, day.isoformat(), "no-day")


def day_in(number: str) -> date | None:
    """The day of birth that an ID number names."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_numbers_in(text: str) -> list[str]:
    """What can only be somebody's ID number, wherever it stands in a text."""
    found = RUN.findall(unicodedata.normalize("NFKC", text).upper())
    return [one for one in found if day_in(one) and calc_check_digit(one) == one[-1]]


def sex_in(number: str) -> str:
    return MALE if int(number[16]) % 2 else FEMALE


def disagreements(values: Mapping[str, str]) -> dict[str, str]:
    """field -> code, where what is known of one person does not go together. A passport says nothing of either."""
    number = values.get(ID_NUMBER, "")
    if not NUMBER.fullmatch(number):
        return {}
    found = {}
    day = day_in(number)
    if day and values.get(BIRTH_DATE, day.isoformat()) != day.isoformat():
        found[BIRTH_DATE] = "other-day-than-number"
    if values.get(SEX, sex_in(number)) != sex_in(number):
        found[SEX] = "other-sex-than-number"
    return found


def masked(field: str, value: str) -> str:
    """What whoever typed it is shown, enough to see that it is there and whose it is.

    >>> masked("id_number", "34110219900307001X"), masked("phone", "13900001111"), masked("birth_date", "2012-05-01")
    ('3411**********001X', '139****1111', '2012-**-**')
    """
    if field == SEX:
        return STAR
    if field == BIRTH_DATE:
        return f"{value[:4]}-**-**"
    if field == "email":
        name, _, place = value.partition("@")
        return f"{name[:1]}***@{place}"
    head, tail = {ID_NUMBER: (4, 4), "address": (3, 0), "guardian_name": (1, 0)}.get(field, (3, 4))
    if len(value) < head + tail + HIDDEN:  # too short to show so much of it
        head, tail = min(1, len(value) - 1), 0
    return value[:head] + STAR * (len(value) - head - tail) + value[len(value) - tail :]

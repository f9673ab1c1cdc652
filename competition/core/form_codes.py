"""Codes on printed papers: which entry or unit they are of, and a mark of what they say."""

import re
from dataclasses import dataclass

MARK = 8  # hexadecimal digits of the digest
_SUMMARY = re.compile(r"LS/([A-Z2-7]{26})/([0-9A-F]{8})")
_REPORT = re.compile(r"LR/([A-Z2-7]{26})/([0-9A-F]{8})")
_FORM = re.compile(r"LF/([A-Z2-7]{26})/([1-9][0-9]{0,4})/([0-9A-F]{8})")


@dataclass(frozen=True)
class FormCode:
    """key of the entry, version of the submission, mark: the first digits of that version's digest"""

    key: str
    version: int
    mark: str


def form_code(key: str, version: int, digest: str) -> str:
    """In the characters of QR's alphanumeric mode, so that the symbol stays small.

    digest   "sha256:" and 64 hexadecimal digits
    """
    return f"LF/{key}/{version}/{mark_of(digest)}".upper()


def mark_of(digest: str) -> str:
    return digest.removeprefix("sha256:")[:MARK].upper()


def read_form_code(text: str) -> FormCode | None:
    """None for any other code that may be on a page."""
    found = _FORM.fullmatch(text.strip().upper())
    return FormCode(found[1].lower(), int(found[2]), found[3]) if found else None


def summary_code(key: str, digest: str) -> str:
    """On the summary of the unit `key`, whose recommended entries have this digest."""
    return f"LS/{key}/{mark_of(digest)}".upper()


def read_summary_code(text: str) -> tuple[str, str] | None:
    """(key of the unit, mark); None for any other code."""
    found = _SUMMARY.fullmatch(text.strip().upper())
    return (found[1].lower(), found[2]) if found else None


def report_code(key: str, digest: str) -> str:
    """On the report `key` of a unit about its own contest."""
    return f"LR/{key}/{mark_of(digest)}".upper()


def read_report_code(text: str) -> tuple[str, str] | None:
    """(key of the report, mark); None for any other code."""
    found = _REPORT.fullmatch(text.strip().upper())
    return (found[1].lower(), found[2]) if found else None

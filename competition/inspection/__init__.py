"""Uploaded files judged by what is in them. Plain data in, plain data out; every parser runs in a child process.

A file comes from a child or from someone who means harm; both get the same answer: `Inspected`, or an `Unfit` that
says why. No parser of foreign bytes runs in the server: the child has limits of time, memory and output, and
however it ends, its end is an answer.
"""

from competition.inspection.kinds import CODES, FileKind, Inspected, Limits, ScanPage, Unfit
from competition.inspection.names import Found, names_in
from competition.inspection.outside import (
    inspect_file,
    judge_copy,
    page_codes,
    page_texts,
    portrait,
    preview,
    write_judge_copy,
    write_pages,
)
from competition.inspection.signatures import media_type

__all__ = [
    "CODES",
    "FileKind",
    "Found",
    "Inspected",
    "Limits",
    "ScanPage",
    "Unfit",
    "inspect_file",
    "judge_copy",
    "media_type",
    "names_in",
    "page_codes",
    "page_texts",
    "portrait",
    "preview",
    "write_judge_copy",
    "write_pages",
]

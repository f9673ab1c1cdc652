"""Certificates as one file each, in folders by unit and school: long work of the kind "certificates", and of a training
in folders by school or workplace."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from awards.models import Training
from awards.services.certified import TRAINING, certified
from awards.services.file_signatures import batch, is_set_up, signed
from awards.states import PrintedAs
from competition import parts
from competition.errors import Denial, Refused
from competition.models import Contest

KIND = "certificates"
OF_TRAINING = "training-certificates"
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # of folders and files, on any system
LONGEST = 80  # characters of a folder: three bytes each, and systems take 255

Thing = Contest | Training


def items(thing: Thing) -> list[int]:
    """The valid ones, in the order of printing."""
    return certified(thing).in_order()


def terms(thing: Thing, options: Any = None) -> str:
    """Changes with every certificate and every template, and with whether files are signed; not with who signs, so
    that a run that stood still for an old certificate goes on with a new one."""
    whose = certified(thing)
    said = (whose.in_order(), whose.templates_used(), *(["signed"] if is_set_up() else []))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def names(thing: Thing, keys: Sequence[int]) -> list[str]:
    """Unit, school, number: no name of a person."""
    return [name_of(folders, number) for folders, number in certified(thing).folders(keys)]


def name_of(folders: Sequence[str], number: str) -> str:
    clean = [NOT_IN_NAMES.sub("_", part).strip(". ")[:LONGEST].strip(". ") for part in [*folders, number]]
    return "/".join([*filter(None, clean[:-1]), f"{clean[-1]}.pdf"])


def make(thing: Thing, keys: Sequence[int], options: Any = None) -> list[bytes]:
    """Without seal, as all are printed unless somebody says otherwise.

    raises   Refused "work-outdated", "certificate-unprintable", and where one cannot be signed
    """
    whose = certified(thing)
    made: dict[int, bytes] = {}
    for part in whose.parts(whose.among(keys)):
        files = whose.files(whose.section(part, PrintedAs.PLAIN, None))
        made |= {one.pk: data for (one, _), data in zip(part.rows, files, strict=True)}
    if not made.keys() >= set(keys):
        raise Refused(Denial("work-outdated"))
    return [signed(made[key], at=timezone.now()) for key in keys]


def why_not(user: Any, thing: Thing, *, at: datetime) -> Denial | None:
    return certified(thing).why_not(user, at=at)


WORK = parts.Work(
    why_not=why_not,
    items=items,
    terms=terms,
    names=names,
    make=make,
    title=lambda thing: gettext("One file for each certificate"),
    file=lambda thing: "certificates.zip",
    tab="certificates",
    batch=batch,
    varies=is_set_up,
)
WORK_OF_TRAINING = replace(WORK, of=TRAINING, tab="")

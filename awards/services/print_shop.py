"""交印刷厂: all valid certificates as one PDF by unit and school, with a cover and a page before each school: long work
of the kind "print-shop", and of a training by school or workplace."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from awards.pdf import Leaf, Place, rows_of_page
from awards.services.by_school import Home
from awards.services.certificate_pack import Thing, why_not
from awards.services.certified import TRAINING, Certified, certified
from awards.states import PrintedAs
from competition import parts
from competition.errors import Denial, Refused
from competition.models import Job

KIND = "print-shop"
OF_TRAINING = "training-print-shop"
FILE = "certificates-print-shop.pdf"
BLANK = Leaf()


def options(sent: Mapping[str, Any]) -> dict[str, Any]:
    """separators: a page before each school, and a cover; backs: a blank page after each, for a machine that prints
    both sides."""
    said = sent.get("printed_as", "")
    return {
        "printed_as": str(said if said in PrintedAs else PrintedAs.PLAIN),
        "separators": bool(sent.get("separators")),
        "backs": bool(sent.get("backs")),
    }


def items(thing: Thing) -> list[int]:
    """One file of all."""
    return [thing.pk] if certified(thing).valid().exists() else []


def terms(thing: Thing, chosen: Mapping[str, Any]) -> str:
    """Changes with every certificate, its list, its school, every template, what is printed besides, and every seal."""
    whose = certified(thing)
    seals = [one.pk for one in whose.seals(chosen["printed_as"])[1]]
    said = [whose.rows(), whose.templates_used(), seals, *whose.facts(), sorted(chosen.items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def names(thing: Thing, keys: list[int]) -> list[str]:
    return [FILE for _ in keys]


def make(thing: Thing, keys: list[int], chosen: Mapping[str, Any]) -> list[bytes]:
    return [print_run(thing, chosen) for _ in keys]


def print_run(thing: Thing, chosen: Mapping[str, Any]) -> bytes:
    """raises   Refused "no-seal", "certificate-unprintable", "nothing-to-make" """
    whose = certified(thing)
    standing, _used = whose.seals(chosen["printed_as"])
    homes = whose.homes()
    sorted_parts = whose.parts(one for home in homes for one in home.certificates)
    if not sorted_parts:
        raise Refused(Denial("nothing-to-make"))
    sections = [whose.section(one, chosen["printed_as"], standing) for one in sorted_parts]
    places = {
        certificate.pk: (part, page)
        for part, one in enumerate(sorted_parts)
        for page, (certificate, _) in enumerate(one.rows)
    }
    order: list[Place | Leaf] = []
    for home in homes:
        if chosen["separators"]:
            order.append(separator(home))
        order += [places[one.pk] for one in home.certificates]
    if chosen["separators"]:
        first = sections[order_of_first(order)][0]
        order = [*covers(whose, homes, first.paper), *order]
    if chosen["backs"]:
        order = [page for one in order for page in (one, BLANK)]
    return whose.book(sections, order)


def order_of_first(order: Sequence[Place | Leaf]) -> int:
    """The part of the first certificate."""
    return next(place[0] for place in order if not isinstance(place, Leaf))


def separator(home: Home) -> Leaf:
    numbers = [one.number for one in home.certificates]
    span = f"编号 {numbers[0]}" if len(numbers) == 1 else f"首份编号 {numbers[0]}，末份编号 {numbers[-1]}"
    lines = (f"共 {len(numbers)} 份", span)
    return Leaf(small=home.unit if home.school else "", heading=home.name, lines=lines)


def covers(whose: Certified, homes: Sequence[Home], paper: str) -> Iterator[Leaf]:
    """How many of each; several pages where they are many."""
    total, rows = whose.counted(homes)
    most = rows_of_page(paper)
    for start in range(0, len(rows), most):
        page = tuple(rows[start : start + most])
        yield Leaf(small=whose.label, heading="证书付印清单", lines=(total,), rows=page)


def done(job: Job, thing: Thing, *, at: datetime) -> None:
    """Written down as every printing is, by who began it.

    raises   Refused "work-outdated" where somebody withdrew a seal while the pages were made
    """
    whose, printed_as = certified(thing), job.options["printed_as"]
    try:
        _standing, used = whose.seals(printed_as)
        whose.record(printed_as, used, by=job.made_by, at=at)
    except Refused as refused:
        raise Refused(Denial("work-outdated")) from refused


WORK = parts.Work(
    why_not=why_not,
    items=items,
    terms=terms,
    names=names,
    make=make,
    title=lambda thing: gettext("One PDF for the print shop"),
    file=lambda thing: FILE,
    tab="certificates",
    options=options,
    is_one=True,
    size=lambda thing: certified(thing).valid().count(),
    done=done,
)
WORK_OF_TRAINING = replace(WORK, of=TRAINING, tab="")

"""交印刷厂: all valid certificates as one PDF by unit and school, with a cover and a page before each school: long work
of the kind "print-shop"."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from awards.models import Templates
from awards.pdf import DoesNotFit, GlyphMissing, Leaf, Place, rows_of_page
from awards.services.by_school import HOMES, Home, count_of, homes_of, of_units
from awards.services.certificate_pack import why_not
from awards.services.certificates import bound, by_template, section_of
from awards.services.printing import record_print, seals_for
from awards.states import CertificateState, PrintedAs
from competition import parts
from competition.errors import Denial, Refused
from competition.models import Contest, Job

KIND = "print-shop"
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


def valid(contest: Contest) -> Any:
    return contest.certificates.filter(state=CertificateState.VALID)


def items(contest: Contest) -> list[int]:
    """One file for the contest."""
    return [contest.pk] if valid(contest).exists() else []


def terms(contest: Contest, chosen: Mapping[str, Any]) -> str:
    """Changes with every certificate, its list, its school, every template, what the contest prints, and every seal."""
    places = [f"{one}__label_zh" for one in HOMES if one.endswith("district")]
    schools = [one.removesuffix("district") + "name" for one in HOMES if one.endswith("school__district")]
    rows = valid(contest).order_by("serial").values_list("pk", "list_id", *places, *schools)
    templates = contest.certificate_templates.order_by("pk").values_list("pk", flat=True)
    seals = [one.pk for one in seals_for(contest, chosen["printed_as"])[1]]
    said = [list(rows), list(templates), seals, sorted(contest.settings.items()), contest.as_of, sorted(chosen.items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def names(contest: Contest, keys: list[int]) -> list[str]:
    return [FILE for _ in keys]


def make(contest: Contest, keys: list[int], chosen: Mapping[str, Any]) -> list[bytes]:
    return [print_run(contest, chosen) for _ in keys]


def print_run(contest: Contest, chosen: Mapping[str, Any]) -> bytes:
    """raises   Refused "no-seal", "certificate-unprintable", "nothing-to-make" """
    standing, _used = seals_for(contest, chosen["printed_as"])
    homes, templates = homes_of(contest), Templates(contest)
    sorted_parts = by_template(templates, [one for home in homes for one in home.certificates])
    if not sorted_parts:
        raise Refused(Denial("nothing-to-make"))
    sections = [section_of(contest, templates, one, chosen["printed_as"], standing) for one in sorted_parts]
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
        order = [*covers(contest, homes, first.paper), *order]
    if chosen["backs"]:
        order = [page for one in order for page in (one, BLANK)]
    try:
        return bound(contest, sections, order)
    except (GlyphMissing, DoesNotFit) as fault:
        number = fault.number if isinstance(fault, DoesNotFit) else fault.where
        raise Refused(Denial("certificate-unprintable", {"number": number})) from fault


def order_of_first(order: Sequence[Place | Leaf]) -> int:
    """The part of the first certificate."""
    return next(place[0] for place in order if not isinstance(place, Leaf))


def separator(home: Home) -> Leaf:
    numbers = [one.number for one in home.certificates]
    span = f"编号 {numbers[0]}" if len(numbers) == 1 else f"首份编号 {numbers[0]}，末份编号 {numbers[-1]}"
    lines = (f"共 {len(numbers)} 份", span)
    return Leaf(small=home.unit if home.school else "", heading=home.name, lines=lines)


def covers(contest: Contest, homes: Sequence[Home], paper: str) -> Iterator[Leaf]:
    """How many of each unit; several pages where the units are many."""
    units = of_units(homes)
    rows = [(unit, f"{schools_in(ones)} 校 {count_of(ones)} 份") for unit, ones in units]
    lines = (f"共 {count_of(homes)} 份 · {len(units)} 个单位 · {schools_in(homes)} 所学校",)
    most = rows_of_page(paper)
    for start in range(0, len(rows), most):
        page = tuple(rows[start : start + most])
        yield Leaf(small=contest.label_zh, heading="证书付印清单", lines=lines, rows=page)


def schools_in(homes: Sequence[Home]) -> int:
    return sum(1 for one in homes if one.school)


def done(job: Job, *, at: datetime) -> None:
    """Written down as every printing is, by who began it.

    raises   Refused "work-outdated" where somebody withdrew a seal while the pages were made
    """
    printed_as = job.options["printed_as"]
    try:
        _standing, used = seals_for(job.contest, printed_as)
        record_print(contest=job.contest, certificate=None, printed_as=printed_as, seals=used, by=job.made_by, at=at)
    except Refused as refused:
        raise Refused(Denial("work-outdated")) from refused


WORK = parts.Work(
    why_not=why_not,
    items=items,
    terms=terms,
    names=names,
    make=make,
    title=lambda contest: gettext("One PDF for the print shop"),
    file=lambda contest: FILE,
    tab="certificates",
    options=options,
    is_one=True,
    size=lambda contest: valid(contest).count(),
    done=done,
)

"""Certificates as one file each, in folders by unit and school: long work of the kind "certificates"."""

import hashlib
import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from awards.access_to_certificates import why_not_print_certificates
from awards.models import Certificate, Templates
from awards.pdf import DoesNotFit, GlyphMissing
from awards.services.certificates import Part, Section, bound, parts_of, section_of
from awards.services.file_signatures import batch, is_set_up, signed
from competition import parts
from competition.errors import Denial, Refused
from competition.models import Contest

KIND = "certificates"
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # of folders and files, on any system


def items(contest: Contest) -> list[int]:
    """The valid ones, in the order of printing."""
    return [one.pk for part in parts_of(contest, Templates(contest)) for one, _ in part.rows]


def terms(contest: Contest, options: Any = None) -> str:
    """Changes with every certificate and every template, and with whether files are signed; not with who signs, so
    that a run that stood still for an old certificate goes on with a new one."""
    templates = contest.certificate_templates.order_by("pk").values_list("pk", flat=True)
    said = (items(contest), list(templates), *(["signed"] if is_set_up() else []))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def names(contest: Contest, keys: list[int]) -> list[str]:
    """Unit, school, number: no name of a person."""
    related = ("award__entry", "special__entry", "recognition")
    places = [f"{one}__school__district" for one in related] + ["recognition__district"]
    found = Certificate.objects.select_related(*places).in_bulk(keys)
    return [name_of(found[key]) for key in keys]


def name_of(one: Certificate) -> str:
    entry = one.work.entry if one.work else None
    school = entry.school if entry else one.recognition.school if one.recognition else None
    unit = school.district if school else one.recognition.district if one.recognition else None
    folders = [unit.label if unit else "", school.name if school else ""]
    return "/".join(NOT_IN_NAMES.sub("_", part).strip(". ") for part in [*filter(None, folders), f"{one.number}.pdf"])


def make(contest: Contest, keys: list[int], options: Any = None) -> list[bytes]:
    """Without seal, as all are printed unless somebody says otherwise.

    raises   Refused "work-outdated", "certificate-unprintable", and where one cannot be signed
    """
    templates = Templates(contest)
    sections = {
        row[0].pk: (row[0], section_of(contest, templates, Part(part.template, [row])))
        for part in parts_of(contest, templates, contest.certificates.filter(pk__in=keys))
        for row in part.rows
    }
    if not sections.keys() >= set(keys):
        raise Refused(Denial("work-outdated"))
    return [signed(printed(contest, *sections[key]), at=timezone.now()) for key in keys]


def printed(contest: Contest, one: Certificate, section: Section) -> bytes:
    try:
        return bound(contest, [section])
    except (GlyphMissing, DoesNotFit) as fault:
        raise Refused(Denial("certificate-unprintable", {"number": one.number})) from fault


def why_not(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    return why_not_print_certificates(user, contest, at=at)


WORK = parts.Work(
    why_not=why_not,
    items=items,
    terms=terms,
    names=names,
    make=make,
    title=lambda contest: gettext("One file for each certificate"),
    file=lambda contest: "certificates.zip",
    tab="certificates",
    batch=batch,
    varies=is_set_up,
)

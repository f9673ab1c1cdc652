"""Papers of the prize-giving as PDF, made when they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards.ceremony_style import CeremonyStyle, ceremony_style
from awards.core.seating import TooFewSeats
from awards.outputs.collecting import collecting_sheets
from awards.outputs.seating import seating_pdf
from awards.outputs.stickers import badges_pdf, mail_labels_pdf
from awards.pdf import DoesNotFit, GlyphMissing
from awards.views.files import Material, certified, material_of, own, unprintable
from competition.access import why_not_organise
from competition.errors import Denial
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import PDF, download
from competition.views.finding import find_contest


def is_locked(material: Material, _style: CeremonyStyle) -> bool:
    return material.is_fixed


def is_issued(material: Material, _style: CeremonyStyle) -> bool:
    return material.contest in certified(material)


def has_hall(material: Material, style: CeremonyStyle) -> bool:
    return material.is_fixed and bool(style.rows and style.seats)


def has_guests(material: Material, _style: CeremonyStyle) -> bool:
    return material.is_fixed and any(one.awards.exists() for one in own(material))


@dataclass(frozen=True)
class Paper:
    """`is_there` says whether it can be made now; `make` makes its bytes."""

    is_there: Callable[[Material, CeremonyStyle], bool]
    make: Callable[[Material, CeremonyStyle], bytes]


PAPERS = {
    "seats.pdf": Paper(has_hall, lambda m, s: seating_pdf(m.contest, own(m), s)),
    "badges.pdf": Paper(has_guests, lambda m, s: badges_pdf(m.contest, own(m), s)),
    "mailing.pdf": Paper(is_issued, lambda m, s: mail_labels_pdf(m.contest, s)),
    "tables.pdf": Paper(is_issued, lambda m, s: collecting_sheets(m.contest, s.tables)),
}


@require_GET
@allowed(why_not_organise, find_contest)
def ceremony_paper(request: SignedIn, contest: Contest, name: str) -> HttpResponse:
    material, style, paper = material_of(contest), ceremony_style(contest), PAPERS.get(name)
    if paper is None or not paper.is_there(material, style):
        raise Http404(_("This file cannot be made now."))
    try:
        data = paper.make(material, style)
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("prize-giving", contest.key)
    except TooFewSeats as fault:
        messages.error(request, str(Denial("too-few-seats", {"lacking": fault.lacking})))
        return redirect("prize-giving", contest.key)
    record_look(request.user, f"prize-giving-{name}", contest, at=timezone.now())
    return download(data, name, PDF)

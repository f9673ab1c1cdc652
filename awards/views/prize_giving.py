"""The prize-giving on one page: what there is for it, what each is for, and when it can be made."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from awards.ceremony_forms import CeremonyForm
from awards.ceremony_style import CeremonyStyle, ceremony_style
from awards.outputs.running_order import running_order
from awards.outputs.screen import level_choices
from awards.services.ceremony import plan_ceremony
from awards.views.ceremony_papers import has_guests, has_hall, is_issued, is_locked
from awards.views.files import Material, material_of, own
from competition.access import why_not_organise
from competition.models import Contest
from competition.states import ContestKind
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest

LOCKED = gettext_lazy("once the award list is locked")
ISSUED = gettext_lazy("once certificates are issued")
SAID = gettext_lazy("once rows and seats are said below")


@dataclass(frozen=True)
class Piece:
    """Something for the prize-giving. address: (name of the URL, what follows the contest's key)."""

    label: object
    purpose: object
    when: object
    is_there: Callable[[Material, CeremonyStyle], bool]
    address: tuple[str, ...]
    kind: str


PIECES = (
    Piece(gettext_lazy("Screen of the hall"),
          gettext_lazy("Winners on the projector, from the lowest prize to the highest; moved by keys or clicks."),
          LOCKED, is_locked, ("screen",), ""),
    Piece(gettext_lazy("Script for the host"),
          gettext_lazy("What the host reads, in the same order, with the sounds of rare characters."),
          LOCKED, is_locked, ("file", "host-script.docx"), "Word"),
    Piece(gettext_lazy("Hand-over sheet of certificates"),
          gettext_lazy("One line for each certificate, signed by whoever takes it."),
          ISSUED, is_issued, ("file", "handover.pdf"), "PDF"),
    Piece(gettext_lazy("Who collects at which table"),
          gettext_lazy("A sheet for the door, and one to sign at each table; a school is never split."),
          ISSUED, is_issued, ("ceremony-paper", "tables.pdf"), "PDF"),
    Piece(gettext_lazy("Seats by school"),
          gettext_lazy("Where each school sits, as a list and row by row; everybody once, a school together."),
          SAID, has_hall, ("ceremony-paper", "seats.pdf"), "PDF"),
    Piece(gettext_lazy("Name badges"),
          gettext_lazy("For winners and tutors who come: name, school. Ten on a sheet of A4, to be cut."),
          LOCKED, has_guests, ("ceremony-paper", "badges.pdf"), "PDF"),
    Piece(gettext_lazy("Labels for envelopes"),
          gettext_lazy("For each school: name, contact, number of certificates inside, room for the address."),
          ISSUED, is_issued, ("ceremony-paper", "mailing.pdf"), "PDF"),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def prize_giving(request: SignedIn, contest: Contest) -> HttpResponse:
    material, now = material_of(contest), ceremony_style(contest)
    prizes = level_choices(running_order(own(material))) if material.is_fixed else []
    form = CeremonyForm(request.POST if request.method == "POST" else None, now, prizes)
    if form.is_bound and form.is_valid():
        do = partial(plan_ceremony, contest=contest, style=form.style(), by=request.user, at=timezone.now())
        return answer(request, do, reverse("prize-giving", args=[contest.key]), _("What you chose was saved."))
    return render(request, "awards/prize_giving.html", facts_of(material, now) | {"form": form})


def facts_of(material: Material, now: CeremonyStyle) -> dict[str, object]:
    key = material.contest.key
    pieces = [
        (one, reverse(one.address[0], args=[key, *one.address[1:]]), one.is_there(material, now),
         LOCKED if one.when is SAID and not material.is_fixed else one.when)
        for one in PIECES
    ]  # fmt: skip
    return {"contest": material.contest, "pieces": pieces, "is_locked": material.is_fixed, "tab": "awards",
            "missing": awards_not_fixed(material)}  # fmt: skip


def awards_not_fixed(material: Material) -> list[Contest]:
    """Awards that belong to this contest and whose winners the screen and the script do not have yet."""
    fixed = {one.contest for one in material.fixed}
    return [one for one in material.contests if one.kind == ContestKind.AWARD and one not in fixed]

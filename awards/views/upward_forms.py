"""The forms that go up, of a contest and of a unit: looked at, their sums checked, and printed once they agree."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.outputs.going_up import GoingUp, forms_of_unit, forms_to, mismatch_sentence
from awards.outputs.upward_papers import balance_pdf, forms_xlsx, list_pdf, summary_pdf
from awards.views.papers import printed
from awards.views.upward import Pair, why_not_see_pair
from competition.access import HIDDEN, UnitIn, why_not_see_unit_in
from competition.errors import Denial
from competition.events import record_look
from competition.models import Contest
from competition.services.forwarded import higher_of
from competition.views.doors import SignedIn, allowed, refuse
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest, find_unit_in
from competition.wording import in_a_row

LIST = re.compile(r"list-([1-9]\d{0,2})\.pdf")


def find_sent_pair(request: HttpRequest, key: str, higher: str) -> Pair:
    """A higher contest that took entries of this one, or one that a delegation of it was sent to."""
    sender = find_contest(request, key)
    found = get_object_or_404(Contest.objects.select_related("series", "belongs_to"), key=higher)
    is_delegation = hasattr(found, "delegation") and found.delegation.sender_id == sender.pk
    if not is_delegation and not higher_of(sender).filter(pk=found.pk).exists():
        raise Http404
    return sender, found


def why_not_see_unit_forms(user, place: UnitIn, *, at) -> Denial | None:
    """An award has nominees, not tracks and teams."""
    return why_not_see_unit_in(user, place, at=at) or (HIDDEN if place.contest.is_award else None)


@require_GET
@allowed(why_not_see_pair, find_sent_pair)
def upward_forms(request: SignedIn, pair: Pair) -> HttpResponse:
    sender, higher = pair
    record_look(request.user, "upward-forms", sender, at=timezone.now())
    facts = shown(forms_to(sender, higher), lambda name: reverse("upward-form", args=[sender.key, higher.key, name]))
    return render(request, "awards/upward_forms.html", {"contest": sender, "higher": higher, "tab": "awards", **facts})


@require_GET
@allowed(why_not_see_pair, find_sent_pair)
def upward_form(request: SignedIn, pair: Pair, name: str) -> HttpResponse:
    record_look(request.user, "upward-forms", pair[0], at=timezone.now())
    return file_of(request, forms_to(*pair), name)


@require_GET
@allowed(why_not_see_unit_forms, find_unit_in)
def unit_forms(request: SignedIn, place: UnitIn) -> HttpResponse:
    record_look(request.user, "unit-forms", place.unit, at=timezone.now())
    address = [place.unit.key, place.contest.key]
    facts = shown(forms_of_unit(place.unit, place.contest), lambda name: reverse("unit-form", args=[*address, name]))
    return render(request, "awards/unit_forms.html", {"contest": place.contest, "unit": place.unit, **facts})


@require_GET
@allowed(why_not_see_unit_forms, find_unit_in)
def unit_form(request: SignedIn, place: UnitIn, name: str) -> HttpResponse:
    record_look(request.user, "unit-forms", place.unit, at=timezone.now())
    return file_of(request, forms_of_unit(place.unit, place.contest), name)


def shown(up: GoingUp, address: Callable[[str], str]) -> dict[str, object]:
    lists = [(track, works, address(f"list-{place}.pdf")) for place, (track, works) in enumerate(up.forms.lists, 1)]
    return {
        "up": up,
        "wrong": [mismatch_sentence(one) for one in up.wrong],
        "lists": lists,
        "summary_url": address("summary.pdf"),
        "balance_url": address("balance.pdf"),
        "xlsx_url": address("forms.xlsx"),
    }


def file_of(request: SignedIn, up: GoingUp, name: str) -> HttpResponse:
    """One of the forms; none of them while any sum is wrong."""
    if up.wrong:
        why = in_a_row([mismatch_sentence(one) for one in up.wrong])
        return refuse(request, Denial("forms-do-not-add-up", {"why": why}))
    found, now = LIST.fullmatch(name), timezone.now()
    if not up.forms.total or (found and int(found[1]) > len(up.forms.lists)):
        raise Http404
    if name == "forms.xlsx":
        return download(forms_xlsx(up, at=now), name, XLSX)
    if found:
        return printed(request, lambda: list_pdf(up, int(found[1]), at=now), name)
    make = {"summary.pdf": summary_pdf, "balance.pdf": balance_pdf}.get(name)
    if make is None:
        raise Http404
    return printed(request, lambda: make(up, at=now), name)

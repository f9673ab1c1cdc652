"""What a school or unit is called, and of which kind it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.forms.places import names_form
from competition.models import District, School
from competition.services.place_names import save_school_names, save_unit_names
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.places import find_place, place_page


@require_POST
@allowed(why_not_organise)
def names(request: SignedIn, thing: None, kind: str, key: str) -> HttpResponse:
    """What was typed stays on the page where it cannot be."""
    found = find_place(kind, key)
    form = names_form(found, request.POST)
    if not form.is_valid():
        return place_page(request, found, names=form)
    try:
        with events.via(Via.WEB):
            save(found, form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return place_page(request, found, names=form)
    messages.success(request, _("Saved."))
    return redirect("place", kind, key)


def save(place: School | District, said: dict[str, Any], **who: Any) -> None:
    if isinstance(place, School):
        save_school_names(school=place, **said, **who)
    else:
        save_unit_names(unit=place, **said, **who)

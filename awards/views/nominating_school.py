"""A school nominates for an award (申报): whom, of those who have won or by name. The rest is the form of an entry."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from awards.access import why_not_nominate_from
from awards.presets import kind_of
from awards.services.handing_in import begin_nomination
from awards.services.nominating import people_of
from awards.states import NomineeKind
from awards.views.nominating import track_of, whom_to_choose
from competition import events
from competition.access import Entrance
from competition.errors import Refused
from competition.events import record_look
from competition.models import Track
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.entering import find_entrance


class NamedForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    code = forms.CharField(
        label=_("Student number"), max_length=40, required=False,
        help_text=_("Only needed where two of one name are at your school."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(why_not_nominate_from, find_entrance)
def nominate_from(request: SignedIn, entrance: Entrance) -> HttpResponse:
    """Whom? Then on with the work, the recommendation and the rest."""
    track = track_of(request, entrance.contest)
    form = NamedForm(request.POST if "name" in request.POST else None)
    if request.method == "POST" and (said := whom(request, entrance, track, form)) is not None:
        name, code = said
        try:
            with events.via(Via.WEB):
                entry = begin_nomination(
                    contest=entrance.contest, school=entrance.school, track=track, name=name, code=code,
                    by=request.user, at=timezone.now(),
                )  # fmt: skip
        except Refused as refused:
            return page(request, entrance, track, form, refused=str(refused), status=409)
        return redirect("form", entry.key)
    return page(request, entrance, track, form, status=422 if form.errors else 200)


def whom(request: SignedIn, entrance: Entrance, track: Track, form: NamedForm) -> tuple[str, str] | None:
    """Name and number as chosen or typed, blank for the school itself; None where the form needs another look."""
    if kind_of(track) == NomineeKind.SCHOOL:
        return "", ""
    if form.is_bound:
        return (form.cleaned_data["name"].strip(), form.cleaned_data["code"].strip()) if form.is_valid() else None
    found = people_of(entrance.school, track).filter(key=request.POST.get("subject", "")[:40]).first()
    if found is None:
        raise Http404
    return found.name, found.code


def page(
    request: SignedIn, entrance: Entrance, track: Track, form: NamedForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    school = entrance.school
    record_look(request.user, "candidates", school, at=timezone.now())
    choice = whom_to_choose(request, entrance.contest, track, form, known=people_of(school, track))
    facts = {**choice, "school": school, "refused": refused}
    return render(request, "awards/nominate_from.html", facts, status=status)

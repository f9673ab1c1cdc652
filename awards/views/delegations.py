"""Delegations: what was sent to a higher contest, and what came home."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from awards.models import AwardList
from awards.outputs.delegations import delegation_figures
from awards.selectors import list_that_stands
from awards.services.delegations import Sent, send_delegation, why_not_send
from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.states import Level, Via
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest


class SendForm(forms.Form):
    series = forms.CharField(
        label=gettext_lazy("Contest"), max_length=200,
        help_text=gettext_lazy("Without year, such as its name every year."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Edition"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=300, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[(one.value, one.label) for one in list(Level)[2:]], initial=Level.PROVINCE
    )
    held_on = forms.DateField(
        label=gettext_lazy("Day of the contest"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    numbers = forms.CharField(
        label=gettext_lazy("Numbers of the entries sent"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Separated by spaces, commas or lines. They must have passed the check here."),
    )  # fmt: skip

    def clean_numbers(self) -> list[str]:
        return [one for one in re.split(r"[\s,，、;；]+", self.cleaned_data["numbers"]) if one]

    @property
    def sent(self) -> Sent:
        return Sent(**self.cleaned_data)


@require_http_methods(["GET", "POST"])
@allowed(why_not_send, find_contest)
def delegations(request: SignedIn, contest: Contest) -> HttpResponse:
    """Those of this contest, and a new one."""
    form = SendForm(request.POST if request.method == "POST" else None, initial=first_numbers(contest))
    if form.is_bound and form.is_valid():
        try:
            with events.via(Via.WEB):
                made = send_delegation(sender=contest, sent=form.sent, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The delegation is here. Bring in the published list once it is out."))
            return redirect("delegation", made.contest.key)
    sent = contest.delegations.select_related("contest")
    facts = {"contest": contest, "form": form, "delegations": sent, "tab": "awards"}
    return render(request, "awards/delegations.html", facts, status=422 if form.errors else 200)


def first_numbers(contest: Contest) -> dict[str, Any]:
    """Whoever won a first or a grand prize, as most offices send them; to be changed."""
    award_list: AwardList | None = list_that_stands(contest)
    if award_list is None:
        return {}
    rows = award_list.awards.filter(code__in=("grand", "first")).order_by("entry__order")
    return {"numbers": " ".join(rows.values_list("entry__number", flat=True))}


def find_delegation(request: HttpRequest, key: str) -> Contest:
    contest = find_contest(request, key)
    if not hasattr(contest, "delegation"):
        raise Http404("Nothing was sent there.")
    return contest


@require_GET
@allowed(why_not_organise, find_delegation)
def delegation(request: SignedIn, contest: Contest) -> HttpResponse:
    record_look(request.user, "delegation", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "figures": delegation_figures(contest),
        "lists": contest.delegation.result_lists.select_related("contest"),
        "sender": contest.delegation.sender,
        "tab": "entries",
    }
    return render(request, "awards/delegation.html", facts)

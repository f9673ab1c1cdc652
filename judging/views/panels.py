"""Panels of judges: which there are, what they mark, what they leave out."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.access import why_not_keep_judges
from judging.coverage import coverage_of
from judging.forms.panels import PanelForm, panel_as_values
from judging.models import Panel
from judging.services import panels as services
from judging.views.finding import find_panel_in
from judging.views.panel import of_judge

see_panel = of_judge(why_not_organise)
keep_panel = of_judge(why_not_keep_judges)


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def panels(request: SignedIn, contest: Contest) -> HttpResponse:
    """All of them; and one more."""
    form = PanelForm(contest, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        do = partial(
            services.save_panel, contest=contest, panel=None, facts=form.facts(), by=request.user, at=timezone.now()
        )
        return answer(request, do, reverse("panels", args=[contest.key]), str(_("Saved: %(result)s.")))
    record_look(request.user, "judges", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "coverage": coverage_of(contest),
        "form": form,
        "closed": why_not_keep_judges(request.user, contest, at=timezone.now()),
        "tab": "judging",
        "subtab": "judges",
    }
    return render(request, "judging/panels.html", facts, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@allowed(see_panel, find_panel_in)
def panel(request: SignedIn, panel: Panel) -> HttpResponse:
    contest, to = panel.contest, reverse("panels", args=[panel.contest.key])
    form = PanelForm(contest, request.POST if request.method == "POST" else None, initial=panel_as_values(panel))
    if form.is_bound and form.is_valid():
        do = partial(
            services.save_panel, contest=contest, panel=panel, facts=form.facts(), by=request.user, at=timezone.now()
        )
        return answer(request, do, to, str(_("Saved: %(result)s.")))
    record_look(request.user, "judges", contest, at=timezone.now())
    closed = why_not_keep_judges(request.user, contest, at=timezone.now())
    facts = {"contest": contest, "panel": panel, "form": form, "closed": closed, "tab": "judging", "subtab": "judges"}
    return render(request, "judging/panel.html", facts, status=422 if form.is_bound else 200)


@require_POST
@allowed(keep_panel, find_panel_in)
def panel_delete(request: SignedIn, panel: Panel) -> HttpResponse:
    do = partial(services.delete_panel, panel=panel, by=request.user, at=timezone.now())
    return answer(request, do, reverse("panels", args=[panel.contest.key]), str(_("The panel is gone.")))

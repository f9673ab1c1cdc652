"""The check of prizes: the office opens it and sees who has answered; each unit reads its prizes and answers."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access import UnitPrizes, running_check, why_not_see_prizes, why_not_show_prizes
from awards.outputs.check_papers import prize_check_pdf
from awards.services.checking import (
    answer_prizes,
    close_check,
    prizes_digest,
    prizes_of,
    show_prizes,
    unit_answers,
)
from awards.services.lists import standing_list
from awards.views.papers import printed
from competition.access import moment
from competition.events import record_look
from competition.forms.setup import MomentInput
from competition.models import Contest, District
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


class UntilForm(forms.Form):
    until = forms.DateTimeField(
        label=gettext_lazy("Units may answer until"),
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )


@require_http_methods(["GET", "POST"])
@allowed(why_not_show_prizes, find_contest)
def prize_check(request: SignedIn, contest: Contest) -> HttpResponse:
    running = contest.prize_checks.filter(closed_at=None).first()
    form = UntilForm(request.POST or None, initial={"until": running.until if running else None})
    if request.method == "POST" and form.is_valid():
        do = partial(
            show_prizes, contest=contest, until=form.cleaned_data["until"], by=request.user, at=timezone.now()
        )  # fmt: skip
        done = str(_("The units see their prizes now. Tell them, or print the lists."))
        return answer(request, do, reverse("prize-check", args=[contest.key]), done)
    check = running or contest.prize_checks.last()
    units = unit_answers(check, standing_list(contest)) if check else []
    facts = {
        "contest": contest,
        "form": form,
        "check": check,
        "is_running": running_check(contest, at=timezone.now()) is not None,
        "units": units,
        "answered": sum(one.answer is not None for one in units),
        "tab": "awards",
    }
    return render(request, "awards/prize_check.html", facts, status=422 if form.errors else 200)


@require_POST
@allowed(why_not_show_prizes, find_contest)
def prize_check_close(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(close_check, contest=contest, by=request.user, at=timezone.now())
    return answer(request, do, reverse("prize-check", args=[contest.key]), str(_("The check of prizes is over.")))


def find_prizes(request: HttpRequest, key: str, contest: str) -> UnitPrizes:
    return UnitPrizes(get_object_or_404(Contest, key=contest), get_object_or_404(District, key=key))


@require_GET
@allowed(why_not_see_prizes, find_prizes)
def unit_prizes(request: SignedIn, prizes: UnitPrizes) -> HttpResponse:
    contest, unit = prizes.contest, prizes.unit
    awards = prizes_of(standing_list(contest), unit)
    now = prizes_digest(awards)
    check = contest.prize_checks.last()
    last = check.answers.filter(district=unit).last() if check else None
    record_look(request.user, "unit-prizes", unit, at=timezone.now())
    facts = {
        "contest": contest,
        "unit": unit,
        "awards": awards,
        "seen": now,
        "check": check,
        "may_answer": running_check(contest, at=timezone.now()) is not None,
        "last": last if last and last.digest == now else None,
        "is_stale": last is not None and last.digest != now,
    }
    return render(request, "awards/unit_prizes.html", facts)


@require_POST
@allowed(why_not_see_prizes, find_prizes)
def unit_prizes_answer(request: SignedIn, prizes: UnitPrizes) -> HttpResponse:
    do = partial(
        answer_prizes, contest=prizes.contest, unit=prizes.unit, is_right=request.POST.get("answer") == "right",
        text=request.POST.get("text", "")[:4000], seen=request.POST.get("seen", ""), by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    to = reverse("unit-prizes", args=[prizes.unit.key, prizes.contest.key])
    return answer(request, do, to, str(_("Recorded. The office sees your answer.")))


@require_GET
@allowed(why_not_see_prizes, find_prizes)
def unit_prizes_pdf(request: SignedIn, prizes: UnitPrizes) -> HttpResponse:
    contest, unit = prizes.contest, prizes.unit
    check = contest.prize_checks.filter(closed_at=None).first()
    until = f"请于 {moment(check.until)} 前答复。" if check else ""
    record_look(request.user, "unit-prizes-paper", unit, at=timezone.now())
    make = partial(
        prize_check_pdf, contest, unit, prizes_of(standing_list(contest), unit), until=until, at=timezone.now()
    )
    return printed(request, make, "prizes.pdf")

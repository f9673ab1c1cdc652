"""The office's page of notices: open one, take it down, read old ones, print them; what waits for their end."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access import why_not_see_notice_version, why_not_see_notices
from awards.models import EarlyStep, Notice
from awards.outputs.notice_paper import notice_pdf
from awards.selectors import list_that_stands
from awards.services.early import is_noticed, objections_open, why_not_issue_yet, why_not_publish_yet
from awards.services.notices import (
    MOST_DAYS,
    Terms,
    live_notice,
    save_terms,
    terms_of,
    usual_term,
)
from awards.services.steps import notice_days
from awards.states import ListState
from awards.views.papers import printed
from awards.views.public_notice import page_of_notice
from competition.access import has_two_persons
from competition.events import record_look
from competition.forms.setup import DayInput
from competition.models import Contest
from competition.states import StepKind
from competition.views.agreeing import pressed
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


class DaysForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput, help_text=gettext_lazy("Included: it ends at midnight.")
    )


class TermsForm(forms.Form):
    is_required = forms.BooleanField(
        label=gettext_lazy("Certificates and publication wait for the notice"), required=False,
        help_text=gettext_lazy("With a reason they may still go ahead; the reason is kept."),
    )  # fmt: skip
    notice_days = forms.IntegerField(label=gettext_lazy("Working days of a notice"), min_value=1, max_value=MOST_DAYS)
    answer_days = forms.IntegerField(
        label=gettext_lazy("Working days for the answer to an objection"), min_value=1, max_value=MOST_DAYS
    )


class EarlyForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it does not wait"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


def page_url(contest: Contest) -> str:
    return reverse("notices", args=[contest.key])


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_notices, find_contest)
def notices(request: SignedIn, contest: Contest) -> HttpResponse:
    today = timezone.now().astimezone(contest.tz).date()
    form = DaysForm(request.POST or None, initial={"first": today, "last": usual_term(contest, today).last})
    if request.method == "POST" and form.is_valid():
        done = _("The notice is open: it begins and ends by itself. Print it, or pass its address on.")
        return pressed(request, contest, StepKind.NOTICE, to=page_url(contest), done=done,
                       facts=notice_days(**form.cleaned_data))  # fmt: skip
    facts = {"contest": contest, "form": form, **facts_of(contest, today), "tab": "awards"}
    return render(request, "awards/notices.html", facts, status=422 if form.errors else 200)


def facts_of(contest: Contest, today: date) -> dict[str, Any]:
    at, award_list = timezone.now(), list_that_stands(contest)
    is_fixed = award_list is not None and award_list.state != ListState.DRAFT
    live = live_notice(award_list, at=at) if award_list and is_fixed else None
    terms = terms_of(contest)
    return {
        "award_list": award_list,
        "is_fixed": is_fixed,
        "live": live,
        "live_state": live.state_at(at) if live else "",
        "address": reverse("notice", args=[contest.key]),
        "is_noticed": award_list is not None and is_fixed and is_noticed(award_list, at=at),
        "versions": [(one, one.state_at(at)) for one in contest.notices.select_related("list").order_by("-version")],
        "term": usual_term(contest, today),
        "terms": terms,
        "terms_form": TermsForm(initial=vars(terms)),
        "issue_waits": award_list and is_fixed and why_not_issue_yet(award_list, at=at),
        "publish_waits": award_list and award_list.state == ListState.LOCKED and why_not_publish_yet(award_list, at=at),
        "early_form": EarlyForm(),
        "early": EarlyStep.objects.filter(list__contest=contest).select_related("list", "by").order_by("-pk"),
        "objections": contest.objections.count(),
        "objections_open": objections_open(contest),
        "two_persons": has_two_persons(contest),
    }


def find_notice(request: HttpRequest, key: str, version: int) -> Notice:
    rows = Notice.objects.select_related("contest", "list")
    return get_object_or_404(rows, contest__key=key, version=version)


@require_POST
@allowed(why_not_see_notice_version, find_notice)
def notice_down(request: SignedIn, notice: Notice) -> HttpResponse:
    done = _("The notice is taken down. The public sees it no more.")
    return pressed(request, notice.contest, StepKind.NOTICE_DOWN, to=page_url(notice.contest), done=done,
                   about=notice.key)  # fmt: skip


@require_GET
@allowed(why_not_see_notice_version, find_notice)
def notice_version(request: SignedIn, notice: Notice) -> HttpResponse:
    """Any version as the public saw it."""
    record_look(request.user, "notice", notice, at=timezone.now())
    return page_of_notice(request, notice, is_office=True)


@require_GET
@allowed(why_not_see_notice_version, find_notice)
def notice_paper(request: SignedIn, notice: Notice) -> HttpResponse:
    record_look(request.user, "notice-paper", notice, at=timezone.now())
    make = partial(notice_pdf, notice, at=notice.opened_at)
    return printed(request, make, f"notice-{notice.version}.pdf")


@require_POST
@allowed(why_not_see_notices, find_contest)
def notice_terms(request: SignedIn, contest: Contest) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        facts = facts_of(contest, timezone.now().astimezone(contest.tz).date()) | {"terms_form": form}
        return render(request, "awards/notices.html", {"contest": contest, "form": DaysForm(), "tab": "awards"} | facts,
                      status=422)  # fmt: skip
    do = partial(save_terms, contest=contest, terms=Terms(**form.cleaned_data), by=request.user, at=timezone.now())
    return answer(request, do, page_url(contest), _("Saved."))

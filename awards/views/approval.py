"""The way of an award's list through the bodies above the committee: where it stands, the next decision, all so far."""

from contextlib import nullcontext
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access import (
    why_not_acknowledge_titles,
    why_not_record_resolution,
    why_not_rule_approval,
    why_not_see_approval,
    why_not_see_resolution,
    why_not_withdraw_resolution,
)
from awards.approval_forms import SPARE, AboveForm, FollowsForm, ResolutionForm, above_values
from awards.models import AwardList, Resolution
from awards.outputs.approval_paper import approval_request_pdf
from awards.selectors import list_that_stands
from awards.services.above import above_now, change_above
from awards.services.acknowledging import acknowledge_titles
from awards.services.approvals import Approval, approval_of, bodies_of
from awards.services.award_rules import version_of
from awards.services.eligibility import has_votes
from awards.services.lists import standing_list
from awards.states import ListState
from awards.views.papers import printed
from awards.views.step_bar import Step
from competition import events
from competition.access import has_two_persons
from competition.errors import Refused
from competition.events import record_look
from competition.models import Agreement, Contest
from competition.services.agreeing import take
from competition.services.papers import paper_of
from competition.states import StepKind, Via
from competition.views.agreeing import pressed, proposed
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AcknowledgeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the title goes to others now"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


def page_url(contest: Contest) -> str:
    return reverse("approval", args=[contest.key])


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_approval, find_contest)
def approval(request: SignedIn, contest: Contest) -> HttpResponse:
    """A file is lost when the page is shown again; everything else that was typed is kept."""
    award_list = list_that_stands(contest)
    form = form_of(request, contest, award_list)
    if form and request.method == "POST" and form.is_valid():
        made = recorded(request, contest, form)
        if isinstance(made, Agreement):
            return proposed(request, made)
        if made is not None:
            messages.success(request, _("The decision is recorded."))
            return redirect(page_url(contest))
    record_look(request.user, "approval", contest, at=timezone.now())
    facts = {"contest": contest, "form": form, **facts_of(request, contest, award_list), "tab": "awards"}
    is_bad = bool(form and form.errors) or (request.method == "POST" and not form)
    return render(request, "awards/approval.html", facts, status=422 if is_bad else 200)


def form_of(request: SignedIn, contest: Contest, award_list: AwardList | None) -> ResolutionForm | None:
    """Of the next body; None where nobody is asked now."""
    if award_list is None or why_not_record_resolution(request.user, contest, at=timezone.now()):
        return None
    found = approval_of(award_list)
    if found.next is None or found.pending is not None:
        return None
    awards = award_list.awards.select_related("entry").order_by("entry__track__order", "order", "place", "entry__order")
    today = timezone.now().astimezone(contest.tz).date()
    initial = {"step": found.next.step, "version": award_list.version, "outcome": "approved", "decided_on": today}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return ResolutionForm(data, files, list(awards), initial)


def recorded(request: SignedIn, contest: Contest, form: ResolutionForm) -> Any:
    """None where it was refused; the form says why."""
    upload, at, decided = form.cleaned_data["paper"], timezone.now(), form.decided()
    scan = paper_of(name=upload.name or "", chunks=upload.chunks(), at=at) if upload else nullcontext()
    try:
        with events.via(Via.WEB), scan as paper:
            return take(
                contest=contest, step=StepKind.RESOLUTION, by=request.user, at=at, about=decided.step,
                facts=decided.facts(), paper=paper,
            )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def facts_of(request: SignedIn, contest: Contest, award_list: AwardList | None) -> dict[str, Any]:
    at = timezone.now()
    is_fixed = award_list is not None and award_list.state != ListState.DRAFT
    found = approval_of(award_list) if award_list and is_fixed else Approval(bodies_of(contest))
    rows = list(contest.resolutions.select_related("list", "contest").order_by("-serial"))
    return {
        "award_list": award_list,
        "is_fixed": is_fixed,
        "approval": found,
        "steps": steps_of(contest, found, is_fixed=is_fixed),
        "rows": rows,
        "may_withdraw": bool(rows) and why_not_withdraw_resolution(request.user, rows[0], at=at) is None,
        "holds": {one.pk for one in found.holds},
        "withdraw_form": WithdrawForm(),
        "acknowledge_form": AcknowledgeForm(),
        "may_acknowledge": why_not_acknowledge_titles(request.user, contest, at=at) is None,
        "two_persons": has_two_persons(contest),
        "may_rule": why_not_rule_approval(request.user, contest, at=at) is None,
    }


def steps_of(contest: Contest, found: Approval, *, is_fixed: bool) -> list[Step]:
    """Experts, committee, then each body."""
    has_run, is_voted = contest.standing_runs.exists(), contest.ballots.exists()
    urls = [reverse(name, args=[contest.key]) for name in ("standings", "award-list")]
    steps = [
        Step(_("Experts"), "done" if has_run else "next", url=urls[0]),
        Step(_("Committee"), "done" if is_fixed else "next" if has_run and is_voted else "waiting", url=urls[1]),
    ]
    for place, body in enumerate(found.bodies):
        if place < len(found.holds):
            said = found.holds[place]
            steps.append(Step(body.name, "done", note=f"{said.decided_on:%Y-%m-%d} {said.number}".strip()))
        elif place == len(found.holds) and is_fixed:
            note = str(found.pending.get_outcome_display()) if found.pending else ""
            steps.append(Step(body.name, "blocked" if found.pending else "next", note=note))
        else:
            steps.append(Step(body.name, "waiting"))
    return steps


def find_resolution(request: HttpRequest, key: str, serial: int) -> Resolution:
    rows = Resolution.objects.select_related("contest__belongs_to", "list", "paper")
    return get_object_or_404(rows, contest__key=key, serial=serial)


@require_GET
@allowed(why_not_see_resolution, find_resolution)
def resolution_paper(request: SignedIn, found: Resolution) -> FileResponse:
    record_look(request.user, "resolution-paper", found, at=timezone.now())
    return stored(found.paper, f"resolution-{found.serial}{ENDINGS.get(found.paper.media_type, '')}")


@require_POST
@allowed(why_not_withdraw_resolution, find_resolution)
def resolution_withdraw(request: SignedIn, found: Resolution) -> HttpResponse:
    done, reason = _("The decision is withdrawn."), request.POST.get("reason", "")[:500]
    return pressed(request, found.contest, StepKind.RESOLUTION_BACK, to=page_url(found.contest), done=done,
                   about=found.key, reason=reason)  # fmt: skip


@require_POST
@allowed(why_not_acknowledge_titles, find_contest)
def titles_acknowledge(request: SignedIn, contest: Contest) -> HttpResponse:
    """Of the changes that the page showed."""
    do = partial(acknowledge_titles, contest=contest, change=request.POST.get("change", ""),
                 reason=request.POST.get("reason", "")[:500], by=request.user, at=timezone.now())  # fmt: skip
    return answer(request, do, page_url(contest), _("The change of titles is acknowledged."))


@require_GET
@allowed(why_not_see_approval, find_contest)
def approval_request(request: SignedIn, contest: Contest) -> HttpResponse:
    """报批件: the list with its figures, and a place for the word of each body."""
    try:
        award_list = standing_list(contest)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(page_url(contest))
    record_look(request.user, "approval-request", award_list, at=timezone.now())
    make = partial(approval_request_pdf, award_list, at=timezone.now())
    return printed(request, make, f"approval-{award_list.version}.pdf")


@require_http_methods(["GET", "POST"])
@allowed(why_not_rule_approval, find_contest)
def award_above(request: SignedIn, contest: Contest) -> HttpResponse:
    """Who approves after the committee, what follows from the prizes, who signs."""
    now, data = above_now(contest), request.POST or None
    rows: list[Any] = [*now.derived, *[None] * SPARE]
    lines = [FollowsForm(data, place, one) for place, one in enumerate(rows, 1)]
    form = AboveForm(data, base=version_of(contest), is_asked=has_votes(contest), initial=above_values(now))
    if request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        wanted = form.above([title for line in lines if (title := line.title())])
        try:
            with events.via(Via.WEB):
                change_above(contest=contest, above=wanted, why=form.why(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("award-setup", contest.key)
    is_bad = form.errors or any(line.errors for line in lines)
    facts = {"contest": contest, "form": form, "lines": lines, "tab": "setup"}
    return render(request, "awards/award_above.html", facts, status=422 if is_bad else 200)

"""双人复核: what waits for a second person, what exactly it would do, and who is one."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from awards.outputs.facts import award_lines
from awards.outputs.proposed import proposed
from awards.views.lists import counted, grouped, recognitions_of, specials_of
from competition.access import (
    approvers_of,
    has_two_persons,
    is_organiser,
    others_who_approve,
    why_not_answer_agreement,
    why_not_organise,
    why_not_see_agreement,
    why_not_see_agreements,
    why_not_withdraw_agreement,
)
from competition.errors import Refused
from competition.events import record_look
from competition.models import Agreement, Contest
from competition.services.agreeing import approve, is_stale, send_back, switch_two_persons, withdraw
from competition.services.steps import named_account
from competition.states import AgreementState, RoleKind, StepKind
from competition.views.agreeing import find_agreement, pressed
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

ROLES = {
    RoleKind.APPROVER: gettext_lazy("second person: approves, and does nothing else"),
    RoleKind.ORGANISER: gettext_lazy("organiser: drives the contest"),
}


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is sent back"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AloneForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why one person is enough"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class RoleForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("Name for signing in"), max_length=60,
        help_text=gettext_lazy("Of an account that is here. Whoever runs the server makes new ones."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Role"), choices=[(kind, ROLES[kind]) for kind in ROLES])


def page_url(contest: Contest) -> str:
    return reverse("agreements", args=[contest.key])


@require_GET
@allowed(why_not_see_agreements, find_contest)
def agreements(request: SignedIn, contest: Contest) -> HttpResponse:
    rows = contest.agreements.select_related("proposed_by", "closed_by").order_by("-pk")
    closed = page_of(request, rows.exclude(state=AgreementState.OPEN))
    facts = {
        "contest": contest,
        "is_on": has_two_persons(contest),
        "is_office": is_organiser(request.user, contest),
        "waiting": rows.filter(state=AgreementState.OPEN),
        "page": closed,
        "size": size_of(request),
        "people": people_of(contest),
        "lacks_second": not others_who_approve(request.user, contest).exists(),
        "alone_form": AloneForm(),
        "role_form": RoleForm(),
        "tab": "agreements",
    }
    return render(request, "awards/agreements.html", facts)


def people_of(contest: Contest) -> list[tuple[str, str]]:
    """(name, its roles) of all who may approve here."""
    found: dict[str, set[str]] = {}
    for user in approvers_of(contest).order_by("name", "pk").prefetch_related("roles"):
        known = (None, contest.pk, contest.belongs_to_id)
        kinds = {one.get_kind_display() for one in user.roles.all() if one.contest_id in known}
        found[f"{user.name} ({user.username})"] = {str(kind) for kind in kinds}
    return [(name, " · ".join(sorted(kinds))) for name, kinds in found.items()]


@require_POST
@allowed(why_not_organise, find_contest)
def two_persons(request: SignedIn, contest: Contest) -> HttpResponse:
    """On at once; off is a step of two itself."""
    if request.POST.get("is_on"):
        if not others_who_approve(request.user, contest).exists():
            said = _("Nobody else may approve here yet. Nothing was changed. Give a colleague the role first.")
            messages.error(request, said)
            return redirect(page_url(contest))
        do = partial(switch_two_persons, contest=contest, is_on=True, by=request.user, at=timezone.now())
        return answer(request, do, page_url(contest), _("From now on it takes two persons."))
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Say why one person is enough. Nothing was changed."))
        return redirect(page_url(contest))
    return pressed(request, contest, StepKind.ONE_PERSON, to=page_url(contest), reason=reason)


@require_POST
@allowed(why_not_organise, find_contest)
def role_give(request: SignedIn, contest: Contest) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the name for signing in and a role. Nothing was changed."))
        return redirect(page_url(contest))
    try:
        said = named_account(form.cleaned_data["username"], RoleKind(form.cleaned_data["kind"]))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(page_url(contest))
    about = f"{said['user']}:{said['kind']}"
    return pressed(request, contest, StepKind.ROLE, to=page_url(contest), done=_("The role is given."), about=about,
                   facts=said)  # fmt: skip


@require_GET
@allowed(why_not_see_agreement, find_agreement)
def agreement(request: SignedIn, found: Agreement) -> HttpResponse:
    """With full names: whoever approves a list has read it."""
    record_look(request.user, "agreement", found, at=timezone.now())
    facts = {"contest": found.contest, "agreement": found, "tab": "agreements", **facts_of(request, found)}
    return render(request, "awards/agreement.html", facts)


def facts_of(request: SignedIn, found: Agreement) -> dict[str, Any]:
    at, user = timezone.now(), request.user
    shown = proposed(found, at=at)
    lines = award_lines(shown.list) if shown.list else []
    is_open = found.state == AgreementState.OPEN
    return {
        "proposed": shown,
        "counts": counted(lines),
        "groups": grouped(lines),
        "specials": specials_of(shown.list) if shown.list else [],
        "recognitions": recognitions_of(shown.list) if shown.list else [],
        "is_office": is_organiser(user, found.contest),
        "is_own": found.proposed_by_id == user.pk,
        "is_stale": is_open and is_stale(found, at=at),
        "may_answer": why_not_answer_agreement(user, found, at=at) is None,
        "may_withdraw": why_not_withdraw_agreement(user, found, at=at) is None,
        "others": others_who_approve(found.proposed_by, found.contest) if is_open else [],
        "send_back_form": SendBackForm(),
    }


def url_of(found: Agreement) -> str:
    return reverse("agreement", args=[found.contest.key, found.key])


@require_POST
@allowed(why_not_see_agreement, find_agreement)
def agreement_approve(request: SignedIn, found: Agreement) -> HttpResponse:
    do = partial(approve, agreement=found, by=request.user, at=timezone.now())
    return answer(request, do, url_of(found), _("Approved and done."))


@require_POST
@allowed(why_not_see_agreement, find_agreement)
def agreement_return(request: SignedIn, found: Agreement) -> HttpResponse:
    do = partial(
        send_back, agreement=found, reason=request.POST.get("reason", "")[:500], by=request.user, at=timezone.now()
    )
    return answer(request, do, url_of(found), _("Sent back. Nothing was changed in the contest."))


@require_POST
@allowed(why_not_see_agreement, find_agreement)
def agreement_withdraw(request: SignedIn, found: Agreement) -> HttpResponse:
    do = partial(withdraw, agreement=found, by=request.user, at=timezone.now())
    return answer(request, do, url_of(found), _("Withdrawn. Nothing was changed in the contest."))


@require_GET
@allowed(why_not_see_agreement, find_agreement)
def agreement_paper(request: SignedIn, found: Agreement) -> FileResponse:
    """The stamped request of a correction, or the document of a body above the committee."""
    if found.paper is None:
        raise Http404("Nothing was attached.")
    record_look(request.user, "agreement-paper", found, at=timezone.now())
    return stored(found.paper, f"request{ENDINGS.get(found.paper.media_type, '')}")

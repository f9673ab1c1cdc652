"""A press on a step that may take two persons: it acts, or is proposed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from competition import events
from competition.errors import Refused
from competition.models import AccessRecord, Agreement, Contest, User
from competition.services.agreeing import take
from competition.states import AgreementState, StepKind, Via
from competition.views.doors import SignedIn


def pressed(
    request: SignedIn, contest: Contest, step: StepKind, *, to: str, done: str = "", at: datetime | None = None,
    **asked: Any,
) -> HttpResponse:  # fmt: skip
    """Go on to `to` with the good news, to the proposal where there is one, or say why nothing was done."""
    try:
        with events.via(Via.WEB):
            made = take(contest=contest, step=step, by=request.user, at=at or timezone.now(), **asked)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(to)
    if isinstance(made, Agreement):
        return proposed(request, made)
    if done:
        messages.success(request, done)
    return redirect(to)


def proposed(request: SignedIn, made: Agreement) -> HttpResponse:
    messages.success(request, _("Proposed. Nothing has changed yet: it is done when a second person approves it."))
    return redirect("agreement", made.contest.key, made.key)


def find_agreement(request: HttpRequest, key: str, agreement: str) -> Agreement:
    """Found within its contest only."""
    rows = Agreement.objects.select_related("contest__belongs_to", "proposed_by", "closed_by", "paper")
    return get_object_or_404(rows, contest__key=key, key=agreement)


def proposals_not_done(contest: Contest, user: User) -> list[Agreement]:
    """What this person proposed and was sent back or lapsed, until it was looked at since, or proposed anew."""
    mine = contest.agreements.filter(proposed_by=user, state__in=[AgreementState.RETURNED, AgreementState.LAPSED])
    found = list(mine.select_related("closed_by").order_by("-pk"))
    if not found:
        return []
    newest: dict[tuple[str, str], int] = {}
    for step, about, pk in contest.agreements.order_by("pk").values_list("step", "about", "pk"):
        newest[step, about] = pk
    found = [one for one in found if newest[one.step, one.about] == one.pk]
    looks = AccessRecord.objects.filter(user=user, what="agreement", subject__in=[events.name_of(one) for one in found])
    last = dict(looks.order_by("pk").values_list("subject", "at"))
    unread = (
        one
        for one in found
        if events.name_of(one) not in last or (one.closed_at and last[events.name_of(one)] < one.closed_at)
    )
    return list(unread)

"""Seals and signatures that certificates may be printed with: authorised, looked at, withdrawn."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access_to_certificates import why_not_design_certificates, why_not_see_seal
from awards.core.certificate_template import KINDS
from awards.models import SealUse, Templates
from awards.selectors import trainings_to_show
from awards.services.owners import day_of
from awards.services.seal_pictures import seal_picture
from awards.services.seals import authorise_seal, withdraw_seal
from awards.states import SealKind
from awards.template_forms import SealForm, WithdrawSealForm
from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import stored
from competition.views.finding import find_contest


def find_owner(request: HttpRequest, key: str) -> Contest | None:
    """key: "" for the office of the installation."""
    return find_contest(request, key) if key else None


def find_seal(request: HttpRequest, key: str, seal: str) -> SealUse:
    rows = SealUse.objects.select_related("contest", "picture")
    return get_object_or_404(rows.filter(contest__key=key) if key else rows.filter(contest=None), key=seal)


def place_of(contest: Contest | None) -> list[str]:
    """What an address says of it."""
    return [contest.key] if contest else []


@require_http_methods(["GET", "POST"])
@allowed(why_not_design_certificates, find_owner)
def seals(request: SignedIn, contest: Contest | None) -> HttpResponse:
    """A file is lost when the page is shown again; everything else that was typed is kept."""
    is_sent = request.method == "POST"
    form = SealForm(request.POST, request.FILES) if is_sent else SealForm()
    if is_sent and form.is_valid() and authorised(request, contest, form):
        messages.success(request, _("Recorded. Certificates may be printed with it from now on."))
        return redirect("seals", *place_of(contest))
    rows = list(seals_of(contest))
    if subject := contest or next(iter(rows), None):
        record_look(request.user, "seals", subject, at=timezone.now())
    without = without_seal(contest, rows)
    form.initial = first_of(contest, without)
    facts = {
        "contest": contest,
        "form": form,
        "standing": [Standing(one) for one in rows if one.withdrawn_at is None],
        "withdrawn": [one for one in rows if one.withdrawn_at is not None],
        "without": without,
        "withdraw_form": WithdrawSealForm(),
        "tab": "certificates",
    }
    return render(request, "awards/seals.html", facts, status=422 if is_sent else 200)


def seals_of(contest: Contest | None) -> QuerySet[SealUse]:
    rows = SealUse.objects.filter(contest=contest).select_related("contest", "recorded_by")
    return rows.order_by("withdrawn_at", "pk")


@dataclass(frozen=True)
class Standing:
    """A seal that may be printed, and the addresses of what can be done with it."""

    seal: SealUse

    @property
    def picture_url(self) -> str:
        return reverse("seal-file", args=[*place_of(self.seal.contest), self.seal.key])

    @property
    def withdraw_url(self) -> str:
        return reverse("seal-withdraw", args=[*place_of(self.seal.contest), self.seal.key])


def first_of(contest: Contest | None, without: list[str]) -> dict[str, Any]:
    today = day_of(contest, timezone.now())
    return {"kind": SealKind.SEAL, "name": next(iter(without), ""), "authorised_on": today}


def without_seal(contest: Contest | None, rows: list[SealUse]) -> list[str]:
    """Issuers of templates and trainings that have none: they stamp by hand."""
    templates = Templates(contest)
    names = [issuer for kind in ("", *KINDS) for issuer in templates.of(kind).issuers]
    names += [issuer for one in trainings_to_show(contest) for issuer in one.issuers]
    known = {one.name for one in rows if one.kind == SealKind.SEAL and one.withdrawn_at is None}
    return [name for name in dict.fromkeys(names) if name not in known]


def authorised(request: SignedIn, contest: Contest | None, form: SealForm) -> bool:
    upload, now = form.cleaned_data["picture"], timezone.now()
    try:
        picture = seal_picture(name=upload.name or "", chunks=upload.chunks(), at=now) if upload else nullcontext()
        with events.via(Via.WEB), picture as file:
            authorise_seal(contest=contest, said=form.said, picture=file, by=request.user, at=now)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_GET
@allowed(why_not_see_seal, find_seal)
def seal_file(request: SignedIn, seal: SealUse) -> FileResponse:
    if seal.picture is None:
        raise Http404(_("This seal is drawn from its name."))
    record_look(request.user, "seal", seal, at=timezone.now())
    return stored(seal.picture, "seal.png")


@require_POST
@allowed(why_not_see_seal, find_seal)
def seal_withdraw(request: SignedIn, seal: SealUse) -> HttpResponse:
    reason = request.POST.get("reason", "")[:300]
    do = partial(withdraw_seal, seal=seal, reason=reason, by=request.user, at=timezone.now())
    return answer(request, do, reverse("seals", args=place_of(seal.contest)), _("Withdrawn. It is printed no more."))

"""专项奖: what sponsors give, and to whom the committee gave it."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.access import (
    why_not_give_specials,
    why_not_name_specials,
    why_not_see_grant,
    why_not_see_special,
    why_not_see_ties,
)
from awards.models import SpecialGrant, SpecialPrize
from awards.services.specials import drop_special, give_special, save_special, take_special_back
from awards.special_forms import GiveForm, SpecialForm
from awards.views.moves import refusal_of
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


@dataclass(frozen=True)
class Shown:
    """A special prize with who has it; `form`: to give it, None where none is left or nobody may."""

    prize: SpecialPrize
    scope: str
    grants: list[SpecialGrant]
    form: GiveForm | None
    refused: str = ""


def find_special(request: HttpRequest, key: str, special: str) -> SpecialPrize:
    rows = SpecialPrize.objects.select_related("contest")
    return get_object_or_404(rows, contest__key=key, key=special, is_in_force=True)


def find_grant(request: HttpRequest, key: str, special: str, entry: str) -> SpecialGrant:
    rows = SpecialGrant.objects.select_related("prize__contest", "entry")
    return get_object_or_404(rows, prize__contest__key=key, prize__key=special, entry__key=entry)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_ties, find_contest)
def specials(request: SignedIn, contest: Contest) -> HttpResponse:
    """All of them; a new one is made here."""
    form, refused = SpecialForm(request.POST if request.method == "POST" else None, contest), ""
    if request.method == "POST":
        refused = _("Not saved yet: look at the form.")
        if form.is_valid():
            do = partial(save_special, contest=contest, details=form.details, by=request.user, at=timezone.now())
            refused = refusal_of(do)
        if not refused:
            messages.success(request, _("The special prize was saved."))
            return redirect("specials", contest.key)
    return page(request, contest, form, refused=refused)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_special, find_special)
def special(request: SignedIn, prize: SpecialPrize) -> HttpResponse:
    """One is changed."""
    contest = prize.contest
    form, refused = SpecialForm(request.POST if request.method == "POST" else None, contest, prize), ""
    if request.method == "POST":
        refused = _("Not saved yet: look at the form.")
        if form.is_valid():
            refused = refusal_of(
                partial(save_special, contest=contest, details=form.details, prize=prize, by=request.user,
                        at=timezone.now())
            )  # fmt: skip
        if not refused:
            messages.success(request, _("The special prize was saved."))
            return redirect("specials", contest.key)
    facts = {"contest": contest, "prize": prize, "form": form, "refused": refused, "tab": "awards"}
    return render(request, "awards/special.html", facts, status=422 if refused else 200)


@require_POST
@allowed(why_not_see_special, find_special)
def special_give(request: SignedIn, prize: SpecialPrize) -> HttpResponse:
    form, refused = GiveForm(request.POST, prize), _("Not given yet: name the entry and the minutes.")
    if form.is_valid():
        said = form.cleaned_data
        refused = refusal_of(
            partial(give_special, prize=prize, number=said["entry"], minutes=said["minutes"], by=request.user,
                    at=timezone.now())
        )  # fmt: skip
    if refused:
        return page(request, prize.contest, SpecialForm(None, prize.contest), giving=form, refused=refused)
    messages.success(request, _("Given. It is on the list that is proposed, or on the next one."))
    return redirect("specials", prize.contest.key)


@require_POST
@allowed(why_not_see_special, find_special)
def special_drop(request: SignedIn, prize: SpecialPrize) -> HttpResponse:
    do = partial(drop_special, prize=prize, by=request.user, at=timezone.now())
    return answer(request, do, reverse("specials", args=[prize.contest.key]), _("The special prize is given no more."))


@require_POST
@allowed(why_not_see_grant, find_grant)
def special_back(request: SignedIn, grant: SpecialGrant) -> HttpResponse:
    do = partial(take_special_back, grant=grant, by=request.user, at=timezone.now())
    return answer(request, do, reverse("specials", args=[grant.prize.contest.key]), _("Taken back."))


def page(
    request: SignedIn, contest: Contest, form: SpecialForm, *, giving: GiveForm | None = None, refused: str = ""
) -> HttpResponse:
    now = timezone.now()
    record_look(request.user, "specials", contest, at=now)
    may_give = why_not_give_specials(request.user, contest, at=now) is None
    closed = why_not_name_specials(request.user, contest, at=now)
    rows = contest.special_prizes.filter(is_in_force=True)
    rows = rows.prefetch_related("tracks", "divisions", "grants__entry")
    facts = {
        "contest": contest,
        "specials": [shown(one, giving, refused, may_give=may_give) for one in rows],
        "form": form,
        "refused": refused if giving is None else "",
        "closed": closed,
        "may_give": may_give,
        "tab": "awards",
    }
    return render(request, "awards/specials.html", facts, status=422 if refused else 200)


def shown(prize: SpecialPrize, giving: GiveForm | None, refused: str, *, may_give: bool) -> Shown:
    grants = list(prize.grants.all())
    is_mine = giving is not None and giving.prize == prize
    is_open = may_give and (len(grants) < prize.number or is_mine)
    names = [one.label for one in (*prize.tracks.all(), *prize.divisions.all())]
    form = (giving if is_mine else GiveForm(None, prize)) if is_open else None
    return Shown(prize, "、".join(names), grants, form, refused if is_mine else "")

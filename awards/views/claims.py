"""Achievements with documents: a school sends them in, the office looks at one after the other."""

from collections import Counter
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
    ClaimsOf,
    why_not_check_claim,
    why_not_check_claims,
    why_not_claim,
    why_not_see_claim,
    why_not_see_claims,
)
from awards.models import Claim
from awards.prizes import BY_CODE
from awards.services.claims import Claimed, add_claim, confirm_claim, refuse_claim
from awards.states import AchievementKind, AchievementRole, ClaimState
from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.forms.papers import PaperForm
from competition.models import Contest, School
from competition.models.entering import SHOWN_PAGES
from competition.services.papers import paper_of
from competition.states import Level, PersonKind, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of
from competition.views.previews import preview_page

# one key each; the school reads the sentence
REASONS = {
    "1": gettext_lazy("The document cannot be read. Send a clearer scan."),
    "2": gettext_lazy("The document is somebody else's, or names nobody."),
    "3": gettext_lazy("The document does not show this prize, level or day."),
    "4": gettext_lazy("This contest, patent or title does not count here."),
    "5": gettext_lazy("It lies outside the years that count."),
}


class ClaimForm(PaperForm):
    """What the document says. Names of people are typed as the school's register has them."""

    kind = forms.ChoiceField(label=gettext_lazy("Who won it"), choices=[
        (PersonKind.STUDENT.value, gettext_lazy("a pupil's")), (PersonKind.TUTOR.value, gettext_lazy("a tutor's")),
    ])  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    code = forms.CharField(
        label=gettext_lazy("Student number"), max_length=40, required=False,
        help_text=gettext_lazy("Only where two of the school share a name."),
    )  # fmt: skip
    what = forms.ChoiceField(label=gettext_lazy("What it is"), choices=AchievementKind.choices)
    said_of = forms.CharField(
        label=gettext_lazy("Contest, patent or title"), max_length=300,
        help_text=gettext_lazy("As the document names it, such as: national patent of invention."),
    )  # fmt: skip
    work = forms.CharField(label=gettext_lazy("Work"), max_length=300, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices, initial=Level.NATION)
    prize = forms.ChoiceField(label=gettext_lazy("Prize"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Won as"), choices=AchievementRole.choices)
    author_order = forms.IntegerField(
        label=gettext_lazy("At which place among the authors"), min_value=1, max_value=99, initial=1
    )
    won_on = forms.DateField(
        label=gettext_lazy("Day on the document"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("kind", "name", "code", "what", "said_of", "work", "level", "prize", "role", "author_order",
                   "won_on", "paper")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        once = {prize.code: prize.label for prize in BY_CODE.values() if prize.code != "special"}
        choices = [("", _("without a level")), *once.items()]
        self.fields["prize"].choices = choices  # type: ignore[attr-defined]
        self.fields["paper"].label = _("The document")

    @property
    def claimed(self) -> Claimed:
        return Claimed(**{name: value for name, value in self.cleaned_data.items() if name != "paper"})


def find_claims(request: HttpRequest, key: str, school: str) -> ClaimsOf:
    places = School.objects.select_related("district")
    return ClaimsOf(find_contest(request, key), get_object_or_404(places, key=school))


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_claims, find_claims)
def school_claims(request: SignedIn, claims: ClaimsOf) -> HttpResponse:
    """Those of one school, and a new one."""
    contest, school = claims.contest, claims.school
    denial = why_not_claim(request.user, claims, at=timezone.now())
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ClaimForm(*sent)
    if form.is_bound and form.is_valid() and send(request, claims, form):
        messages.success(request, _("Sent in. It counts once the office has looked at the document."))
        return redirect("school-claims", contest.key, school.key)
    record_look(request.user, "claims", school, at=timezone.now())
    rows = contest.claims.filter(person__school=school).select_related("person")
    facts = {
        "contest": contest, "school": school, "form": None if denial else form, "denial": denial,
        "page": page_of(request, rows.order_by("-said_at", "pk")), "size": size_of(request),
    }  # fmt: skip
    return render(request, "awards/school_claims.html", facts, status=422 if form.errors else 200)


def send(request: SignedIn, claims: ClaimsOf, form: ClaimForm) -> bool:
    """Whether it went; why not stands in the form."""
    upload, at = form.cleaned_data["paper"], timezone.now()
    try:
        with events.via(Via.WEB), paper_of(name=upload.name or "", chunks=upload.chunks(), at=at) as paper:
            add_claim(
                contest=claims.contest, school=claims.school, claimed=form.claimed, paper=paper, by=request.user, at=at
            )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_GET
@allowed(why_not_check_claims, find_contest)
def claims(request: SignedIn, contest: Contest) -> HttpResponse:
    """The queue: oldest first."""
    asked = request.GET.get("state", "")
    chosen = asked if asked in ClaimState.values else ClaimState.TO_CHECK.value
    if to := School.objects.filter(key=request.GET.get("school", "")).first():
        return redirect("school-claims", contest.key, to.key)
    counted = Counter(contest.claims.order_by().values_list("state", flat=True))
    rows = contest.claims.filter(state=chosen).select_related("person__school").order_by("said_at", "pk")
    record_look(request.user, "claims", contest, at=timezone.now())
    facts = {
        "contest": contest, "page": page_of(request, rows), "size": size_of(request), "chosen": chosen,
        "tabs": [(one.value, one.label, counted[one]) for one in ClaimState],
        "schools": School.objects.order_by("district", "name"), "tab": "claims",
    }  # fmt: skip
    return render(request, "awards/claims.html", facts)


def find_claim(request: HttpRequest, key: str, claim: str) -> Claim:
    rows = Claim.objects.select_related(
        "contest__belongs_to", "person__school__district", "paper", "said_by", "decided_by"
    )
    return get_object_or_404(rows, contest__key=key, key=claim)


@require_GET
@allowed(why_not_check_claim, find_claim)
def claim(request: SignedIn, found: Claim) -> HttpResponse:
    """What was said on the left, the document on the right."""
    record_look(request.user, "claim", found, at=timezone.now())
    waiting = list(waiting_keys(found.contest))
    others = [one for one in waiting if one != found.key]
    facts = {
        "contest": found.contest, "claim": found, "reasons": REASONS.items(), "waiting": len(waiting),
        "after": others[0] if others else None, "tab": "claims",
        "pages": range(1, min(found.paper.pages or 1, SHOWN_PAGES) + 1),
        "may_confirm": ClaimState.CONFIRMED in found.MOVES[found.state],
        "may_refuse": ClaimState.REFUSED in found.MOVES[found.state],
    }  # fmt: skip
    return render(request, "awards/claim.html", facts)


def waiting_keys(contest: Contest) -> Any:
    rows = contest.claims.filter(state=ClaimState.TO_CHECK)
    return rows.order_by("said_at", "pk").values_list("key", flat=True)


@require_POST
@allowed(why_not_check_claim, find_claim)
def claim_decide(request: SignedIn, found: Claim) -> HttpResponse:
    """Confirmed, or refused with a reason; then the next one that waits."""
    at = timezone.now()
    if request.POST.get("verdict") == ClaimState.CONFIRMED:
        do = partial(confirm_claim, claim=found, by=request.user, at=at)
    else:
        reason = str(REASONS.get(request.POST.get("because", ""), "")) or request.POST.get("reason", "")[:500]
        do = partial(refuse_claim, claim=found, reason=reason, by=request.user, at=at)
    after = next((one for one in waiting_keys(found.contest) if one != found.key), None)
    key = found.contest.key
    to = reverse("claim", args=[key, after]) if after else reverse("claims", args=[key])
    return answer(request, do, to, _("Decided."))


@require_GET
@allowed(why_not_see_claim, find_claim)
def claim_paper(request: SignedIn, found: Claim) -> FileResponse:
    """Under a name that tells nothing."""
    record_look(request.user, "claim-paper", found, at=timezone.now())
    return stored(found.paper, f"document{ENDINGS.get(found.paper.media_type, '')}")


@require_GET
@allowed(why_not_check_claim, find_claim)
def claim_page(request: SignedIn, found: Claim, number: int) -> FileResponse:
    """A page of it, drawn by the server."""
    return preview_page(found.paper, number)

"""What composes all three apps: the start page, the sign-in, the style page."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import LoginView
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from awards.demo.accounts import DEMO_ACCOUNTS
from awards.selectors import awards_taking_selves, contests_in_notice, public_contests
from competition.access import is_organiser, why_not_anyone
from competition.models import Agreement, Contest, District, School, User
from competition.selectors import organised_by, second_factor_of
from competition.states import AgreementState, ContestKind, ContestState, RoleKind
from competition.views.doors import allowed
from competition.views.signing_in import sign_in
from config.sign_in import SignInForm
from judging.models import Judge

NEXT_STEPS = {
    ContestState.SETUP: gettext_lazy("Next: set it up, or assign the judges"),
    ContestState.ENTRY: gettext_lazy("Next: check the entries that come in"),
    ContestState.JUDGING: gettext_lazy("Next: judging, until every sheet is here"),
    ContestState.DECISION: gettext_lazy("Next: check the list and lock it"),
    ContestState.LOCKED: gettext_lazy("Next: issue certificates and publish"),
    ContestState.PUBLISHED: gettext_lazy("Everything is done"),
}


@dataclass(frozen=True)
class Place:
    """Somewhere a person belongs."""

    label: str
    text: str
    url: str


@require_GET
@allowed(why_not_anyone)
def home(request: HttpRequest, thing: None) -> HttpResponse:
    user = request.user
    contests = organised_by(user) if user.is_authenticated else Contest.objects.none()
    waiting = waiting_for(user, contests) if user.is_authenticated else set()
    mine = [(one, next_step(one, is_waiting=one.pk in waiting)) for one in contests]
    places = places_of(user) if user.is_authenticated else []
    is_office = is_organiser(user, None)
    if len(places) == 1 and not mine and not is_office and request.GET.get("from") == "sign-in":
        return redirect(places[0].url)
    facts = {
        "contests": mine,
        "places": places,
        "is_office": is_office,
        "advise_second_factor": (is_office or mine) and lacks_second_factor(user),
        "noticed": contests_in_notice(timezone.now()),
        "published": public_contests(),
        "self_nominated": awards_taking_selves(timezone.now()),
        "open": Contest.objects.filter(state=ContestState.ENTRY, kind=ContestKind.CONTEST),
    }
    return render(request, "home.html", facts)


def waiting_for(user: User, contests: QuerySet[Contest]) -> set[int]:
    """Those in which somebody else has proposed what this one may approve."""
    asked = Agreement.objects.filter(contest__in=contests, state=AgreementState.OPEN).exclude(proposed_by=user)
    return set(asked.values_list("contest", flat=True))


def next_step(contest: Contest, *, is_waiting: bool) -> str:
    return _("Next: a step waits for your approval") if is_waiting else str(NEXT_STEPS[ContestState(contest.state)])


def places_of(user: User) -> list[Place]:
    """School, piles and rooms of one person."""
    roles = user.roles
    schools = School.objects.filter(pk__in=roles.filter(kind=RoleKind.SCHOOL).values("school"))
    judged = roles.filter(kind=RoleKind.JUDGE).values("contest")
    piles = Judge.objects.filter(user=user, contest__in=judged).select_related("contest")
    refereed = roles.filter(kind=RoleKind.REFEREE).values("contest")
    measuring = Contest.objects.filter(pk__in=refereed, referees__user=user, state=ContestState.JUDGING)
    rooms = Contest.objects.filter(pk__in=roles.filter(kind=RoleKind.COMMITTEE).values("contest"))
    approves = roles.filter(kind=RoleKind.APPROVER).values("contest")
    approved = Contest.objects.filter(Q(pk__in=approves) | Q(kind=ContestKind.AWARD, belongs_to__in=approves))
    if roles.filter(kind=RoleKind.APPROVER, contest=None).exists():
        approved = Contest.objects.filter(settings__two_persons=True)
    units = District.objects.filter(pk__in=roles.filter(kind=RoleKind.DISTRICT).values("district"))
    return [
        *(Place(one.label, _("Entries of our schools"), reverse("unit", args=[one.key])) for one in units),
        *(Place(one.name, _("Our entries and what they won"), reverse("school", args=[one.key])) for one in schools),
        *(Place(one.contest.label, _("My sheets"), reverse("judge", args=[one.key])) for one in piles),
        *(Place(one.label, _("Results to measure"), reverse("referee", args=[one.key])) for one in measuring),
        *(Place(one.label, _("The room of the committee"), reverse("room", args=[one.key])) for one in rooms),
        *(
            Place(one.label, _("What waits for a second person"), reverse("agreements", args=[one.key]))
            for one in approved
        ),
    ]


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and settings.SECOND_FACTOR != "off" and second_factor_of(user) is None


class SignIn(LoginView):
    """At a desk with the demo year it offers a button for every role."""

    rule = staticmethod(why_not_anyone)
    form_class = SignInForm

    def get_default_redirect_url(self) -> str:
        """Who has one page only comes straight to it."""
        return f"{reverse('home')}?from=sign-in"

    def form_valid(self, form) -> HttpResponse:
        return sign_in(self.request, form.get_user(), to=self.get_success_url(), backend=form.get_user().backend)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "demo_accounts": demo_accounts()}


def demo_accounts() -> list:
    if not settings.AT_A_DESK:
        return []
    known = set(
        User.objects.filter(username__in=[one.username for one in DEMO_ACCOUNTS]).values_list("username", flat=True)
    )
    return [one for one in DEMO_ACCOUNTS if one.username in known]


@require_GET
@allowed(why_not_anyone)
def style(request: HttpRequest, thing: None) -> HttpResponse:
    return render(request, "house/style.html")

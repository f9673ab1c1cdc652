"""An edition of an award on the web: made from the rules of a city or from the last one, its set-up, its terms."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.access import why_not_rule_award, why_not_see_rules
from awards.access_to_self import self_terms_of
from awards.award_forms import KINDS_IN_ORDER, EditionForm, KindForm, NewEditionForm, NominatorsForm, VoteForm
from awards.models import AwardTerms
from awards.presets import kind_of, rules_presets
from awards.self_forms import SelfTermsForm
from awards.services.above import above_now
from awards.services.award_rules import change_terms, version_of
from awards.services.editions import create_edition, save_edition
from awards.services.eligibility import has_votes, tried
from awards.services.nominators import nominators_of
from awards.views.eligible import asked_text
from competition import events
from competition.access import others_everywhere, why_not_organise, why_not_set_up
from competition.errors import Refused
from competition.models import Contest
from competition.selectors import organised_by
from competition.services.setting_up import missing_for_opening
from competition.states import ContestKind, ContestState, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


def contests_of(request: SignedIn):
    """Contests that an award may belong to."""
    return organised_by(request.user).filter(kind=ContestKind.CONTEST, belongs_to=None, delegation=None)


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise)
def award_new(request: SignedIn, thing: None) -> HttpResponse:
    initial = {
        "title": "市长奖", "title_en": "Mayor's Award", "level": "city", "year": timezone.now().year,
        "kinds": ["student"], "rules": "own", "belongs_to": request.GET.get("contest", ""),
        "is_one_person": not others_everywhere(request.user).exists(),
    }  # fmt: skip
    mine = contests_of(request)
    form = NewEditionForm(request.POST or None, contests=mine, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with events.via(Via.WEB):
                made = create_edition(
                    details=form.details(), rules=rules_presets()[said["rules"]], kinds=said["kinds"],
                    belongs_to=mine.filter(key=said["belongs_to"]).first() if said["belongs_to"] else None,
                    by=request.user, at=timezone.now(), two_persons=not said["is_one_person"],
                )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("award-setup", made.key)
    editions = organised_by(request.user).filter(kind=ContestKind.AWARD)
    facts = {"form": form, "editions": editions}
    return render(request, "awards/award_new.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_rules, find_contest)
def award_setup(request: SignedIn, contest: Contest) -> HttpResponse:
    mine = contests_of(request)
    form = EditionForm(request.POST or None, contest, mine)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        below = mine.filter(key=said.pop("belongs_to")).first()
        title, title_en = said.pop("title"), said.pop("title_en")
        every = said.pop("every") or 1
        do = partial(save_edition, contest=contest, values=said, title=title, title_en=title_en, belongs_to=below,
                     every=every, by=request.user, at=timezone.now())  # fmt: skip
        return answer(request, do, reverse("award-setup", args=[contest.key]), str(_("Saved.")))
    facts = {
        "contest": contest,
        "form": form,
        "kinds": [(one, asked_text(one)) for one in terms_of(contest).values()],
        "above": above_now(contest),
        "ways": contest.alternatives.count(),
        "nominees": len(tried(contest)),
        "may_rule": why_not_rule_award(request.user, contest, at=timezone.now()) is None,
        "nominators": nominators_of(contest),
        "selves": self_terms_of(contest),
        "missing": missing_for_opening(contest),
        "may_open": contest.is_entered_by_schools and contest.state == ContestState.SETUP,
        "tracks": contest.tracks.prefetch_related("material_kinds"),
        "quotas": contest.quotas.count(),
        "closed": why_not_set_up(request.user, contest, at=timezone.now()),
        "tab": "setup",
    }
    return render(request, "awards/award_setup.html", facts, status=422 if form.errors else 200)


def terms_of(contest: Contest) -> dict[str, AwardTerms]:
    """By kind of winner, in the order of the tracks."""
    rows = AwardTerms.objects.filter(track__contest=contest).select_related("track").order_by("track__order")
    return {kind_of(one.track): one for one in rows}


@require_http_methods(["GET", "POST"])
@allowed(why_not_rule_award, find_contest)
def award_terms(request: SignedIn, contest: Contest) -> HttpResponse:
    data, terms = request.POST or None, terms_of(contest)
    lines = [KindForm(data, kind, terms.get(kind)) for kind in KINDS_IN_ORDER]
    form = vote_form(data, contest, next(iter(terms.values()), AwardTerms()))
    who = NominatorsForm(data, initial={"nominators": nominators_of(contest)})
    selves = SelfTermsForm(data, self_terms_of(contest))
    if request.method == "POST" and all(one.is_valid() for one in (form, who, selves, *lines)):
        kinds = [kind for line in lines if (kind := line.details()) is not None]
        try:
            with events.via(Via.WEB):
                change_terms(
                    contest=contest, kinds=kinds, vote=form.vote(), why=form.why(), by=request.user,
                    places_in_all=form.cleaned_data["places_in_all"], at=timezone.now(),
                    nominators=who.wanted(), self_asked=selves.asked(),
                )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("award-setup", contest.key)
    is_bad = any(one.errors for one in (form, who, selves, *lines))
    facts = {"contest": contest, "form": form, "who": who, "selves": selves, "lines": lines, "tab": "setup"}
    return render(request, "awards/award_terms.html", facts, status=422 if is_bad else 200)


def vote_form(data: object, contest: Contest, one: AwardTerms) -> VoteForm:
    said = {
        "majority": f"{one.majority_num}/{one.majority_den}",
        "majority_of": one.majority_of,
        "quorum": f"{one.quorum_num}/{one.quorum_den}",
        "places_in_all": contest.settings.get("places_in_all"),
    }
    return VoteForm(data, base=version_of(contest), is_asked=has_votes(contest), initial=said)

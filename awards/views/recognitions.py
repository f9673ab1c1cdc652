"""表彰: what each title asks for, the whole ranking with all its figures, and what the committee decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.access import (
    why_not_name_recognised,
    why_not_rule_recognitions,
    why_not_see_recognition,
    why_not_see_ties,
    why_not_see_title_ties,
    why_not_see_titles,
    why_not_settle_titles,
)
from awards.dues import has_tutor_prizes
from awards.models import PrizeLevel, RecognitionRule
from awards.prizes import BY_CODE
from awards.recognition_forms import FOR_WHOM, NameForm, RecognitionForm, TitleTieForm
from awards.selectors import list_that_stands
from awards.services.proposals import plan_in_force
from awards.services.recognitions import (
    RECIPIENTS,
    REPORTED,
    Figures,
    Ranked,
    TitleTie,
    entries_of,
    ranked,
    ranked_by_rule,
    reports_of,
)
from awards.services.titles import (
    drop_recognition,
    name_recognised,
    reopen_title_tie,
    rule_tutor_prizes,
    save_recognition,
    settle_title_tie,
    take_recognised_back,
)
from awards.states import RecognitionKind
from awards.views.moves import refusal_of
from competition.events import record_look
from competition.models import Contest, District
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.core.scores import competition_ranks

Labels = dict[str, str]
Names = dict[tuple[str, int], tuple[str, str, str]]  # (kind, primary key) -> key, name, school or district


@dataclass(frozen=True)
class Line:
    """One recipient. `prizes`: (level, how many), in the order of the page's columns; `state`: of the title."""

    key: str
    name: str
    home: str
    place: int | None
    figures: Figures
    points: str
    prizes: tuple[tuple[str, int], ...]
    state: str
    minutes: str = ""


@dataclass(frozen=True)
class ShownTie:
    """A tie with what it says; `form`: to settle it, None where nobody may now."""

    tie: TitleTie
    names: list[tuple[str, str]]
    form: TitleTieForm | None


@dataclass(frozen=True)
class Shown:
    rule: RecognitionRule
    levels: list[str]
    lines: list[Line]
    named: int
    ties: list[ShownTie]
    form: NameForm | None
    refused: str = ""

    @property
    def whom(self) -> str:
        return str(dict(FOR_WHOM)[self.rule.kind])


@dataclass(frozen=True)
class Typed:
    """What somebody typed in at one rule, and why it was not done."""

    order: int
    data: Any
    refused: str


def find_recognition(request: HttpRequest, key: str, order: int) -> RecognitionRule:
    rows = RecognitionRule.objects.select_related("contest")
    return get_object_or_404(rows, contest__key=key, order=order, is_in_force=True)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_titles, find_contest)
def recognitions(request: SignedIn, contest: Contest) -> HttpResponse:
    """All titles; a new one is made here, after a look at whom it would name. Of an award those that follow."""
    if contest.is_award:
        return page(request, contest, {"form": None, "refused": "", "preview": None})
    return page(request, contest, ruled(request, contest, None))


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_recognition, find_recognition)
def recognition(request: SignedIn, rule: RecognitionRule) -> HttpResponse:
    """One is changed, after a look at whom it would name then."""
    said = ruled(request, rule.contest, rule)
    if isinstance(said, HttpResponse):
        return said
    record_look(request.user, "recognitions", rule.contest, at=timezone.now())
    facts = {"contest": rule.contest, "rule": rule, "tab": "awards", **said}
    return render(request, "awards/recognition.html", facts, status=422 if said["refused"] else 200)


def ruled(request: SignedIn, contest: Contest, rule: RecognitionRule | None) -> HttpResponse | dict[str, Any]:
    """What was typed of a rule: saved, or shown as it would be, or why it was not."""
    levels = levels_of(contest, [rule] if rule else [])
    form = RecognitionForm(request.POST if request.method == "POST" else None, levels, rule)
    said: dict[str, Any] = {"form": form, "refused": "", "preview": None}
    if request.method != "POST":
        return said
    if not form.is_valid():
        return said | {"refused": _("Not saved yet: look at the form.")}
    if request.POST.get("do") == "look":
        return said | {"preview": preview(contest, form, rule, levels)}
    do = partial(save_recognition, contest=contest, details=form.details, rule=rule, by=request.user, at=timezone.now())
    if refused := refusal_of(do):
        return said | {"refused": refused}
    messages.success(request, _("The title was saved."))
    return redirect("recognitions", contest.key)


def preview(contest: Contest, form: RecognitionForm, rule: RecognitionRule | None, levels: Labels) -> Shown:
    """Whom it would name now. Nothing is saved."""
    details = form.details
    would = RecognitionRule(
        pk=rule.pk if rule else None, contest=contest, kind=details.kind, label_zh=details.name, order=0,
        **details.values,
    )  # fmt: skip
    decisions = tuple(rule.decisions.all()) if rule else ()
    reports = reports_of(contest, [would])
    found = ranked(would, entries_of(contest), awards_of(contest), decisions, reports)
    return shown(would, found, names_of([(would, found)]), levels)


@require_POST
@allowed(why_not_see_recognition, find_recognition)
def recognition_drop(request: SignedIn, rule: RecognitionRule) -> HttpResponse:
    do = partial(drop_recognition, rule=rule, by=request.user, at=timezone.now())
    return answer(request, do, reverse("recognitions", args=[rule.contest.key]), _("The title is given no more."))


@require_POST
@allowed(why_not_see_recognition, find_recognition)
def recognition_name(request: SignedIn, rule: RecognitionRule) -> HttpResponse:
    do = partial(name_recognised, rule=rule, key=request.POST.get("recipient", ""),
                 minutes=request.POST.get("minutes", "")[:300], by=request.user, at=timezone.now())  # fmt: skip
    return decided(request, rule, do, _("Named. It is on the list that is proposed, or on the next one."))


@require_POST
@allowed(why_not_see_title_ties, find_recognition)
def recognition_tie(request: SignedIn, rule: RecognitionRule) -> HttpResponse:
    do = partial(
        settle_title_tie, rule=rule, terms=request.POST.get("terms", ""), named=request.POST.getlist("named"),
        minutes=request.POST.get("minutes", "")[:300], by=request.user, at=timezone.now(),
    )  # fmt: skip
    return decided(request, rule, do, _("Settled. The list was proposed anew: look at it, then lock it."))


def decided(request: SignedIn, rule: RecognitionRule, do: Any, done: str) -> HttpResponse:
    """Done, or the page with what was typed."""
    if refused := refusal_of(do):
        form = None if rule.contest.is_award else RecognitionForm(None, levels_of(rule.contest))
        blank = {"form": form, "refused": "", "preview": None}
        return page(request, rule.contest, blank, Typed(rule.order, request.POST, refused))
    messages.success(request, done)
    return redirect("recognitions", rule.contest.key)


@require_POST
@allowed(why_not_see_ties, find_contest)
def tutor_prizes(request: SignedIn, contest: Contest) -> HttpResponse:
    is_on = request.POST.get("tutor_prizes") == "on"
    do = partial(rule_tutor_prizes, contest=contest, is_on=is_on, by=request.user, at=timezone.now())
    return answer(request, do, reverse("recognitions", args=[contest.key]), _("Saved."))


@require_POST
@allowed(why_not_see_recognition, find_recognition)
def recognition_back(request: SignedIn, rule: RecognitionRule) -> HttpResponse:
    key = request.POST.get("recipient", "")
    do = partial(take_recognised_back, rule=rule, key=key, by=request.user, at=timezone.now())
    return answer(request, do, reverse("recognitions", args=[rule.contest.key]), _("Taken back."))


@require_POST
@allowed(why_not_see_title_ties, find_recognition)
def recognition_reopen(request: SignedIn, rule: RecognitionRule) -> HttpResponse:
    terms = request.POST.get("terms", "")
    do = partial(reopen_title_tie, rule=rule, terms=terms, by=request.user, at=timezone.now())
    url = reverse("recognitions", args=[rule.contest.key])
    return answer(request, do, url, _("Taken back: the tie is open again."))


def page(
    request: SignedIn, contest: Contest, said: HttpResponse | dict[str, Any], typed: Typed | None = None
) -> HttpResponse:
    if isinstance(said, HttpResponse):
        return said
    now = timezone.now()
    record_look(request.user, "recognitions", contest, at=now)
    award_list = list_that_stands(contest)
    found = list(ranked_by_rule(contest, award_list.awards.all() if award_list else []))
    names, levels = names_of(found), levels_of(contest, [rule for rule, _ranked in found])
    may_name = why_not_name_recognised(request.user, contest, at=now) is None
    may_settle = award_list is not None and why_not_settle_titles(request.user, contest, at=now) is None
    facts = {
        "contest": contest,
        "titles": [
            shown(rule, ranks, names, levels, typed=typed, may_name=may_name, may_settle=may_settle)
            for rule, ranks in found
        ],
        "has_list": award_list is not None,
        "has_tutor_prizes": has_tutor_prizes(contest),
        "closed": why_not_rule_recognitions(request.user, contest, at=now),
        "may_name": may_name,
        "may_settle": may_settle,
        "tab": "awards",
        **said,
    }
    status = 422 if said["refused"] or typed else 200
    return render(request, "awards/recognitions.html", facts, status=status)


def shown(
    rule: RecognitionRule,
    found: Ranked,
    names: Names,
    levels: Labels,
    *,
    typed: Typed | None = None,
    may_name: bool = False,
    may_settle: bool = False,
) -> Shown:
    """The whole ranking of a rule; with forms for what may be decided now."""
    typed = typed if typed and typed.order == rule.order else None
    minutes = {one.district_id or one.school_id or one.person_id: one.minutes
               for one in rule.decisions.all() if one.is_named} if rule.pk else {}  # fmt: skip
    lines = []
    places = competition_ranks(found.units)
    for pk, figures, has_it, place in zip(found.keys, found.figures, found.recognised, places, strict=True):
        state = "named" if has_it else "tied" if pk in found.held else ""
        prizes = tuple((label, figures.prizes[code]) for code, label in levels.items())
        why = minutes.get(pk, "") if has_it else ""
        points = f"{figures.units / 100:.2f}"
        lines.append(Line(*names[rule.kind, pk], place, figures, points, prizes, state, why))
    may_name = may_name and rule.is_by_committee and sum(found.recognised) < rule.number
    choices = [(one.key, f"{one.name} · {one.points}") for one in lines if not one.state]
    form = NameForm(typed.data if typed else None, rule, choices) if may_name else None
    ties = [shown_tie(rule, place, tie, names, typed, may_settle) for place, tie in enumerate(found.ties)]
    refused = typed.refused if typed else ""
    return Shown(rule, list(levels.values()), lines, sum(found.recognised), ties, form, refused)


def shown_tie(
    rule: RecognitionRule, place: int, tie: TitleTie, names: Names, typed: Typed | None, may_settle: bool
) -> ShownTie:
    rows = [names[rule.kind, pk] for pk in tie.keys]
    choices = [(key, f"{name} · {home}" if home else name) for key, name, home in rows]
    is_typed = typed is not None and typed.data.get("terms") == tie.terms
    form = TitleTieForm(typed.data if typed and is_typed else None, rule, place, choices)
    return ShownTie(tie, choices, form if may_settle and not tie.is_settled else None)


def awards_of(contest: Contest) -> dict[int, str]:
    award_list = list_that_stands(contest)
    return dict(award_list.awards.values_list("entry", "code")) if award_list else {}


def levels_of(contest: Contest, rules: Iterable[RecognitionRule] = ()) -> Labels:
    """The levels that may give points: those of the plan, else first to third, and what rules name already."""
    plan = plan_in_force(contest)
    rows = PrizeLevel.objects.filter(group__plan=plan).order_by("group__order", "order") if plan else []
    found = {one.code: one.label for one in reversed(list(rows))}
    found |= {code: BY_CODE[code].label for code in ("first", "second", "third") if code not in found}
    asked = {code for rule in rules for code in rule.points} - {"entry", *REPORTED}
    found |= {code: BY_CODE[code].label if code in BY_CODE else code for code in sorted(asked) if code not in found}
    return dict(sorted(found.items(), key=lambda one: BY_CODE[one[0]].order if one[0] in BY_CODE else 99))


def names_of(found: Iterable[tuple[RecognitionRule, Ranked]]) -> Names:
    """Of all recipients, a query a kind."""
    wanted: dict[str, set[int]] = {}
    for rule, ranks in found:
        wanted.setdefault(rule.kind, set()).update(ranks.keys)
    names: Names = {}
    for kind, pks in wanted.items():
        for one in RECIPIENTS[kind].objects.filter(pk__in=pks).select_related(*HOMES[kind]):
            names[kind, one.pk] = (one.key, one.label if isinstance(one, District) else one.name, home(kind, one))
    return names


HOMES: Mapping[str, tuple[str, ...]] = {
    RecognitionKind.DISTRICT: (),
    RecognitionKind.SCHOOL: ("district",),
    RecognitionKind.TUTOR: ("school",),
}


def home(kind: str, one: Any) -> str:
    """The school of a tutor, the district of a school."""
    if kind == RecognitionKind.SCHOOL:
        return str(one.district)
    return one.school.name if kind == RecognitionKind.TUTOR and one.school else ""

"""The list of awards in all its versions, with full names, for the office."""

from itertools import groupby

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from awards.access import result_detail, why_not_amend_list, why_not_see_list
from awards.dues import has_tutor_prizes
from awards.models import AwardList
from awards.outputs.facts import AwardLine, award_lines, recognition_lines, specials_by_prize
from awards.outputs.money import money_of
from awards.outputs.tie_words import parted_lines
from awards.selectors import list_that_stands
from awards.services.above import derived_rules
from awards.services.approvals import approval_of
from awards.services.lists import check_list, finding_sentence
from awards.states import ListState, ResultDetail
from awards.views.mending import mended_at
from competition.access import has_two_persons, why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.states import ContestKind, StepKind
from competition.views.agreeing import pressed
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest

FIXED = (ListState.LOCKED, ListState.PUBLISHED)


class AmendForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is amended"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The public reads this beside the next version: name nobody."),
    )  # fmt: skip


def grouped(lines: list) -> list[tuple[str, list[tuple[str, list]]]]:
    """[(track, [(division, lines)])] in the order of the lines."""
    return [
        (track, [(division, list(rows)) for division, rows in groupby(of_track, key=lambda line: line.division)])
        for track, of_track in groupby(lines, key=lambda line: line.track)
    ]


def counted(lines: list[AwardLine]) -> list[tuple[str, str, int]]:
    """(code, prize, number), best first."""
    numbers: dict[tuple[int, str, str], int] = {}
    for line in lines:
        key = (line.award.order, line.prize, line.code)
        numbers[key] = numbers.get(key, 0) + 1
    return [(code, prize, number) for (_, prize, code), number in sorted(numbers.items())]


def tutors_counted(contest: Contest, lines: list[AwardLine]) -> list[tuple[str, int]]:
    """Tutors' prizes that follow the entries: (prize, how many tutors), best first; one of two entries counts twice."""
    if not has_tutor_prizes(contest) or contest.kind == ContestKind.AWARD:
        return []
    numbers: dict[tuple[int, str], int] = {}
    for line in lines:
        key = (line.award.order, line.prize)
        numbers[key] = numbers.get(key, 0) + len(line.award.said["tutors"])
    return [(prize, number) for (_, prize), number in sorted(numbers.items()) if number]


def find_version(request: HttpRequest, key: str, version: int) -> AwardList:
    lists = AwardList.objects.select_related("contest__belongs_to", "plan", "run")
    return get_object_or_404(lists, contest__key=key, version=version)


@require_GET
@allowed(why_not_organise, find_contest)
def award_list(request: SignedIn, contest: Contest) -> HttpResponse:
    """The version that stands; while the decision is open again, the last one."""
    shown = list_that_stands(contest) or contest.award_lists.order_by("-version").first()
    return list_page(request, contest, shown)


@require_GET
@allowed(why_not_see_list, find_version)
def award_list_version(request: SignedIn, shown: AwardList) -> HttpResponse:
    return list_page(request, shown.contest, shown)


def list_page(request: SignedIn, contest: Contest, shown: AwardList | None) -> HttpResponse:
    lines = award_lines(shown) if shown else []
    is_standing = shown is not None and shown.state != ListState.SUPERSEDED
    record_look(request.user, "award-list", shown or contest, at=timezone.now())
    facts = {
        "contest": contest,
        "shown": shown,
        "is_standing": is_standing,
        "groups": grouped(lines),
        "counts": counted(lines),
        "tutor_prizes": tutors_counted(contest, lines),
        "money": money_of(shown) if shown else [],
        "specials": specials_of(shown) if shown else [],
        "recognitions": recognitions_of(shown) if shown else [],
        "approval": approval_of(shown) if shown and contest.is_award and shown.state in FIXED else None,
        "has_titles": contest.is_award and bool(derived_rules(contest)),
        "parted": parted_lines(shown) if shown else [],
        "findings": found_in(shown) if shown and is_standing else [],
        "stands": contest.award_lists.standing().exists(),
        "amend_form": AmendForm() if is_amendable(request, contest, shown) else None,
        "versions": contest.award_lists.order_by("-version"),
        "tab": "awards",
        "details": [] if contest.kind == ContestKind.AWARD else ResultDetail.choices,
        "detail": result_detail(contest),
        "two_persons": has_two_persons(contest),
    }
    return render(request, "awards/award_list.html", facts)


def is_amendable(request: SignedIn, contest: Contest, shown: AwardList | None) -> bool:
    is_fixed = shown is not None and shown.state in FIXED
    return is_fixed and why_not_amend_list(request.user, contest, at=timezone.now()) is None


def found_in(shown: AwardList) -> list[tuple[str, str]]:
    """(sentence, where it is mended)"""
    return [(finding_sentence(one), mended_at(shown.contest, one)) for one in check_list(shown)]


def specials_of(shown: AwardList) -> list[tuple[str, list]]:
    """[(prize and sponsor, [("", lines)])], as other prizes are grouped"""
    return [(f"{one.label} · {one.sponsor}", [("", rows)]) for one, rows in specials_by_prize(shown)]


def recognitions_of(shown: AwardList) -> list[tuple[str, list]]:
    """[(title, [(recognition, name, home)])]"""
    rows = recognition_lines(shown)
    return [(str(rule), list(of_rule)) for rule, of_rule in groupby(rows, key=lambda row: row[0].rule)]


@require_POST
@allowed(why_not_amend_list, find_contest)
def amend(request: SignedIn, contest: Contest) -> HttpResponse:
    done = _("The decision is open again. Put right what is wrong, then propose and lock the next version.")
    return pressed(request, contest, StepKind.AMEND, to=reverse("board", args=[contest.key]), done=done,
                   reason=request.POST.get("reason", "")[:500])  # fmt: skip

"""The nominees of an award before its rules: which condition is met by what, or what is missing; the office's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from awards.access import why_not_above, why_not_admit, why_not_nominate, why_not_see_rules
from awards.award_forms import WordForm
from awards.models import Claim, Nomination, SelfNomination
from awards.selectors import self_nominations_waiting
from awards.services.eligibility import Tried, say_of_nominee, tried
from awards.states import ClaimState
from awards.views.eligible import Ways, reason_lines, ways_of
from awards.views.sources import achievements_with_source
from competition.events import record_look
from competition.models import Contest
from competition.states import EntryState
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.paging import page_of

ELIGIBLE, NOT, UNDECIDED = "eligible", "not", "undecided"
VERDICTS = {True: ELIGIBLE, False: NOT, None: UNDECIDED}
WORDS = {
    ELIGIBLE: gettext_lazy("Eligible"),
    NOT: gettext_lazy("Not eligible"),
    UNDECIDED: gettext_lazy("The office decides"),
}
SHAPES = {ELIGIBLE: "done", NOT: "off", UNDECIDED: "warn"}


@dataclass(frozen=True)
class Shown:
    """A nominee as pages show it. `verdict`: by the rules, or by the office's word where it said one."""

    nomination: Nomination
    verdict: str
    lines: list[str]

    @property
    def word(self) -> str:
        return str(WORDS[self.verdict])

    @property
    def shape(self) -> str:
        return SHAPES[self.verdict]


def shown(one: Tried, ways: Ways) -> Shown:
    nomination = one.nomination
    is_said = nomination.said_at is not None or not nomination.is_admitted
    verdict = VERDICTS[nomination.is_admitted if is_said else one.found.is_eligible]
    return Shown(nomination, verdict, reason_lines(one.reason, ways.numbers))


class NomineeFilter(forms.Form):
    verdict = forms.ChoiceField(label=gettext_lazy("Eligible?"), required=False)
    track = forms.ChoiceField(label=gettext_lazy("Kind of winner"), required=False)

    def __init__(self, data: Any, contest: Contest):
        super().__init__(data)
        every = ("", _("All"))
        self.fields["verdict"].choices = [every, *WORDS.items()]  # type: ignore[attr-defined]
        tracks = [(str(one.order), one.label) for one in contest.tracks.all()]
        self.fields["track"].choices = [every, *tracks]  # type: ignore[attr-defined]

    def lets(self, one: Shown, words: str) -> bool:
        entry = one.nomination.entry
        text = f"{entry.number} {one.nomination} {entry.school or ''}".casefold()
        return (
            self.cleaned_data.get("verdict") in ("", None, one.verdict)
            and self.cleaned_data.get("track") in ("", None, str(entry.track.order))
            and all(word in text for word in words.casefold().split())
        )


@require_GET
@allowed(why_not_see_rules, find_contest)
def nominees(request: SignedIn, contest: Contest) -> HttpResponse:
    alternatives = list(contest.alternatives.all())
    ways = {track.pk: ways_of(alternatives, track.pk) for track in contest.tracks.all()}
    everybody = [shown(one, ways[one.nomination.entry.track_id]) for one in tried(contest, alternatives=alternatives)]
    filters = NomineeFilter(request.GET, contest)
    filters.is_valid()
    found = [one for one in everybody if filters.lets(one, request.GET.get("q", "")[:100])]
    record_look(request.user, "nominees", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "page": page_of(request, found),
        "filters": filters,
        "counts": [(word, name, sum(one.verdict == name for one in everybody)) for name, word in WORDS.items()],
        "everybody": len(everybody),
        "waits": why_not_above(contest),
        "selves": self_nominations_waiting(contest),
        "tab": "nominees",
    }
    return render(request, "awards/nominees.html", facts)


def nominee_facts(nomination: Nomination, user: Any) -> dict[str, Any]:
    """What the page of an entry says of a nominee, tried on the rules as they are now."""
    contest = nomination.entry.contest
    ways = ways_of(contest.alternatives.all(), nomination.entry.track_id)
    [one] = tried(contest, nominations=Nomination.objects.filter(pk=nomination.pk))
    said = {"word": "rules" if nomination.said_at is None else "in" if nomination.is_admitted else "out"}
    may_say = why_not_admit(user, nomination, at=timezone.now()) is None
    return {
        "eligibility": shown(one, ways),
        "ways": ways.texts,
        "word_form": WordForm(initial=said) if may_say else None,
        "may_take_back": why_not_nominate(user, contest, at=timezone.now()) is None
        and nomination.entry.state in (EntryState.PASSED, EntryState.NOT_PASSED),
        "won": achievements_with_source(nomination),
        "claims": open_claims(nomination),
        "self_nomination": SelfNomination.objects.filter(entry=nomination.entry_id).first(),
    }


def open_claims(nomination: Nomination) -> Iterable[Claim]:
    """What is said of the person and not confirmed."""
    if nomination.person_id is None:
        return ()
    return nomination.entry.contest.claims.filter(person=nomination.person_id).exclude(state=ClaimState.CONFIRMED)


def find_nomination(request: HttpRequest, key: str, entry: str) -> Nomination:
    rows = Nomination.objects.select_related("entry__contest__belongs_to")
    return get_object_or_404(rows, entry__contest__key=key, entry__key=entry)


@require_POST
@allowed(why_not_admit, find_nomination)
def nominee_say(request: SignedIn, nomination: Nomination) -> HttpResponse:
    entry = nomination.entry
    to = reverse("entry", args=[entry.contest.key, entry.key])
    form = WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what you decide, and why. Nothing was changed."))
        return redirect(to)
    said = form.cleaned_data
    do = partial(say_of_nominee, nomination=nomination, word=WordForm.WORDS[said["word"]], why=said["why"],
                 minutes=said["minutes"], by=request.user, at=timezone.now())  # fmt: skip
    return answer(request, do, to, _("Saved. It stands in the log."))

"""Results to measure: one track in one round, entered by a referee and confirmed by a second person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competition import parts
from competition.access import is_organiser, why_not_organise
from competition.core.tokens import random_key
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest, Entry
from competition.selectors import LONGEST_SEARCH
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of
from judging.access import ALONE, why_not_measure, why_not_see_attempts
from judging.attempts import MeasuredEntry, Slot, attempt_counts, entries_measured, measured_entries
from judging.forms.measuring import (
    TO_SETTLE,
    AttemptFilter,
    MeasuringRulesForm,
    reading_from,
    typed_in,
)
from judging.models import Attempt, Rubric
from judging.services.measuring import (
    Reading,
    check_attempt,
    enter_attempt,
    refuse_differing,
    save_measuring_rules,
)
from judging.states import AttemptState


def find_measured(request: HttpRequest, key: str, track: int, place: int) -> Rubric:
    rows = Rubric.objects.measured().select_related("round__contest", "track")
    return get_object_or_404(rows, round__contest__key=key, round__order=place, track__order=track)


@dataclass(frozen=True)
class Refusal:
    """A form that was not done: shown again as it was typed, with the reason beside it."""

    entry: str
    number: int
    typed: Mapping[str, str]
    text: str


@dataclass
class Shown:
    """One attempt on the page.

    does     "enter", "confirm", or "" where somebody else has to confirm, or nothing is to be done
    is_next  where the next result is typed
    """

    slot: Slot
    does: str = ""
    may_correct: bool = False
    is_next: bool = False
    refusal: Refusal | None = None
    save: str = field(default_factory=random_key)

    @property
    def typed(self) -> Mapping[str, str]:
        return self.refusal.typed if self.refusal else {}

    @property
    def base(self) -> int:
        return self.slot.attempt.version if self.slot.attempt else 0

    @property
    def second(self) -> str:
        """What the second person read, where it differs."""
        attempt = self.slot.attempt
        if attempt is None or not attempt.second:
            return ""
        return Reading(**attempt.second).text(attempt.places)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_attempts, find_measured)
def measured(request: SignedIn, rubric: Rubric) -> HttpResponse:
    if request.method == "POST":
        return type_in(request, rubric)
    return page(request, rubric)


def page(request: SignedIn, rubric: Rubric, refusal: Refusal | None = None) -> HttpResponse:
    contest, now = rubric.round.contest, timezone.now()
    filters = AttemptFilter(request.GET)
    number = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    rows = chosen(measured_entries(rubric, number), filters.chosen)
    closed = why_not_measure(request.user, rubric, at=now)
    is_office = is_organiser(request.user, contest)
    on_page = page_of(request, rows)
    record_look(request.user, "attempts", contest, at=now)
    facts: dict[str, Any] = {
        "contest": contest,
        "rubric": rubric,
        "plan": rubric.measure_plan,
        "page": on_page,
        "size": size_of(request),
        "rows": shown(request, list(on_page), refusal, is_open=closed is None, is_office=is_office),
        "counts": dict(attempt_counts(contest)).get(rubric),
        "filters": filters,
        "closed": closed,
        "is_office": is_office,
        "is_alone": is_office and bool(contest.settings.get(ALONE)),
        "rules": MeasuringRulesForm(initial={"is_alone": contest.settings.get(ALONE)}),
        "tab": "judging",
        "subtab": "progress",
    }
    return render(request, "judging/measured.html", facts, status=409 if refusal else 200)


def chosen(rows: list[MeasuredEntry], state: str) -> list[MeasuredEntry]:
    """To confirm: where two people read different things first."""
    if state != TO_SETTLE:
        return [row for row in rows if row.has(state)] if state else rows
    waiting = [row for row in rows if row.has(AttemptState.ENTERED) or row.has(AttemptState.DIFFERING)]
    return sorted(waiting, key=lambda row: not row.has(AttemptState.DIFFERING))


def shown(
    request: SignedIn, rows: Sequence[MeasuredEntry], refusal: Refusal | None, *, is_open: bool, is_office: bool
) -> list[tuple[Entry, list[Shown]]]:
    """What this person can do with each attempt, and where they go on typing."""
    found = []
    for row in rows:
        found.append((row.entry, [Shown(slot) for slot in row.slots]))
        for one in found[-1][1]:
            if is_open:
                offer(request, one, is_office=is_office)
            if refusal and (refusal.entry, refusal.number) == (row.entry.key, one.slot.number):
                one.refusal, one.is_next = refusal, True
    if refusal is None:
        mark_next(request.GET, [one for _entry, slots in found for one in slots])
    return found


def offer(request: SignedIn, one: Shown, *, is_office: bool) -> None:
    attempt = one.slot.attempt
    if attempt is None:
        one.does = "enter"
        return
    is_waiting = attempt.state in (AttemptState.ENTERED, AttemptState.DIFFERING)
    if is_waiting and may_confirm(request, attempt, is_office=is_office):
        one.does = "confirm"
    # who is about to confirm types first, and does not see what was entered
    one.may_correct = one.does != "confirm" or attempt.state == AttemptState.DIFFERING


def may_confirm(request: SignedIn, attempt: Attempt, *, is_office: bool) -> bool:
    """The rule without its questions to the database: the page asked them once for all rows."""
    return attempt.entered_by_id != request.user.pk or (is_office and bool(attempt.round.contest.settings.get(ALONE)))


def mark_next(said: QueryDict, slots: Sequence[Shown]) -> None:
    """The first after the one that was just done that is to be done in the same way."""
    does, number, at = said.get("did", ""), *said.get("at", "-").rpartition("-")[::2]
    for one in slots:
        is_after = (one.slot.entry.number, str(one.slot.number)) > (number, at)
        if does and one.does == does and is_after:
            one.is_next = True
            return


def type_in(request: SignedIn, rubric: Rubric) -> HttpResponse:
    """Enter, correct or confirm one attempt; where a list is there already, first who would move; then to the next."""
    entry = get_object_or_404(entries_measured(rubric), key=request.POST.get("entry", ""))
    number, typed = whole(request.POST.get("number")), typed_in(request.POST)
    does = "confirm" if request.POST.get("do") == "confirm" else "enter"
    try:
        done = (confirmed if does == "confirm" else entered)(request, rubric, entry, number, typed)
    except Refused as refused:
        if refused.denial.hide:
            raise Http404(str(refused)) from refused
        return page(request, rubric, Refusal(entry.key, number, typed, str(refused)))
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, done)
    said = {name: text for name in ("q", "state", "page", "size") if (text := request.GET.get(name))}
    return redirect(f"{request.path}?{urlencode({**said, 'did': does, 'at': f'{entry.number}-{number}'})}")


def whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


def entered(
    request: SignedIn, rubric: Rubric, entry: Entry, number: int, typed: Mapping[str, str]
) -> str | HttpResponse:
    do = partial(
        enter_attempt,
        rubric=rubric, entry=entry, number=number, reading=reading_from(typed, rubric),
        base=whole(request.POST.get("base")), save=request.POST.get("save", "")[:40],
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    facts = {"entry": entry.number, "number": number}
    heading = _("%(entry)s, attempt %(number)s: entered, and not confirmed") % facts
    if shown := page_before(request, rubric, do, heading, _("Enter it")):
        return shown
    return _("%(entry)s, attempt %(number)s: entered. It counts when it is confirmed.") % facts


def page_before(
    request: SignedIn, rubric: Rubric, do: Callable[[], Any], heading: str, button: str
) -> HttpResponse | None:
    """Who would move by it; None where it is done."""
    shown: HttpResponse | None = parts.page_before(
        request, rubric.round.contest, do, to=request.get_full_path(), heading=heading, button=button
    )
    return shown


def confirmed(
    request: SignedIn, rubric: Rubric, entry: Entry, number: int, typed: Mapping[str, str]
) -> str | HttpResponse:
    """A reading that differs is kept, and said to be refused: so it is asked only once it is done."""
    key = request.POST.get("attempt", "")
    attempt = get_object_or_404(Attempt.objects.filter(round=rubric.round_id, entry=entry, number=number), key=key)
    facts, reading, checked = {"entry": entry.number, "number": number}, reading_from(typed, rubric), []
    do = partial(check_attempt, attempt=attempt, rubric=rubric, reading=reading, by=request.user, at=timezone.now())
    heading = _("%(entry)s, attempt %(number)s: confirmed") % facts
    if shown := page_before(request, rubric, lambda: checked.append(do()), heading, _("Confirm it")):
        return shown
    refuse_differing(checked[-1], reading)
    return _("%(entry)s, attempt %(number)s: confirmed.") % facts


@require_POST
@allowed(why_not_organise, find_contest)
def rules(request: SignedIn, contest: Contest) -> HttpResponse:
    """Whether one person may enter and confirm."""
    form = MeasuringRulesForm(request.POST)
    is_alone = form.is_valid() and form.cleaned_data["is_alone"]
    do = partial(save_measuring_rules, contest=contest, is_alone=is_alone, by=request.user, at=timezone.now())
    return answer(request, do, reverse("progress", args=[contest.key]), str(_("Saved.")))

"""上报信息: which entries go up, chosen in a list of many pages. What is ticked is kept until the schools are asked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from awards.outputs.upward import in_list_order
from competition.access_to_late import why_not_read_late
from competition.models import Contest, Entry
from competition.selectors import entries_matching
from competition.services.forwarded import forwarded
from competition.services.late import choose_late
from competition.views.doors import SignedIn, allowed, answer
from competition.views.entries import EntryFilter
from competition.views.finding import find_contest
from competition.views.form_pages import asked_page
from competition.views.paging import SIZES, page_of, size_of

KEPT = "late-choose"  # in the session: key of a contest -> keys of the entries that are ticked
FILTERS = ("track", "division", "district", "only")
Rows = list[tuple[Entry, Any]]


class ChoiceFilter(EntryFilter):
    only = forms.ChoiceField(
        label=gettext_lazy("Which entries"), required=False,
        choices=[("", gettext_lazy("All")), ("ticked", gettext_lazy("ticked ones"))],
    )  # fmt: skip

    def __init__(self, data: Any, contest: Contest):
        super().__init__(data, contest)
        del self.fields["state"]

    def keys(self, contest: Contest, words: str) -> set[str]:
        """Of what the address asks for."""
        found = self.applied_to(contest.entries.countable()).filter(entries_matching(words))
        return set(found.values_list("key", flat=True))


@require_http_methods(["GET", "POST"])
@allowed(why_not_read_late, find_contest)
def late_choose(request: SignedIn, contest: Contest) -> HttpResponse:
    """By the list of awards where there is one; what went up already is ticked."""
    rows = to_choose(contest)
    ticked = ticked_in(request, contest, rows)
    if request.method == "GET":
        return page(request, contest, rows, ticked)
    ticked = ticked - set(request.POST.get("shown", "").split()) | set(request.POST.getlist("entry"))
    keep(request, contest, [] if "none" in request.POST else ticked)
    if "none" in request.POST:
        return redirect(request.get_full_path())
    if to := asked_page(request, ("q", *FILTERS)):
        return redirect(to)
    return ask(request, contest, ticked)


def ask(request: SignedIn, contest: Contest, ticked: set[str]) -> HttpResponse:
    """Of all that are ticked, on whichever page. What is refused stays ticked."""

    def do() -> int:
        entries = contest.entries.filter(key__in=ticked)
        fresh = choose_late(contest=contest, entries=entries, by=request.user, at=timezone.now())
        keep(request, contest, [])
        return fresh

    done = _("%(result)s entries were added. Their schools see under their entries what is asked.")
    return answer(request, do, reverse("late", args=[contest.key]), done)


def keep(request: SignedIn, contest: Contest, keys: Iterable[str]) -> None:
    request.session[KEPT] = {**request.session.get(KEPT, {}), contest.key: sorted(keys)}


def ticked_in(request: SignedIn, contest: Contest, rows: Rows) -> set[str]:
    """What is ticked of these; until somebody ticked anything, what went up already."""
    kept = request.session.get(KEPT, {}).get(contest.key)
    if kept is None:
        kept = forwarded(contest).values_list("sent__key", flat=True)
    return set(kept) & {entry.key for entry, _award in rows}


def page(request: SignedIn, contest: Contest, rows: Rows, ticked: set[str]) -> HttpResponse:
    filters = ChoiceFilter(request.GET, contest)
    wanted = filters.keys(contest, request.GET.get("q", ""))
    if filters.cleaned_data.get("only"):
        wanted &= ticked
    found = page_of(request, [row for row in rows if row[0].key in wanted])
    on_page = [entry.key for entry, _award in found]
    facts = {
        "contest": contest,
        "page": found,
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in ("q", *FILTERS)),
        "size": size_of(request),
        "sizes": SIZES,
        "shown": " ".join(on_page),
        "known": contest.entries.filter(late_choice__isnull=False).count(),
        "any": bool(rows),
        "ticked": ticked,
        "elsewhere": len(ticked.difference(on_page)),
        "tab": "awards",
    }
    return render(request, "awards/late_choose.html", facts)


def to_choose(contest: Contest) -> Rows:
    """Whatever passed and is not chosen yet, in the order of the list."""
    known = set(contest.entries.filter(late_choice__isnull=False).values_list("pk", flat=True))
    return [(entry, award) for entry, award in in_list_order(contest) if entry.pk not in known]

"""授权号 and 上级编号 of a contest's entries: typed in a table, or taken in from a list that was looked at before."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_number_above, why_not_send_up
from competition.core.number_columns import LONGEST, NUMBER_LIST
from competition.errors import Refused
from competition.events import record_look
from competition.models import ALIVE, Contest, Entry, Forwarding
from competition.numbers_above import (
    Numbers,
    numbers_plan,
    seen_digest,
    standing,
)
from competition.selectors import entries_matching
from competition.services.numbers_above import import_numbers_above, save_numbers_above
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import Via
from competition.views import listed
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest
from competition.views.form_pages import asked_page
from competition.views.importing import RowsForm
from competition.views.kept import keep
from competition.views.paging import page_of, size_of
from competition.wording import speaks_chinese

SIZES = (50, 100, 300)  # rows of a page: two fields each, and no server takes more than 1,000 fields at once
WHICH = {
    "up": gettext_lazy("those that went up"),
    "without": gettext_lazy("of these without an authorisation number"),
    "all": gettext_lazy("all that passed"),
}


class NumbersForm(RowsForm):
    """Numbers as a file, or typed."""

    spec = NUMBER_LIST
    example = "A001，340123456789，AH-0012"
    help_text = gettext_lazy(
        "One a line: entry number, authorisation number, number there, with commas between them; or paste rows from "
        "Excel, with their headings where the columns stand otherwise."
    )


class WhichForm(forms.Form):
    which = forms.ChoiceField(label=gettext_lazy("Which entries"), choices=list(WHICH.items()), required=False)


def went_up(contest: Contest) -> Q:
    """Sent to a contest that is kept here, with a delegation, or known by a number there."""
    sent = Exists(Forwarding.objects.filter(sent=OuterRef("pk"), entry__state__in=ALIVE))
    of_delegations = Entry.objects.filter(contest__delegation__sender=contest).values("number")
    return Q(sent) | Q(number__in=of_delegations) | Q(number_above__isnull=False)


def shown(request: SignedIn, contest: Contest) -> tuple[QuerySet[Entry], str]:
    """The rows that the address asks for, and which filter that is."""
    entries = contest.entries.countable().select_related("track", "school", "number_above").order_by("order")
    up = entries.filter(went_up(contest))
    which = request.GET.get("which", "")
    if which not in WHICH:
        which = "up" if up.exists() else "all"
    rows = entries if which == "all" else up
    if which == "without":
        rows = rows.filter(Q(number_above=None) | Q(number_above__authorisation=""))
    return rows.filter(entries_matching(request.GET.get("q", ""))), which


@require_http_methods(["GET", "POST"])
@allowed(why_not_send_up, find_contest)
def upward_numbers(request: SignedIn, contest: Contest) -> HttpResponse:
    if request.method == "POST":
        return save(request, contest)
    return page(request, contest)


def page(request: SignedIn, contest: Contest, typed: dict[str, Numbers] | None = None) -> HttpResponse:
    """typed   what was typed where it was refused, by key; then exactly these rows are shown"""
    record_look(request.user, "upward-numbers", contest, at=timezone.now())
    rows, which = shown(request, contest)
    if typed:
        rows = contest.entries.countable().filter(key__in=typed).select_related("track", "school").order_by("order")
    found = page_of(request, rows, SIZES)
    now = standing(contest)
    sent = Forwarding.objects.filter(sent__in=[one.pk for one in found], entry__state__in=ALIVE)
    there = dict(sent.values_list("sent", "entry__number"))
    facts = {
        "contest": contest,
        "page": found,
        "lines": [shown_line(one, typed, now, there.get(one.pk, "")) for one in found],
        "seen": seen_digest([one.key for one in found], now),
        "which": which,
        "filters": WhichForm({"which": which}),
        "is_filtered": bool(request.GET.get("q")),
        "size": size_of(request, SIZES),
        "sizes": SIZES,
        "longest": LONGEST,
        "closed": why_not_number_above(request.user, contest, at=timezone.now()),
        "tab": "awards",
    }
    return render(request, "awards/upward_numbers.html", facts, status=422 if typed else 200)


def shown_line(entry: Entry, typed: dict[str, Numbers] | None, now: dict[str, Numbers], there: str) -> tuple[Any, ...]:
    """(entry, what its fields hold, its number in a contest that is kept here, what stands where that is another)"""
    stands = now.get(entry.key, Numbers())
    said = typed.get(entry.key, Numbers()) if typed else stands
    return entry, said, there, stands if said != stands else None


def save(request: SignedIn, contest: Contest) -> HttpResponse:
    """The rows of the page as they were typed, also before another page is shown."""
    keys = [name[2:] for name in request.POST if name.startswith("a-")]
    typed = {key: Numbers(request.POST.get(f"a-{key}", ""), request.POST.get(f"n-{key}", "")) for key in keys}
    seen, to = request.POST.get("seen", ""), asked_page(request, ("q", "which"))
    if to and seen == seen_digest(keys, typed):  # nothing was typed
        return redirect(to)
    try:
        with events.via(Via.WEB):
            changed = save_numbers_above(contest=contest, numbers=typed, seen=seen, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return page(request, contest, typed)
    text = ngettext("%(number)s entry was changed.", "%(number)s entries were changed.", changed) % {"number": changed}
    messages.success(request, text if changed else _("Nothing was changed."))
    return redirect(to or request.get_full_path())


@require_http_methods(["GET", "POST"])
@allowed(why_not_number_above, find_contest)
def upward_numbers_import(request: SignedIn, contest: Contest) -> HttpResponse:
    form = NumbersForm(request.POST, request.FILES) if request.method == "POST" else NumbersForm()
    if form.is_bound and form.is_valid():
        data = form.data_of_list
        return preview(request, contest, data, keep(data))
    facts = {"contest": contest, "form": form}
    return render(request, "awards/upward_numbers_import.html", facts, status=422 if form.is_bound else 200)


def preview(request: SignedIn, contest: Contest, data: bytes, sha256: str) -> HttpResponse:
    plan = numbers_plan(data, contest)
    record_look(request.user, "upward-numbers", contest, at=timezone.now())
    facts = {"contest": contest, **listed.shown(request, plan, sha256)}
    return render(request, "awards/upward_numbers_preview.html", facts, status=200 if plan.is_whole else 422)


@require_POST
@allowed(why_not_number_above, find_contest)
def upward_numbers_apply(request: SignedIn, contest: Contest) -> HttpResponse:
    return listed.take_in(
        request,
        lambda data, shown: import_numbers_above(
            contest=contest, data=data, shown=shown, by=request.user, at=timezone.now()
        ),
        partial(preview, request, contest),
        done=_("Taken in: numbers of %(new)s entries are new, of %(changed)s changed."),
        to=reverse("upward-numbers", args=[contest.key]),
        again=reverse("upward-numbers-import", args=[contest.key]),
    )


@require_GET
@allowed(why_not_send_up, find_contest)
def upward_numbers_list(request: SignedIn, contest: Contest) -> HttpResponse:
    """What is shown, in the columns that an import reads: fill them in and bring it back."""
    record_look(request.user, "numbers.xlsx", contest, at=timezone.now())
    english, now = not speaks_chinese(), standing(contest)
    said: list[tuple[Entry, Numbers]] = [(one, now.get(one.key, Numbers())) for one in shown(request, contest)[0]]
    rows: list[list[Any]] = [[one.number, given.authorisation, given.number, one.title] for one, given in said]
    headings = [Heading(one.en if english else one.zh, "", 18) for one in NUMBER_LIST.columns]
    told = [[one.en, one.help_en] if english else [one.zh, one.help_zh] for one in NUMBER_LIST.columns]
    explained = Sheet(_("How to fill it in"), [Heading(_("Column"), "", 20), Heading(_("Meaning"), "", 70)], told)
    title = NUMBER_LIST.en if english else NUMBER_LIST.zh
    data = workbook_bytes([Sheet(title, headings, rows), explained], at=timezone.now())
    return download(data, "numbers.xlsx", XLSX)

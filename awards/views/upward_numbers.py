"""授权号 and 上级编号 of a contest's entries: typed in a table, or taken in from a list that was looked at before."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.outputs.upward import went_up
from competition import events
from competition.access import why_not_number_above, why_not_send_up
from competition.core.number_columns import LONGEST, NUMBER_LIST
from competition.errors import Refused
from competition.events import record_look
from competition.models import ALIVE, Contest, Entry, Forwarding, NumberAbove
from competition.numbers_above import (
    Numbers,
    higher_contests,
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


UNNAMED = "unnamed"  # of a higher contest that nobody names, as where it is not kept here


class WhichForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Higher contest"), required=False)
    which = forms.ChoiceField(label=gettext_lazy("Which entries"), choices=list(WHICH.items()), required=False)

    def __init__(self, data: Mapping[str, str], known: Sequence[Contest]):
        super().__init__(data)
        if known:
            choices = [*((one.key, one.label) for one in known), (UNNAMED, _("a contest that is not named"))]
            self.fields["to"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["to"]


def higher_in(request: SignedIn, contest: Contest) -> Contest | None:
    """The higher contest of the address; where it says none, what was given without a name comes first."""
    known, asked = {one.key: one for one in higher_contests(contest)}, request.GET.get("to", "")
    if asked in (UNNAMED, *known):
        return known.get(asked)
    has_unnamed = contest.numbers_above.filter(higher=None).exists()
    return None if has_unnamed else next(iter(known.values()), None)


def word_of(higher: Contest | None) -> str:
    return higher.key if higher else UNNAMED


def shown(request: SignedIn, contest: Contest, higher: Contest | None) -> tuple[QuerySet[Entry], str]:
    """The rows that the address asks for, and which filter that is."""
    entries = contest.entries.countable().select_related("track", "school").order_by("order")
    up = entries.filter(went_up(contest, higher))
    which = request.GET.get("which", "")
    if which not in WHICH:
        which = "up" if up.exists() else "all"
    rows = entries if which == "all" else up
    if which == "without":
        given = NumberAbove.objects.filter(entry=OuterRef("pk"), higher=higher)
        rows = rows.exclude(Exists(given.exclude(authorisation="")))
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
    higher = higher_in(request, contest)
    rows, which = shown(request, contest, higher)
    if typed:
        rows = contest.entries.countable().filter(key__in=typed).select_related("track", "school").order_by("order")
    found = page_of(request, rows, SIZES)
    now = standing(contest, higher)
    sent = Forwarding.objects.filter(sent__in=[one.pk for one in found], entry__state__in=ALIVE)
    sent = sent.filter(contest=higher) if higher else sent
    there = dict(sent.values_list("sent", "entry__number"))
    facts = {
        "contest": contest,
        "page": found,
        "lines": [shown_line(one, typed, now, there.get(one.pk, "")) for one in found],
        "seen": seen_digest([one.key for one in found], now, higher),
        "which": which,
        "filters": WhichForm({"which": which, "to": word_of(higher)}, list(higher_contests(contest))),
        "higher": higher,
        "to": word_of(higher),
        "is_filtered": bool(request.GET.get("q") or request.GET.get("which")),
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
    higher = higher_in(request, contest)
    seen, to = request.POST.get("seen", ""), page_asked(request)
    if to and seen == seen_digest(keys, typed, higher):  # nothing was typed
        return redirect(to)
    try:
        with events.via(Via.WEB):
            changed = save_numbers_above(
                contest=contest, higher=higher, numbers=typed, seen=seen, by=request.user, at=timezone.now()
            )
    except Refused as refused:
        messages.error(request, str(refused))
        return page(request, contest, typed)
    text = ngettext("%(number)s entry was changed.", "%(number)s entries were changed.", changed) % {"number": changed}
    messages.success(request, text if changed else _("Nothing was changed."))
    return redirect(to or request.get_full_path())


def page_asked(request: SignedIn) -> str | None:
    """The next page is of the same higher contest, unless another was chosen: which one comes first may change."""
    to, here = asked_page(request, ("q", "which", "to")), request.GET.get("to")
    if to is None or not here or "to" in QueryDict(to.partition("?")[2]):
        return to
    return f"{to}{'&' if '?' in to else '?'}to={quote(here)}"


@require_http_methods(["GET", "POST"])
@allowed(why_not_number_above, find_contest)
def upward_numbers_import(request: SignedIn, contest: Contest) -> HttpResponse:
    form = NumbersForm(request.POST, request.FILES) if request.method == "POST" else NumbersForm()
    if form.is_bound and form.is_valid():
        data = form.data_of_list
        return preview(request, contest, data, keep(data))
    higher = higher_in(request, contest)
    facts = {"contest": contest, "form": form, "higher": higher, "to": word_of(higher)}
    return render(request, "awards/upward_numbers_import.html", facts, status=422 if form.is_bound else 200)


def preview(request: SignedIn, contest: Contest, data: bytes, sha256: str) -> HttpResponse:
    higher = higher_in(request, contest)
    plan = numbers_plan(data, contest, higher)
    record_look(request.user, "upward-numbers", contest, at=timezone.now())
    facts = {"contest": contest, "higher": higher, "to": word_of(higher), **listed.shown(request, plan, sha256)}
    return render(request, "awards/upward_numbers_preview.html", facts, status=200 if plan.is_whole else 422)


@require_POST
@allowed(why_not_number_above, find_contest)
def upward_numbers_apply(request: SignedIn, contest: Contest) -> HttpResponse:
    higher = higher_in(request, contest)
    back = f"?to={word_of(higher)}"
    return listed.take_in(
        request,
        lambda data, shown: import_numbers_above(
            contest=contest, higher=higher, data=data, shown=shown, by=request.user, at=timezone.now()
        ),
        partial(preview, request, contest),
        done=_("Taken in: numbers of %(new)s entries are new, of %(changed)s changed."),
        to=reverse("upward-numbers", args=[contest.key]) + back,
        again=reverse("upward-numbers-import", args=[contest.key]) + back,
    )


@require_GET
@allowed(why_not_send_up, find_contest)
def upward_numbers_list(request: SignedIn, contest: Contest) -> HttpResponse:
    """What is shown, in the columns that an import reads: fill them in and bring it back."""
    record_look(request.user, "numbers.xlsx", contest, at=timezone.now())
    higher = higher_in(request, contest)
    english, now = not speaks_chinese(), standing(contest, higher)
    found = shown(request, contest, higher)[0]
    said: list[tuple[Entry, Numbers]] = [(one, now.get(one.key, Numbers())) for one in found]
    rows: list[list[Any]] = [[one.number, given.authorisation, given.number, one.title] for one, given in said]
    headings = [Heading(one.en if english else one.zh, "", 18) for one in NUMBER_LIST.columns]
    told = [[one.en, one.help_en] if english else [one.zh, one.help_zh] for one in NUMBER_LIST.columns]
    explained = Sheet(_("How to fill it in"), [Heading(_("Column"), "", 20), Heading(_("Meaning"), "", 70)], told)
    title = NUMBER_LIST.en if english else NUMBER_LIST.zh
    data = workbook_bytes([Sheet(title, headings, rows), explained], at=timezone.now())
    return download(data, "numbers.xlsx", XLSX)

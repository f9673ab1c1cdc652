"""按纪要定奖: the prizes of a track that was decided elsewhere, typed in or read from Excel, looked at, and saved."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards.access import why_not_keep_minutes, why_not_see_minutes, why_not_see_minutes_paper
from awards.core.minutes_columns import MINUTES_LIST
from awards.minutes_forms import MOST_ROWS, MinutesForm, given_in_list
from awards.models import TrackMinutes
from awards.outputs.moving_words import Shown, shown
from awards.prizes import BY_CODE
from awards.services.dry_run import apply_as_shown, dry_run
from awards.services.minutes import (
    SaidInMinutes,
    entries_by_minutes,
    give_by_minutes,
    given_now,
    minutes_in_force,
    save_minutes,
    version_of,
)
from competition import events
from competition.core.canon import digest
from competition.core.faults import Fault
from competition.errors import Refused
from competition.events import record_look
from competition.models import Entry, Track, User
from competition.services.papers import paper_of
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import ENDINGS, XLSX, download, stored
from competition.views.importing import ListForm


class ScanForm(forms.Form):
    """Beside the button that saves: a file is lost when a page is shown again."""

    paper = forms.FileField(
        label=gettext_lazy("The signed minutes as a scan"), help_text=gettext_lazy("PDF or picture, at most 20 MB.")
    )


def find_track(request: HttpRequest, key: str, track: int) -> Track:
    return get_object_or_404(Track.objects.select_related("contest__belongs_to"), contest__key=key, order=track)


@dataclass
class MinutesPage:
    """The minutes of a track before a reader. `faults`: (row, fault) of a list that was not taken in."""

    track: Track
    entries: list[Entry]
    latest: TrackMinutes | None
    form: MinutesForm
    faults: list[tuple[int, Fault]]

    def preview(self, said: SaidInMinutes, *, by: User) -> dict[str, Any]:
        """Who would have which prize; where the list is proposed already, the titles too."""
        at = timezone.now()
        act = partial(give_by_minutes, track=self.track, said=said, by=by, at=at)
        run = shown(self.track.contest, dry_run(contest=self.track.contest, act=act, by=by, at=at))
        run = replace(run, counts=[one for one in run.counts if one.differs])  # other groups stay as they are
        prizes = sorted(said.prizes.items())
        base = self.form.cleaned_data["base"]
        return {"run": run, "number": len(prizes), "seen": digest([said.name, prizes, base, run.seen])}

    def facts(self, user: User) -> dict[str, Any]:
        contest = self.track.contest
        return {
            "contest": contest,
            "track": self.track,
            "entries": len(self.entries),
            "latest": self.latest,
            "versions": TrackMinutes.objects.filter(track=self.track).select_related("by").order_by("-version"),
            "form": self.form,
            "faults": self.faults,
            "is_long": len(self.entries) > MOST_ROWS,
            "list_form": ListForm(auto_id="list-%s", use_required_attribute=False),  # one form with the table
            "scan": ScanForm(use_required_attribute=False),
            "closed": why_not_keep_minutes(user, self.track, at=timezone.now()),
            "tab": "awards",
        }


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_minutes, find_track)
def track_minutes(request: SignedIn, track: Track) -> HttpResponse:
    """Shown before it is saved, and what is saved is what was shown. A list from Excel only fills the table."""
    page = page_of(request, track)
    data = request.POST if request.method == "POST" else None
    said = page.form.said() if not page.faults and page.form.is_valid() else None
    preview, refused = looked_at(page, said, request.user) if said else (None, "")
    if said and preview and data and data.get("do") == "save" and data.get("seen") == preview["seen"]:
        refused = why_not_saved(request, page, said, preview["run"])
        if not refused:
            messages.success(request, _("Saved."))
            return redirect("minutes", track.contest.key, track.order)
        preview, _again = looked_at(page, said, request.user)
    record_look(request.user, "minutes", track, at=timezone.now())
    facts = {**page.facts(request.user), "preview": preview, "refused": refused}
    is_bad = bool(page.faults or page.form.errors or refused)
    return render(request, "awards/minutes.html", facts, status=422 if is_bad else 200)


def looked_at(page: MinutesPage, said: SaidInMinutes, user: User) -> tuple[dict[str, Any] | None, str]:
    try:
        return page.preview(said, by=user), ""
    except Refused as fault:
        return None, str(fault)


def page_of(request: SignedIn, track: Track) -> MinutesPage:
    """As it stands, as it was typed, or as a list from Excel fills it."""
    entries, latest = entries_by_minutes(track), minutes_in_force(track)
    initial = {"base": version_of(latest), "name": latest.name if latest else ""}
    now = given_now(track)
    if request.method != "POST":
        return MinutesPage(track, entries, latest, MinutesForm(None, entries, now, initial), [])
    if request.POST.get("do") != "list":
        return MinutesPage(track, entries, latest, MinutesForm(request.POST, entries, now, initial), [])
    chosen = ListForm(request.POST, request.FILES)
    if not chosen.is_valid():
        faults = [(0, Fault("", str(text))) for texts in chosen.errors.values() for text in texts]
        return MinutesPage(track, entries, latest, MinutesForm(request.POST, entries, now, initial), faults)
    given, found = given_in_list(chosen.cleaned_data["list"].read(), entries, now)
    if found:
        return MinutesPage(track, entries, latest, MinutesForm(request.POST, entries, now, initial), found)
    if not request.POST.get("name", "").strip():  # the table is filled; the minutes are still to be named
        return MinutesPage(track, entries, latest, MinutesForm(None, entries, given, initial), [])
    filled = {**request.POST.dict(), **{f"prize-{entry.key}": given.get(entry.key, "") for entry in entries}}
    if len(entries) > MOST_ROWS:
        filled = {name: value for name, value in filled.items() if value or not name.startswith("prize-")}
    return MinutesPage(track, entries, latest, MinutesForm(filled, entries, given, initial), [])


def why_not_saved(request: SignedIn, page: MinutesPage, said: SaidInMinutes, run: Shown) -> str:
    """Saves what was looked at; "" where that went well."""
    upload, at, base = request.FILES.get("paper"), timezone.now(), page.form.cleaned_data["base"]
    save = partial(save_minutes, track=page.track, said=said, base=base, by=request.user, at=at)
    scan = paper_of(name=upload.name or "", chunks=upload.chunks(), at=at) if upload else nullcontext()
    try:
        with events.via(Via.WEB), scan as paper:
            act = partial(save, paper=paper)
            apply_as_shown(contest=page.track.contest, act=act, seen=run.seen, by=request.user, at=at)
    except Refused as fault:
        return str(fault)
    return ""


def find_minutes(request: HttpRequest, key: str, track: int, version: int) -> TrackMinutes:
    rows = TrackMinutes.objects.select_related("track__contest__belongs_to", "paper")
    return get_object_or_404(rows, track__contest__key=key, track__order=track, version=version)


@require_GET
@allowed(why_not_see_minutes_paper, find_minutes)
def minutes_paper(request: SignedIn, found: TrackMinutes) -> FileResponse:
    """It may name pupils: who looked is recorded."""
    record_look(request.user, "minutes-paper", found, at=timezone.now())
    return stored(found.paper, f"minutes-{found.version}{ENDINGS.get(found.paper.media_type, '')}")


@require_GET
@allowed(why_not_see_minutes, find_track)
def minutes_list(request: SignedIn, track: Track) -> HttpResponse:
    """The entries with their prizes as they stand, to be filled in and brought back."""
    record_look(request.user, "minutes", track, at=timezone.now())
    in_english = (get_language() or "zh").startswith("en")
    widths = zip(MINUTES_LIST.columns, (18, 40, 18), strict=True)
    headings = [Heading(one.en if in_english else one.zh, "", width) for one, width in widths]
    given = given_now(track)
    rows = [
        [one.number, one.title, (prize.label_en if in_english else prize.label_zh) if prize else ""]
        for one in entries_by_minutes(track)
        for prize in [BY_CODE.get(given.get(one.key, ""))]
    ]
    sheet = Sheet(MINUTES_LIST.en if in_english else MINUTES_LIST.zh, headings, rows)
    return download(workbook_bytes([sheet], at=timezone.now()), "prizes-by-minutes.xlsx", XLSX)

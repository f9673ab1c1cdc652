"""The prize plan: all its groups in words with their numbers, and one page to change each, looked at first."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from awards.access import why_not_plan_prizes, why_not_see_plan, why_not_see_plan_paper
from awards.forms import BEGINNINGS, GroupForm, LevelLines, PlanPaperForm, details_of, group_as_values, levels_as_lines
from awards.models import PrizePlan, TrackMinutes
from awards.outputs.moving_words import Shown, shown
from awards.outputs.tie_words import labels_of
from awards.services.dry_run import apply_as_shown, dry_run, is_shown_first
from awards.services.planning import (
    Look,
    are_entries_closed,
    change_plan,
    entries_counted,
    group_name,
    has_results,
    is_timed,
    key_of,
    look_at,
    stored_groups,
    version_of,
)
from awards.services.plans import GroupDetails, content_of, stored_group
from awards.services.proposals import entries_outside, plan_in_force
from awards.views.plan_words import in_one_line, plan_words
from awards.views.trials import trial_of_wanted
from competition import events
from competition.core.canon import digest
from competition.errors import Refused
from competition.models import Contest, Division, Track, User
from competition.services.papers import paper_of
from competition.states import ContestState, Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from judging.services.tiebreaks import known_breakers


@dataclass(frozen=True)
class Line:
    """A row of the overview: a track, or one of its divisions. `look` is None where it has no prizes yet."""

    track: Track
    division: Division | None
    entries: int
    words: list[str]
    look: Look | None

    @property
    def seats(self) -> list[tuple[str, int]]:
        return list(zip(self.words, self.look.seats, strict=False)) if self.look else []

    @property
    def rules(self) -> str:
        return in_one_line(self.words[len(self.look.seats) :]) if self.look else ""


@require_GET
@allowed(why_not_see_plan, find_contest)
def plan(request: SignedIn, contest: Contest) -> HttpResponse:
    latest = plan_in_force(contest)
    facts = {
        "contest": contest,
        "latest": latest,
        "lines": list(lines_of(contest, latest)),
        "by_division": contest.divisions.all(),
        "outside": entries_outside(contest, latest).count() if latest else 0,
        "are_closed": are_entries_closed(contest),
        "versions": versions_of(contest),
        "by_minutes": named_minutes(contest),
        "closed": why_not_plan_prizes(request.user, contest, at=timezone.now()),
        "tab": "setup",
    }
    return render(request, "awards/plan.html", facts)


def lines_of(contest: Contest, latest: PrizePlan | None) -> Iterator[Line]:
    """Each track in one line; where its divisions have prizes of their own, each division in one."""
    groups = {key_of(group): group for group in stored_groups(latest)}
    counted = entries_counted(contest)
    divisions, labels = list(contest.divisions.all()), labels_of(contest)
    for track in contest.tracks.filter(is_by_minutes=False):
        by_division = any((track.pk, one.pk) in groups for one in divisions)
        for division in divisions if by_division else [None]:
            key = (track.pk, division.pk if division else None)
            group = groups.get(key)
            words = plan_words(group, contest.places, labels) if group else []
            yield Line(track, division, counted[key], words, look_at(group, counted[key]) if group else None)


def named_minutes(contest: Contest) -> list[tuple[Track, str]]:
    """Tracks that are decided elsewhere, with the minutes in force."""
    rows = TrackMinutes.objects.filter(track__contest=contest).order_by("version")
    names = dict(rows.values_list("track", "name"))  # of each track the newest stays
    return [(track, names.get(track.pk, "")) for track in contest.tracks.filter(is_by_minutes=True)]


def versions_of(contest: Contest) -> list[tuple[PrizePlan, list[tuple[str, str]]]]:
    """(version, [(group, its plan in words)]), newest first."""
    rows = contest.prize_plans.select_related("by", "paper").order_by("-version")
    labels, found = labels_of(contest), []
    for one in rows.prefetch_related("groups__track", "groups__division", "groups__levels"):
        groups = [stored_group(group) for group in one.groups.all()]
        found.append(
            (one, [(group_name(group), in_one_line(plan_words(group, contest.places, labels))) for group in groups])
        )
    return found


@require_http_methods(["GET", "POST"])
@allowed(why_not_plan_prizes, find_contest)
def plan_group(request: SignedIn, contest: Contest, track: int, place: int = 0) -> HttpResponse:
    """Shown before it is saved: what is saved is what the preview showed, or it is shown once more."""
    page = page_of_group(request, contest, track, place)
    data = request.POST if request.method == "POST" else None
    wanted = page.wanted() if data is not None else None
    preview = page.preview(wanted, by=request.user) if wanted else None
    refused, is_seen = "", preview is not None and data is not None and data.get("seen") == preview["seen"]
    if wanted and preview and data and data.get("do") == "save" and is_seen:
        refused = why_not_saved(request, page, wanted, preview["run"])
        if not refused:
            messages.success(request, saved_word(contest))
            return redirect("plan", contest.key)
        preview = page.preview(wanted, by=request.user)
    trial = trial_of_wanted(request, contest, wanted) if wanted and wanted.levels else None
    facts = {**page.facts, "preview": preview, "refused": refused, "paper": PlanPaperForm(), "trial": trial}
    is_bad = data is not None and (wanted is None or bool(refused))
    return render(request, "awards/plan_group.html", facts, status=422 if is_bad else 200)


def saved_word(contest: Contest) -> str:
    """What follows for a list that is there already."""
    if contest.state == ContestState.DECISION and contest.award_lists.standing().exists():
        return _("Saved. The list still rests on the plan before: compute again on the day board.")
    return _("Saved.")


def why_not_saved(request: SignedIn, page: "GroupPage", wanted: GroupDetails, run: Shown | None) -> str:
    """Saves what was looked at; "" where that went well."""
    said, upload, at = page.form.cleaned_data, request.FILES.get("paper"), timezone.now()
    change = partial(change_plan, contest=page.contest, group=wanted, base=said["base"], reason=said["reason"],
                     minutes=said["minutes"], by=request.user, at=at)  # fmt: skip
    scan = paper_of(name=upload.name or "", chunks=upload.chunks(), at=at) if upload else nullcontext()
    try:
        with events.via(Via.WEB), scan as paper:
            save = partial(change, paper=paper)
            if run is None:
                save()
            else:
                apply_as_shown(contest=page.contest, act=save, seen=run.seen, by=request.user, at=at)
    except Refused as fault:
        if fault.denial.code in MISSING:
            field, sentence = MISSING[fault.denial.code]
            page.form.add_error(field, str(sentence))
        return str(fault)
    return ""


MISSING = {
    "plan-without-reason": ("reason", gettext_lazy("Say why: results have come in.")),
    "plan-without-minutes": ("minutes", gettext_lazy("Name the minutes: results have come in.")),
}


def find_plan(request: HttpRequest, key: str, version: int) -> PrizePlan:
    """A version with its minutes as a scan."""
    plans = PrizePlan.objects.filter(paper__isnull=False).select_related("contest__belongs_to", "paper")
    return get_object_or_404(plans, contest__key=key, version=version)


@require_GET
@allowed(why_not_see_plan_paper, find_plan)
def plan_paper(request: SignedIn, found: PrizePlan) -> FileResponse:
    if found.paper is None:
        raise Http404
    return stored(found.paper, f"plan-{found.version}-minutes{ENDINGS.get(found.paper.media_type, '')}")


@dataclass(frozen=True)
class GroupPage:
    """One group of the plan before a reader. `now`: as it stands, None where it has no prizes yet."""

    contest: Contest
    track: Track
    division: Division | None
    now: GroupDetails | None
    latest: PrizePlan | None
    form: GroupForm
    lines: Any

    def wanted(self) -> GroupDetails | None:
        """What was typed; nothing where a field is at fault."""
        if not (self.form.is_valid() & self.lines.is_valid()):
            return None
        group = details_of(self.track, self.division, self.form, self.lines)
        if group and not group.levels and self.now is None:
            self.form.add_error(None, _("Name at least one prize."))
            return None
        return group

    def preview(self, wanted: GroupDetails, *, by: User) -> dict[str, Any]:
        key = key_of(wanted)
        entries = entries_counted(self.contest)[key]
        look = look_at(wanted, entries)
        run, refused = self.dry_run(wanted, by=by)
        said = [content_of([wanted]), version_of(self.latest), entries, run.seen if run else ""]
        return {
            "look": look,
            "seats": list(zip((one.prize for one in wanted.levels), look.seats, strict=True)),
            "words": in_one_line(plan_words(wanted, self.contest.places, labels_of(self.contest))),
            "run": run,
            "refused": refused,
            "are_closed": are_entries_closed(self.contest),
            "goes": not wanted.levels,
            "seen": digest(str(said)),
        }

    def dry_run(self, wanted: GroupDetails, *, by: User) -> tuple[Shown | None, str]:
        """Who moves, from the first sheet on; or why it would be refused. Reason and minutes may still be missing."""
        if not is_shown_first(self.contest):
            return None, ""
        at, base = timezone.now(), self.form.cleaned_data["base"]
        act = partial(change_plan, contest=self.contest, group=wanted, base=base, reason="…", minutes="…", by=by, at=at)
        try:
            return shown(self.contest, dry_run(contest=self.contest, act=act, by=by, at=at)), ""
        except Refused as fault:
            return None, str(fault)

    @property
    def facts(self) -> dict[str, Any]:
        beginnings = [(name, label) for name, (label, _values, _lines) in BEGINNINGS.items()]
        return {"contest": self.contest, "track": self.track, "division": self.division, "now": self.now,
                "form": self.form, "lines": self.lines, "beginnings": beginnings, "tab": "setup"}  # fmt: skip


def page_of_group(request: SignedIn, contest: Contest, order: int, place: int) -> GroupPage:
    track = get_object_or_404(contest.tracks.filter(is_by_minutes=False), order=order)
    division = get_object_or_404(contest.divisions, order=place) if place else None
    latest = plan_in_force(contest)
    key = (track.pk, division.pk if division else None)
    groups = {key_of(group): group for group in stored_groups(latest)}
    if key not in groups and any(of == track.pk and (kind is None) != (division is None) for of, kind in groups):
        raise Http404("The track has prizes as a whole, or by division.")
    now = groups.get(key)
    values, levels = group_as_values(now), levels_as_lines(now, contest.places)
    if request.GET.get("fill") in BEGINNINGS:
        _label, values, levels = BEGINNINGS[request.GET["fill"]]
    data = request.POST if request.method == "POST" else None
    kwargs = {"places": contest.places, "is_timed": is_timed(track)}
    known = known_breakers(track)
    form = GroupForm(data, {**values, "base": version_of(latest)}, needs_reason=has_results(contest), known=known)
    lines = LevelLines(data, prefix="levels", initial=levels, form_kwargs=kwargs)
    return GroupPage(contest, track, division, now, latest, form, lines)

"""A workbook comes in: rehearsed first, shown, and only then applied."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.outputs.changes import SHOWN, Change
from awards.outputs.moving_words import shown
from awards.outputs.problems import problems_xlsx
from awards.workbook.checks import problems_of
from awards.workbook.playing import Played, play
from awards.workbook.spec import SHEETS
from competition import events
from competition.access import why_not_organise
from competition.core.canon import digest
from competition.core.reading import Problem, read_workbook
from competition.errors import Refused
from competition.keys import installation_key
from competition.models import Contest, Entry, User
from competition.problems import sentence
from competition.states import ContestKind, Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.kept import Kept, keep, redeemed, ticket

LIMIT_MB = 20
PROBLEMS_SHOWN = 200
KINDS = {"prize": gettext_lazy("Prizes"), "entry": gettext_lazy("Entries"), "sheet": gettext_lazy("Sheets")}


class UploadForm(forms.Form):
    workbook = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("An .xlsx, .xls or .ods file of at most 20 MB. Nothing is stored until you say so."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
    )

    def clean_workbook(self) -> UploadedFile:
        found = self.cleaned_data["workbook"]
        if found.size > LIMIT_MB * 1024 * 1024:
            facts = {"found": f"{found.size / 1024 / 1024:.0f}", "most": LIMIT_MB}
            raise forms.ValidationError(
                _("The file has %(found)s MB; at most %(most)s MB are read. Take pictures out of it and try again."),
                params=facts,
            )
        return found


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise)
def upload(request: SignedIn, thing: None) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return rehearsal(request, form.cleaned_data["workbook"])
    return render(request, "awards/upload.html", {"form": form}, status=422 if form.is_bound else 200)


def rehearsal(request: SignedIn, found: UploadedFile) -> HttpResponse:
    """Everything happens and is taken back; the page says what would be."""
    data = found.read()
    try:
        played = play(data, key=installation_key(), by=request.user, agree=lambda seen: True, is_rehearsal=True,
                      until_proposal=True, at=timezone.now())  # fmt: skip
    except Refused as refused:
        return render(request, "awards/upload.html", {"form": UploadForm(), "refused": str(refused)}, status=409)
    facts: dict[str, Any] = {"name": found.name, "ticket": ticket(request.user, keep(data), digest_of(played))}
    if played.problems:
        facts |= {"problems": told(played.problems), "number": len(played.problems)}
        return render(request, "awards/upload_problems.html", facts, status=422)
    return render(request, "awards/upload_preview.html", {**facts, **preview_of(played)})


@dataclass(frozen=True)
class Told:
    problem: Problem
    sentence: str


def told(problems: list[Problem]) -> list[Told]:
    return [Told(one, sentence(one)) for one in problems[:PROBLEMS_SHOWN]]


def preview_of(played: Played) -> dict[str, Any]:
    """From what the run printed: its rows are taken back already."""
    outcome = played.outcome
    waiting = [one.label for one in outcome.waiting] if outcome else []
    proposed = [one.label for one in outcome.proposed] if outcome else []
    return {
        "contest": played.contest,
        "figures": json.loads(played.files.get("summary.json", b"{}")),
        "waiting": waiting,
        "proposed": proposed,
        "of_schools": nominated_by_schools(played.contest),
        "changes": changes_by_kind(played.changes),
        "run": shown(played.contest, played.run) if played.contest and played.run else None,
    }


def nominated_by_schools(contest: Contest | None) -> int:
    """Nominees whom no workbook names or takes back."""
    if contest is None:
        return 0
    awards = Contest.objects.filter(kind=ContestKind.AWARD, belongs_to__key=contest.key)
    return Entry.objects.filter(contest__in=awards, submissions__isnull=False).distinct().count()


def changes_by_kind(found: list[Change]) -> list[tuple[str, int, list[Change], int]]:
    """(kind, number, the first of them, how many more)."""
    groups = []
    for kind, label in KINDS.items():
        mine = [one for one in found if one.kind == kind]
        if mine:
            groups.append((str(label), len(mine), mine[:SHOWN], max(len(mine) - SHOWN, 0)))
    return groups


@require_POST
@allowed(why_not_organise)
def upload_apply(request: SignedIn, thing: None) -> HttpResponse:
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    played = applied(request, kept) if kept else None
    if played is None or kept is None:
        if not kept:
            messages.error(
                request, _("This preview is too old or not yours. Nothing was changed. Upload the workbook again.")
            )
        return redirect("upload")
    kept.forget()
    messages.success(
        request, _("The workbook is loaded. The board shows what is next; nothing new was locked or published.")
    )
    return redirect("board", played.contest.key) if played.contest else redirect("home")


def applied(request: SignedIn, kept: Kept) -> Played | None:
    """For real, if what would change is still what the person was shown."""
    try:
        with events.via(Via.WEB):
            played = run(kept, request.user)
    except FileNotFoundError:
        messages.error(
            request, _("This workbook was applied already, or its day is over. Nothing was changed. Upload it again.")
        )
        return None
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    if not played.is_applied:
        messages.error(
            request,
            _("The contest changed after your preview. Nothing was applied. Upload the workbook again and look anew."),
        )
        return None
    return played


def run(kept: Kept, user: User) -> Played:
    same = partial(is_as_shown, kept)
    return play(
        kept.read(), key=installation_key(), by=user, agree=same, until_proposal=True, at=timezone.now()
    )  # fmt: skip


def is_as_shown(kept: Kept, played: Played) -> bool:
    return digest_of(played) == kept.shown


def digest_of(played: Played) -> str:
    """Of all that the preview shows."""
    changes = [[one.kind, one.name, one.was, one.now] for one in played.changes]
    return digest([*changes, played.run.seen if played.run else ""])


@require_POST
@allowed(why_not_organise)
def upload_problems(request: SignedIn, thing: None) -> HttpResponse:
    """The workbook with its problems marked; it changes nothing."""
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    try:
        data = kept.read() if kept else None
    except FileNotFoundError:
        data = None
    if data is None:
        messages.error(request, _("The day of this workbook is over. Upload it again."))
        return redirect("upload")
    problems = problems_of(read_workbook(data, SHEETS))
    return download(problems_xlsx(data, problems), "problems.xlsx", XLSX)


@require_GET
@allowed(why_not_organise)
def template(request: SignedIn, thing: None) -> HttpResponse:
    from awards.workbook.template import template_xlsx

    language = "en" if (get_language() or "zh").startswith("en") else "zh"
    return download(template_xlsx(language), f"laurel-{language}.xlsx", XLSX)

"""The award list as the office hands it in: chosen on one page beside its first rows, and downloaded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from awards.list_forms import ListStyleForm
from awards.list_style import ListStyle, list_style
from awards.models import AwardList
from awards.outputs.list_file.files import headings_of, list_docx, list_html, list_pdf
from awards.outputs.list_file.paper import ListPaper, ListRows, list_paper
from awards.outputs.list_file.workbook import list_xlsx
from awards.pdf import DoesNotFit, GlyphMissing
from awards.selectors import entries_with_consent, list_that_stands
from awards.services.file_signatures import signed
from awards.services.list_style import style_list
from awards.states import ListState
from awards.views.files import unprintable
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import DOCX, HTML, PDF, XLSX, download
from competition.views.finding import find_contest

ROWS_SHOWN = 12


@dataclass(frozen=True)
class Kind:
    ending: str
    label: object
    media: str
    make: Callable[[ListPaper], bytes]


KINDS = (
    Kind("docx", gettext_lazy("Word"), DOCX, list_docx),
    Kind("xlsx", gettext_lazy("Excel"), XLSX, list_xlsx),
    Kind("pdf", gettext_lazy("PDF"), PDF, list_pdf),
    Kind("html", gettext_lazy("Web page"), HTML, list_html),
)


def file_name(award_list: AwardList, kind: Kind) -> str:
    draft = "-draft" if award_list.state == ListState.DRAFT else ""
    return f"award-list{draft}.{kind.ending}"


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def list_file(request: SignedIn, contest: Contest) -> HttpResponse:
    """Whatever is typed is shown on the first rows; it is saved by the button alone."""
    now, award_list = list_style(contest), list_that_stands(contest)
    form = ListStyleForm(request.POST if request.method == "POST" else None, now)
    is_good = form.is_bound and form.is_valid()
    if is_good and request.POST.get("do") == "save":
        do = partial(style_list, contest=contest, style=form.style(), by=request.user, at=timezone.now())
        return answer(request, do, reverse("list-file", args=[contest.key]), _("The form of the list was saved."))
    style = form.style() if is_good else now
    facts: dict[str, Any] = {"contest": contest, "shown": award_list, "form": form, "tab": "awards"}
    if award_list:
        record_look(request.user, "award-list", award_list, at=timezone.now())
        facts |= preview_of(award_list, style) | {"is_saved": style == now.in_order}
    return render(request, "awards/list_file.html", facts)


def preview_of(award_list: AwardList, style: ListStyle) -> dict[str, object]:
    paper = list_paper(award_list, style)
    kinds = [(kind.label, file_name(award_list, kind)) for kind in KINDS]
    rows = sum(len(group.rows) for group in paper.groups)
    shown = list(first_rows(paper, ROWS_SHOWN))
    return {"paper": paper, "headings": headings_of(paper), "first": shown, "rows": rows, "kinds": kinds,
            "more": max(rows - ROWS_SHOWN, 0)}  # fmt: skip


def first_rows(paper: ListPaper, most: int) -> Iterator[ListRows]:
    """Groups up to so many rows, the last one cut."""
    left = most
    for group in paper.groups:
        if left <= 0:
            return
        yield ListRows(group.heading, group.level, group.rows[:left])
        left -= len(group.rows)


@require_GET
@allowed(why_not_organise, find_contest)
def list_download(request: SignedIn, contest: Contest, name: str) -> HttpResponse:
    """In the form that was saved."""
    award_list = list_that_stands(contest)
    kind = next((one for one in KINDS if award_list and name == file_name(award_list, one)), None)
    if award_list is None or kind is None:
        raise Http404(_("This file cannot be made now."))
    named = frozenset(entries_with_consent(award_list)) if kind.media == HTML else None
    try:
        data = kind.make(list_paper(award_list, list_style(contest), named=named))
        if kind.media == PDF and award_list.state != ListState.DRAFT:
            data = signed(data, at=timezone.now())
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("list-file", contest.key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("list-file", contest.key)
    record_look(request.user, f"award-list-{kind.ending}", award_list, at=timezone.now())
    return download(data, name, kind.media)

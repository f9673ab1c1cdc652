"""上报表样: the higher contest's own form, its columns chosen once, looked at, and filled in by a download."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.core.up_layouts import LATE_AUTHOR, LATE_TUTOR, Layout
from awards.models import UpForm
from awards.outputs.up_form import cells_of, lines_of, up_form_xlsx
from awards.services.up_layouts import begin_up_layout, drop_up_layout, layouts_of, save_up_layout, their_form
from awards.up_layout_forms import BeginForm, LayoutForm, choices, slots
from competition import events, files
from competition.access import why_not_send_up
from competition.access_to_late import late_terms_of, why_not_over, why_not_read_late
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest
from competition.numbers_above import higher_contests
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer, refuse
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest

SHOWN = 5  # entries of a preview
Found = tuple[Contest, str, Layout]


def find_layout(request: HttpRequest, key: str, layout: str) -> Found:
    contest = find_contest(request, key)
    found = layouts_of(contest).get(layout)
    if found is None:
        raise Http404
    return contest, layout, found


def why_not_see_layout(user: Any, found: Found, *, at: Any) -> Denial | None:
    return why_not_send_up(user, found[0], at=at)


def why_not_fill_layout(user: Any, found: Found, *, at: Any) -> Denial | None:
    """What it holds of details asked late leaves by their rules; a form that was only guessed does not leave."""
    contest, _key, layout = found
    denial = why_not_read_late(user, contest, at=at) if layout.has_late else why_not_send_up(user, contest, at=at)
    if denial or layout.is_confirmed:
        return denial
    return Denial("layout-unconfirmed", {"name": layout.name})


@require_http_methods(["GET", "POST"])
@allowed(why_not_send_up, find_contest)
def up_layouts(request: SignedIn, contest: Contest) -> HttpResponse:
    """Those that are there, and a new one."""
    form = BeginForm(request.POST, request.FILES) if request.method == "POST" else BeginForm()
    if form.is_bound and form.is_valid() and (key := begun(request, contest, form)):
        return redirect("up-layout", contest.key, key)
    facts = {"contest": contest, "form": form, "layouts": layouts_of(contest).items(), "tab": "awards"}
    return render(request, "awards/up_layouts.html", facts, status=422 if form.is_bound else 200)


def begun(request: SignedIn, contest: Contest, form: BeginForm) -> str:
    """From their own form, or with the usual columns. Its key; "" where it was refused, and the form says why."""
    upload = form.cleaned_data.get("list")
    if not upload:
        return saved(request, contest, form.layout, form)
    try:
        with events.via(Via.WEB):
            return begin_up_layout(
                contest=contest, name=form.layout.name, upload=upload.name, size=upload.size, chunks=upload.chunks(),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
    except Refused as refused:
        form.add_error("list", str(refused))
        return ""


def saved(
    request: SignedIn, contest: Contest, layout: Layout, form: Any, key: str = "", theirs: UpForm | None = None
) -> str:
    """Its key; "" where it was refused, and the form says why."""
    try:
        with events.via(Via.WEB):
            return save_up_layout(
                contest=contest, key=key, layout=layout, form=(theirs.name, theirs.file) if theirs else None,
                seen=request.POST.get("seen"), by=request.user, at=timezone.now(),
            )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return ""


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_layout, find_layout)
def up_layout(request: SignedIn, found: Found) -> HttpResponse:
    """Its columns, and what the first rows would be."""
    contest, key, layout = found
    form = LayoutForm(request.POST if request.method == "POST" else None, layout)
    if form.is_bound and form.is_valid():
        said = form.layout
        is_copy = "copy" in request.POST
        said = replace(said, name=f"{said.name[:55]} (2)") if is_copy else said
        theirs = their_form(contest, key) if is_copy else None
        if made := saved(request, contest, said, form, "" if is_copy else key, theirs):
            messages.success(request, _("Saved. The first rows stand below."))
            return redirect("up-layout", contest.key, made)
    return page(request, found, form)


def page(request: SignedIn, found: Found, form: LayoutForm) -> HttpResponse:
    contest, key, layout = found
    now, higher = timezone.now(), higher_of_address(request, contest)
    record_look(request.user, "up-form", contest, at=now)
    lines, entries = lines_of(contest, layout, higher, at=now, most=SHOWN)
    typed = form.columns if form.is_bound else layout.columns
    is_wrong = form.is_bound and not form.non_field_errors()  # not compared with what stands yet
    facts = {
        "contest": contest,
        "key": key,
        "layout": layout,
        "form": form,
        "seen": request.POST.get("seen", "") if is_wrong else digest(layout.kept),
        "slots": slots(typed),
        "choices": choices(),
        "theirs": their_form(contest, key),
        "lines": [cells_of(one, layout) for one in lines],
        "entries": entries,
        "known": higher_contests(contest),
        "higher": higher,
        "closed": late_denial(contest, layout, at=now),
        "unasked": unasked(contest, layout),
        "tab": "awards",
    }
    return render(request, "awards/up_layout.html", facts, status=422 if form.errors else 200)


def late_denial(contest: Contest, layout: Layout, *, at: Any) -> Denial | None:
    return why_not_over(contest, late_terms_of(contest), at=at) if layout.has_late else None


def unasked(contest: Contest, layout: Layout) -> list[str]:
    """Headings of details that nobody is asked for: they would stay blank."""
    terms = late_terms_of(contest)
    if terms is None:
        return []
    authors, tutors = layout.late_fields
    lacking = [LATE_AUTHOR + name for name in authors if name not in terms.author_fields]
    lacking += [LATE_TUTOR + name for name in tutors if name not in terms.tutor_fields]
    return layout.headings_of(lacking)


def higher_of_address(request: SignedIn, contest: Contest) -> Contest | None:
    """For whose numbers it is; None: for any."""
    return higher_contests(contest).filter(key=request.GET.get("to", "")).first()


@require_GET
@allowed(why_not_fill_layout, find_layout)
def up_layout_file(request: SignedIn, found: Found) -> HttpResponse:
    """Recorded before anything leaves; with details asked late, as a look at those too."""
    contest, key, layout = found
    now = timezone.now()
    try:
        form = bytes_of(their_form(contest, key)) if layout.sheet else None
        data = up_form_xlsx(contest, layout, higher_of_address(request, contest), form=form, at=now)
    except Refused as refused:
        return refuse(request, refused.denial)
    record_look(request.user, "up-form.xlsx", contest, at=now)
    if layout.has_late:
        record_look(request.user, "late-up-form.xlsx", contest, at=now)
    return download(data, "form.xlsx", XLSX)


def bytes_of(form: UpForm | None) -> bytes:
    """raises   Refused "layout-form-lost" """
    path = files.path_of(form.file.sha256) if form else None
    if path is None or not path.exists():
        raise Refused(Denial("layout-form-lost"))
    return path.read_bytes()


@require_GET
@allowed(why_not_see_layout, find_layout)
def up_layout_empty(request: SignedIn, found: Found) -> HttpResponse:
    """Their form as it came."""
    contest, key, layout = found
    if not layout.sheet:
        raise Http404
    try:
        return download(bytes_of(their_form(contest, key)), "empty-form.xlsx", XLSX)
    except Refused as refused:
        return refuse(request, refused.denial)


@require_POST
@allowed(why_not_see_layout, find_layout)
def up_layout_drop(request: SignedIn, found: Found) -> HttpResponse:
    contest, key, _layout = found
    do = partial(drop_up_layout, contest=contest, key=key, by=request.user, at=timezone.now())
    return answer(request, do, reverse("up-layouts", args=[contest.key]), _("The form was deleted."))

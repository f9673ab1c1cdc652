"""The public page of a contest with its announcements, and what its organisers put up there."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition import events, files, parts
from competition.access import why_not_organise, why_not_see_contest
from competition.errors import Refused
from competition.forms.setup import AnnouncementForm
from competition.models import AnnouncementFile, Contest, School
from competition.services.announcing import Upload, announce, hide_announcement
from competition.states import ContestState, RoleKind, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


@require_GET
@allowed(why_not_see_contest, find_contest)
def contest(request: HttpRequest, found: Contest) -> HttpResponse:
    """What it is, when, what it asks for, whom to ask, and what was announced."""
    return contest_page(request, found, AnnouncementForm())


def contest_page(request: HttpRequest, found: Contest, form: AnnouncementForm) -> HttpResponse:
    schools = School.objects.none()
    if request.user.is_authenticated:
        mine = request.user.roles.filter(kind=RoleKind.SCHOOL).values("school")
        schools = School.objects.filter(pk__in=mine)
    facts = {
        "contest": found,
        "tracks": found.tracks.prefetch_related("material_kinds"),
        "announcements": found.announcements.filter(is_hidden=False).prefetch_related("files__file"),
        "schools": schools,
        "is_open": found.is_entered_by_schools
        and found.state == ContestState.ENTRY
        and not (found.closes_at and timezone.now() >= found.closes_at),
        "panels": parts.public_panels_of(found, at=timezone.now()),
        "form": form,
        "may_announce": why_not_organise(request.user, found, at=timezone.now()) is None,
    }
    return render(request, "competition/contest.html", facts, status=422 if form.is_bound else 200)


@require_POST
@allowed(why_not_organise, find_contest)
def announcement_add(request: SignedIn, contest: Contest) -> HttpResponse:
    """Where a file is not fit nothing is announced, and the words stay in the form."""
    form = AnnouncementForm(request.POST, request.FILES)
    if not form.is_valid():
        return contest_page(request, contest, form)
    said = form.cleaned_data
    uploads = [Upload(one.name or "", one.size or 0, one.chunks()) for one in said.pop("attached")]
    try:
        with events.via(Via.WEB):
            announce(contest=contest, uploads=uploads, by=request.user, at=timezone.now(), **said)
    except Refused as refused:
        form.add_error("attached", str(refused))
        return contest_page(request, contest, form)
    messages.success(request, _("Announced."))
    return redirect("contest", contest.key)


@require_POST
@allowed(why_not_organise, find_contest)
def announcement_hide(request: SignedIn, contest: Contest, announcement: str) -> HttpResponse:
    found = get_object_or_404(contest.announcements, key=announcement)
    do = partial(hide_announcement, announcement=found, by=request.user, at=timezone.now())
    return answer(request, do, reverse("contest", args=[contest.key]), str(_("Taken off the page.")))


@require_GET
@allowed(why_not_see_contest, find_contest)
def announcement_file(request: HttpRequest, found: Contest, announcement: str, file: str) -> FileResponse:
    """To be saved, never shown in our own place; gone where the announcement is."""
    rows = AnnouncementFile.objects.select_related("file").filter(
        announcement__contest=found, announcement__key=announcement, announcement__is_hidden=False
    )
    one = get_object_or_404(rows, key=file)
    path = files.path_of(one.file.sha256)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=one.name, content_type=one.file.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

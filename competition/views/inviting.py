"""Schools that nobody acts for: an account and a link for each, in a file that is made once."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Role, School
from competition.services.accounts import LINK_DAYS, Invitation, invite_schools
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import RoleKind, SchoolState, Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download


def schools_without_people() -> QuerySet[School]:
    people = Role.objects.filter(kind=RoleKind.SCHOOL, school=OuterRef("pk"))
    waiting = School.objects.filter(~Exists(people), state=SchoolState.ACTIVE)
    return waiting.select_related("district").order_by("district", "name")


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise)
def invitations(request: SignedIn, thing: None) -> HttpResponse:
    """Choose the schools; the answer is the file itself, since links are kept nowhere."""
    record_look(request.user, "places", request.user, at=timezone.now())
    if request.method == "GET":
        facts = {"schools": schools_without_people(), "days": LINK_DAYS}
        return render(request, "competition/invite_schools.html", facts)
    chosen = list(School.objects.filter(key__in=request.POST.getlist("school")))
    try:
        with events.via(Via.WEB):
            made = invite_schools(schools=chosen, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("places-invite")
    return download(links_xlsx(made), "links.xlsx", XLSX)


def links_xlsx(made: list[Invitation]) -> bytes:
    headings = [
        Heading("推荐单位", "Recommending unit", 16), Heading("学校", "School", 30), Heading("联系人", "Contact", 12),
        Heading("联系电话", "Phone", 16), Heading("登录名", "Name for signing in", 14), Heading("链接", "Link", 70),
    ]  # fmt: skip
    rows = [
        [one.school.district.label, one.school.name, one.school.contact, one.school.phone, one.user.username,
         f"{settings.PUBLIC_URL}{reverse('link', args=[one.token])}"]
        for one in made
    ]  # fmt: skip
    return workbook_bytes([Sheet(_("Links"), headings, rows)], at=timezone.now())

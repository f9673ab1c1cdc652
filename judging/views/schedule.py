"""Rooms, turns and times of a round: made by the office, read by everybody once they are published."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.unit import typed_rank
from competition.wording import in_a_row
from judging.access import why_not_keep_attendance, why_not_see_schedule
from judging.forms.schedule import RoomForm
from judging.models import Room, Round
from judging.schedules import rooms_clashing, timetable, tracks_without_room, unplaced
from judging.services import schedule as services
from judging.views.attendance import organises_round, url_of
from judging.views.finding import find_room, find_round

NAMED = 8


def keeps_room(user: Any, room: Room, *, at: Any) -> Any:
    return why_not_keep_attendance(user, room.round, at=at)


@require_GET
@allowed(organises_round, find_round)
def schedule(request: SignedIn, one: Round) -> HttpResponse:
    """Who is seen where and when; who is next; whose sheets are missing."""
    plans = timetable(one)
    record_look(request.user, "attendance", one.contest, at=timezone.now())
    facts = {
        "contest": one.contest,
        "round": one,
        "plans": plans,
        "waiting": unplaced(one).count(),
        "homeless": tracks_without_room(one),
        "clashing": rooms_clashing(plans),
        "has_judges": any(plan.room.judges.all() for plan in plans),
        "booths": one.round_entries.exclude(booth="").count(),
        "closed": why_not_keep_attendance(request.user, one, at=timezone.now()),
        "tab": "judging",
        "subtab": "progress",
        "day": "schedule",
    }
    return render(request, "judging/schedule.html", facts)


def room_page(request: SignedIn, one: Round, room: Room | None) -> HttpResponse:
    form = RoomForm(one, request.POST if request.method == "POST" else None, room)
    if form.is_bound and form.is_valid():
        do = partial(services.save_room, one=one, room=room, details=form.details(), by=request.user, at=timezone.now())
        return answer(request, do, url_of(one, "schedule"), str(_("The room is saved.")))
    facts = {"contest": one.contest, "round": one, "room": room, "form": form}
    return render(request, "judging/room.html", facts, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@allowed(why_not_keep_attendance, find_round)
def room_new(request: SignedIn, one: Round) -> HttpResponse:
    return room_page(request, one, None)


@require_http_methods(["GET", "POST"])
@allowed(keeps_room, find_room)
def room(request: SignedIn, found: Room) -> HttpResponse:
    return room_page(request, found.round, found)


@require_POST
@allowed(keeps_room, find_room)
def room_remove(request: SignedIn, found: Room) -> HttpResponse:
    do = partial(services.remove_room, room=found, by=request.user, at=timezone.now())
    done = str(_("The room is gone; its entries wait for another."))
    return answer(request, do, url_of(found.round, "schedule"), done)


@require_POST
@allowed(keeps_room, find_room)
def room_order(request: SignedIn, found: Room) -> HttpResponse:
    """The numbers typed beside the entries become their turns."""
    rows = list(found.places.select_related("entry"))
    wanted = {row.pk: typed_rank(request.POST.get(f"turn-{row.entry.key}", ""), len(rows) + 1) for row in rows}
    do = partial(services.put_in_order, room=found, wanted=wanted, by=request.user, at=timezone.now())
    return answer(request, do, url_of(found.round, "schedule"), str(_("The order is saved.")))


@require_POST
@allowed(why_not_keep_attendance, find_round)
def do(request: SignedIn, one: Round, action: str) -> HttpResponse:
    """Draw, clear, give booths, publish, take back."""
    service, done = {
        "draw": (services.draw_places, _("%(result)s entries have drawn their places.")),
        "clear": (services.clear_places, _("%(result)s places are free again.")),
        "booths": (services.give_booths, _("%(result)s booths are given.")),
        "publish": (services.publish_schedule, _("Everybody finds rooms and times on the contest's page.")),
        "take-back": (services.take_schedule_back, _("Rooms and times are not public any more.")),
    }[action]
    return answer(request, partial(service, one=one, by=request.user, at=timezone.now()), url_of(one, "schedule"), done)


@require_POST
@allowed(why_not_keep_attendance, find_round)
def assign(request: SignedIn, one: Round) -> HttpResponse:
    """The judges of each room get its entries."""
    try:
        with events.via(Via.WEB):
            made = services.assign_rooms(one=one, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(url_of(one, "schedule"))
    text = ngettext("%(n)s sheet is assigned.", "%(n)s sheets are assigned.", made.added)
    messages.success(request, text % {"n": made.added})
    if made.barred:
        pairs = in_a_row([f"{judge} × {entry}" for judge, entry in made.barred[:NAMED]])
        text = ngettext(
            "%(n)s pair would be a conflict and was left out: %(pairs)s. Another judge has to mark it.",
            "%(n)s pairs would be conflicts and were left out: %(pairs)s. Other judges have to mark them.",
            len(made.barred),
        )
        messages.warning(request, text % {"n": len(made.barred), "pairs": pairs})
    return redirect(url_of(one, "schedule"))


@require_GET
@allowed(why_not_see_schedule, find_round)
def listed(request: HttpRequest, one: Round) -> HttpResponse:
    """Rooms and times for everybody: number, title, school; nobody's name."""
    facts = {"contest": one.contest, "round": one, "plans": [plan for plan in timetable(one) if plan.slots]}
    return render(request, "judging/schedule_list.html", facts)

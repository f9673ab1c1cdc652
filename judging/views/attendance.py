"""Who comes to a round that is held in one place, and who is there: the desk, the cards with the codes, the units."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition.access import moment, why_not_organise
from competition.events import record_look
from competition.models import District
from competition.selectors import entries_matching
from competition.views.doors import SignedIn, allowed, answer, answer_once_seen
from competition.views.paging import page_of, size_of
from competition.views.places import qr_svg
from judging.access import UnitInRound, why_not_keep_attendance, why_not_reply, why_not_see_reply
from judging.forms.schedule import AskForm, ReplyForm
from judging.models import Round, RoundEntry
from judging.schedules import attendance_counts, places_of, sheets_in, times_of, unit_lines
from judging.services import attendance as services
from judging.states import Attendance
from judging.views.finding import find_place, find_round, find_unit_in_round


def organises_round(user: Any, one: Round, *, at: Any) -> Any:
    return why_not_organise(user, one.contest, at=at)


def keeps_place(user: Any, place: RoundEntry, *, at: Any) -> Any:
    return why_not_keep_attendance(user, place.round, at=at)


def url_of(one: Round, name: str = "attendance") -> str:
    return reverse(name, args=[one.contest.key, one.order])


@require_GET
@allowed(organises_round, find_round)
def attendance(request: SignedIn, one: Round) -> HttpResponse:
    """The units' replies, and the desk on the day."""
    now, state = timezone.now(), request.GET.get("state", "")
    rows = places_of(one)
    if state in Attendance.values:
        rows = rows.filter(state=state)
    if q := request.GET.get("q", ""):
        found = one.contest.entries.filter(entries_matching(q))
        rows = rows.filter(entry__in=found)
    page, times, sheets = page_of(request, rows), times_of(one), sheets_in(one)
    units = unit_lines(one)
    record_look(request.user, "attendance", one.contest, at=now)
    facts = {
        "contest": one.contest,
        "round": one,
        "counts": attendance_counts(one),
        "chosen": state,
        "page": page,
        "size": size_of(request),
        "rows": [(place, times.get(place.entry_id), sheets[place.entry_id]) for place in page],
        "units": units,
        "silent": [(line, reply_text(one, line.unit)) for line in units if line.is_silent],
        "ask": AskForm(initial={"until": one.reply_until}, auto_id="ask-%s"),
        "closed": why_not_keep_attendance(request.user, one, at=now),
        "query": request.GET.urlencode(),
        "tab": "judging",
        "subtab": "progress",
        "day": "attendance",
    }
    return render(request, "judging/attendance.html", facts)


def reply_text(one: Round, unit: District) -> str:
    """To be copied into WeChat."""
    if one.reply_until is None:
        return ""
    facts = {
        "unit": unit.label,
        "contest": one.contest.label,
        "round": one.label,
        "until": moment(one.reply_until),
        "url": settings.PUBLIC_URL + reverse("reply", args=[unit.key, one.contest.key, one.order]),
    }
    return (
        _(
            "%(unit)s: please say until %(until)s which of your entries come to “%(round)s” of “%(contest)s”, and who "
            "leads them: %(url)s"
        )
        % facts
    )


@require_POST
@allowed(why_not_keep_attendance, find_round)
def ask(request: SignedIn, one: Round) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This date cannot be read. Nothing was changed."))
        return redirect(url_of(one))
    do = partial(services.ask_units, one=one, until=form.cleaned_data["until"], by=request.user, at=timezone.now())
    return answer(request, do, url_of(one), str(_("Units find the question on their pages. Send them the text below.")))


@require_POST
@allowed(why_not_keep_attendance, find_round)
def ask_no_more(request: SignedIn, one: Round) -> HttpResponse:
    do = partial(services.ask_units, one=one, until=None, by=request.user, at=timezone.now())
    return answer(request, do, url_of(one), str(_("Units are not asked any more. Their answers stay.")))


@require_POST
@allowed(keeps_place, find_place)
def set_state(request: SignedIn, place: RoundEntry) -> HttpResponse:
    """Is here; absent; and back. Goes back to what the desk was looking at."""
    to = request.POST.get("to", "")
    if to not in Attendance.values:
        messages.error(request, _("Nothing was chosen. Nothing was changed."))
        return redirect(url_of(place.round))
    where = f"{url_of(place.round)}?{QueryDict(request.GET.urlencode()).urlencode()}#place-{place.entry.key}"
    if "checked" in request.GET:
        where = reverse("check-in", args=[place.round.contest.key, place.round.order, place.entry.key])
    do = partial(services.set_attendance, place=place, to=Attendance(to), by=request.user, at=timezone.now())
    done = f"{place.entry.number}: {Attendance(to).label}"
    said = {"heading": _("%(what)s?") % {"what": done}, "button": str(Attendance(to).label)}
    return answer_once_seen(request, place.round.contest, do, where, done.replace("%", "%%"), **said)


@require_GET
@allowed(keeps_place, find_place)
def check_in(request: SignedIn, place: RoundEntry) -> HttpResponse:
    """What the code on a card opens on the phone of who sits at the desk."""
    record_look(request.user, "attendance", place.entry, at=timezone.now())
    facts = {
        "contest": place.round.contest,
        "round": place.round,
        "place": place,
        "slot": times_of(place.round).get(place.entry_id),
        "sheets": sheets_in(place.round)[place.entry_id],
    }
    return render(request, "judging/check_in.html", facts)


@require_GET
@allowed(organises_round, find_round)
def cards(request: SignedIn, one: Round) -> HttpResponse:
    """Cards to print: number, booth, room and time, and the code that the desk scans."""
    times = times_of(one)
    rows = [
        {"place": place, "slot": times.get(place.entry_id), "qr": qr_svg(check_in_url(place))}
        for place in places_of(one).exclude(state__in=[Attendance.ABSENT, Attendance.CANCELLED])
    ]
    record_look(request.user, "attendance", one.contest, at=timezone.now())
    facts = {"contest": one.contest, "round": one, "rows": rows, "tab": "judging", "subtab": "progress", "day": "cards"}
    return render(request, "judging/cards.html", facts)


def check_in_url(place: RoundEntry) -> str:
    names = [place.round.contest.key, place.round.order, place.entry.key]
    return f"{settings.PUBLIC_URL}{reverse('check-in', args=names)}"


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_reply, find_unit_in_round)
def reply(request: SignedIn, place: UnitInRound) -> HttpResponse:
    """A unit says which of its entries come, and who leads them."""
    places = list(places_of(place.round).filter(entry__school__district=place.unit))
    known = place.round.replies.filter(district=place.unit).first()
    form = ReplyForm(places, known, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        do = partial(
            services.reply, place=place, coming=form.coming, leader=form.who_leads(), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        to = reverse("reply", args=[place.unit.key, place.round.contest.key, place.round.order])
        done = str(_("Thank you. The office sees your answer; until the date you can change it."))
        return answer(request, do, to, done)
    record_look(request.user, "attendance", place.unit, at=timezone.now())
    times = times_of(place.round) if place.round.schedule_at else {}
    facts = {
        "contest": place.round.contest,
        "round": place.round,
        "unit": place.unit,
        "form": form,
        "lines": [(one, field, times.get(one.entry_id)) for one, field in form.lines],
        "known": known,
        "closed": why_not_reply(request.user, place, at=timezone.now()),
    }
    return render(request, "judging/reply.html", facts, status=422 if form.is_bound else 200)

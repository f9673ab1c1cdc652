"""Who has sheets left, with a text for each: to be copied into WeChat, or as a file."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competition.access import why_not_organise
from competition.events import name_of, record_look
from competition.models import Contest
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest
from judging.access import why_not_keep_judges
from judging.letters import last_reminded, reminder
from judging.selectors import late


@require_GET
@allowed(why_not_organise, find_contest)
def reminders(request: SignedIn, contest: Contest) -> HttpResponse:
    """Links stay as they are."""
    record_look(request.user, "judges", contest, at=timezone.now())
    last = last_reminded(contest)
    rows = [
        {"judge": one, "left": left, "text": reminder(contest, one, left), "last": last.get(name_of(one))}
        for one, left in late(contest)
    ]
    facts = {
        "contest": contest,
        "rows": rows,
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "closed": why_not_keep_judges(request.user, contest, at=timezone.now()),
        "tab": "judging",
        "subtab": "progress",
    }
    return render(request, "judging/reminders.html", facts)


@require_GET
@allowed(why_not_organise, find_contest)
def reminders_file(request: SignedIn, contest: Contest) -> HttpResponse:
    """For an office that sends them by a tool of its own."""
    now = timezone.now()
    record_look(request.user, "judges", contest, at=now)
    return download(reminders_xlsx(contest, now), "reminders.xlsx", XLSX)


def reminders_xlsx(contest: Contest, at: datetime) -> bytes:
    headings = [
        Heading("编号", "Code", 8), Heading("姓名", "Name", 14), Heading("手机", "Phone", 16),
        Heading("邮箱", "E-mail", 28), Heading("未评", "Left", 8), Heading("提醒", "Reminder", 90),
    ]  # fmt: skip
    rows = [
        [one.code, one.person.name, one.phone, one.email, left, reminder(contest, one, left)]
        for one, left in late(contest)
    ]
    return workbook_bytes([Sheet(_("Reminders"), headings, rows)], at=at)

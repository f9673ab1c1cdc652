"""公示 as the public reads it: while the clock says so, and not a minute longer."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import running_notice, why_not_see_notice
from awards.models import Notice
from awards.outputs.public import notice_lines, public_recognitions, public_specials
from awards.selectors import entries_with_consent, public_list
from awards.views.lists import counted, grouped
from competition.models import Contest
from competition.views.doors import allowed
from competition.views.finding import find_contest


@require_GET
@allowed(why_not_see_notice, find_contest)
def notice(request: HttpRequest, contest: Contest) -> HttpResponse:
    running = running_notice(contest, at=timezone.now())
    if running is not None:
        return page_of_notice(request, running)
    facts = {"contest": contest, "has_results": public_list(contest) is not None}
    return unlisted(render(request, "awards/notice_over.html", facts, status=410))


def page_of_notice(request: HttpRequest, notice: Notice, *, is_office: bool = False) -> HttpResponse:
    lines = notice_lines(notice)
    facts = {
        "contest": notice.contest,
        "notice": notice,
        "state": notice.state_at(timezone.now()),
        "is_office": is_office,
        "groups": grouped([public for _line, public in lines]),
        "counts": counted([line for line, _public in lines]),
        "specials": public_specials(notice.list, named=entries_with_consent(notice.list)),
        "recognitions": [
            (title, list(rows)) for title, rows in groupby(public_recognitions(notice.list), key=lambda one: one[0])
        ],
    }
    return unlisted(render(request, "awards/notice.html", facts))


def unlisted(response: HttpResponse) -> HttpResponse:
    """Names are for those who look, not for search engines; nor are they kept on the way."""
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    response.headers["Cache-Control"] = "no-store"
    return response

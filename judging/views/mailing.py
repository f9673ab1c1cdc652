"""Judges are written to: first what they would get, then one click."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.mailing import masked
from judging import letters
from judging.access import why_not_mail_judges
from judging.letters import Post
from judging.services import mailing as services


@require_POST
@allowed(why_not_mail_judges, find_contest)
def invite(request: SignedIn, contest: Contest) -> HttpResponse:
    """Without the digest of what was shown this shows it; with it, it is written."""
    keys = request.POST.getlist("judge")
    if shown := request.POST.get("shown"):
        by, at = request.user, timezone.now()
        do = partial(services.invite_by_mail, contest=contest, keys=keys, shown=shown, by=by, at=at)
        return answer(request, partial(number_of, do), reverse("outbox", args=[contest.key]), written())
    return preview(request, contest, letters.invitations(contest, keys, by=request.user), "judges", keys)


@require_http_methods(["GET", "POST"])
@allowed(why_not_mail_judges, find_contest)
def remind(request: SignedIn, contest: Contest) -> HttpResponse:
    if request.method == "POST":
        shown, at = request.POST.get("shown", ""), timezone.now()
        do = partial(services.remind_by_mail, contest=contest, shown=shown, by=request.user, at=at)
        return answer(request, partial(number_of, do), reverse("outbox", args=[contest.key]), written())
    return preview(request, contest, letters.reminders(contest), "reminders", [])


def number_of(do: partial) -> int:
    return len(do())


def written() -> str:
    return _("Written: %(result)s. They wait in the outbox and go out by themselves within a minute or so.")


def preview(request: SignedIn, contest: Contest, post: Post, back: str, keys: list[str]) -> HttpResponse:
    record_look(request.user, "judges", contest, at=timezone.now())
    first = post.letters[0] if post.letters else None
    facts = {
        "contest": contest,
        "post": post,
        "first": first,
        "body": masked(first.body) if first else "",
        "has_links": any(one.has_link for one in post.letters),
        "keys": keys,
        "back": reverse(back, args=[contest.key]),
        "is_reminder": back == "reminders",
        "tab": "judging",
        "subtab": "progress" if back == "reminders" else "judges",
    }
    return render(request, "judging/mail_preview.html", facts)

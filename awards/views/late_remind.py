"""上报信息: schools whose details are missing, and a mail to them that is looked at first."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.late_letters import late_reminders, why_not_ask_again
from awards.services.late_reminding import remind_late_by_mail
from competition.access import why_not_mail, why_not_send_up
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


@require_http_methods(["GET", "POST"])
@allowed(why_not_send_up, find_contest)
def late_remind(request: SignedIn, contest: Contest) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        shown = request.POST.get("shown", "")
        do = partial(remind_late_by_mail, contest=contest, shown=shown, by=request.user, at=now)
        done = _("Written: %(result)s. They wait in the outbox and go out by themselves within a minute or so.")
        return answer(request, lambda: len(do()), reverse("late-remind", args=[contest.key]), done)
    record_look(request.user, "late-reminders", contest, at=now)
    post = late_reminders(contest)
    facts = {
        "contest": contest,
        "post": post,
        "first": post.letters[0] if post.letters else None,
        "closed": why_not_mail(request.user, contest, at=now) or why_not_ask_again(contest, at=now),
        "tab": "awards",
    }
    return render(request, "awards/late_remind.html", facts)

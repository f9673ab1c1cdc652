"""The outbox of a contest: what was written to whom, how far it came, and what can be done about it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from competition.access import why_not_mail, why_not_organise
from competition.events import record_look
from competition.messages import sentence
from competition.models import LINK_PLACE, Contest, Mail
from competition.services.mailing import cancel_mail, send_again
from competition.states import MailState
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

SLOW = timedelta(minutes=5)
SHAPES = {
    MailState.QUEUED: "waiting",
    MailState.SENDING: "now",
    MailState.SENT: "done",
    MailState.UNSURE: "warn",
    MailState.FAILED: "blocked",
    MailState.CANCELLED: "off",
}


class MailFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *MailState.choices], required=False)

    def applied_to(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """A state that is none finds everything."""
        state = self.cleaned_data.get("state") if self.is_valid() else ""
        for word in words[:100].split():
            rows = rows.filter(Q(name__icontains=word) | Q(to__icontains=word) | Q(subject__icontains=word))
        return rows.filter(shown=state) if state else rows


@require_GET
@allowed(why_not_organise, find_contest)
def outbox(request: SignedIn, contest: Contest) -> HttpResponse:
    """Newest first."""
    now = timezone.now()
    record_look(request.user, "mails", contest, at=now)
    filters = MailFilter(request.GET)
    page = page_of(request, filters.applied_to(contest.mails.shown(now), request.GET.get("q", "")))
    facts = {
        "contest": contest,
        "page": page,
        "rows": [row_of(one) for one in page],
        "counts": counts_of(contest, at=now),
        "filters": filters,
        "size": size_of(request),
        "is_set_up": settings.MAIL_IS_SET_UP,
        "is_slow": waits_long(contest, at=now),
        "tab": "judging",
        "subtab": "mail",
    }
    return render(request, "competition/outbox.html", facts)


def row_of(mail: Mail) -> Mapping[str, Any]:
    """`state` as people should see it."""
    state = MailState(mail.shown)  # type: ignore[attr-defined]
    why = mail.why or ("mail-unsure" if state == MailState.UNSURE else "")
    said = sentence(why, {}) if why else ""
    return {"mail": mail, "state": str(state), "word": state.label, "shape": SHAPES[state], "why": said}


def counts_of(contest: Contest, *, at: datetime) -> list[tuple[str, str, int, str]]:
    """(state, its word, number, shape) of the states that occur."""
    rows: QuerySet[Any] = contest.mails.shown(at).order_by()
    found = dict(rows.values_list("shown").annotate(number=Count("pk")))
    return [(str(one), str(one.label), found[one], SHAPES[one]) for one in MailState if found.get(one)]


def waits_long(contest: Contest, *, at: datetime) -> bool:
    """What is due and was not taken: nobody seems to empty the outbox, or the mail server cannot be reached."""
    return contest.mails.filter(state=MailState.QUEUED, due_at__lte=at - SLOW).exists()


def find_mail(request: HttpRequest, key: str, mail: str) -> Mail:
    rows = Mail.objects.shown(timezone.now()).select_related("contest", "made_by", "link__user")
    return get_object_or_404(rows, contest__key=key, key=mail)


def see_mail(user: Any, mail: Mail, *, at: datetime) -> Any:
    return why_not_organise(user, mail.contest, at=at)


def do_mail(user: Any, mail: Mail, *, at: datetime) -> Any:
    return why_not_mail(user, mail.contest, at=at)


@require_GET
@allowed(see_mail, find_mail)
def mail(request: SignedIn, mail: Mail) -> HttpResponse:
    """As it is sent, but for the link: that is for one person."""
    record_look(request.user, "mail", mail, at=timezone.now())
    facts = {
        "contest": mail.contest,
        "row": row_of(mail),
        "body": masked(mail.body),
        "is_set_up": settings.MAIL_IS_SET_UP,
        "tab": "judging",
        "subtab": "mail",
    }
    return render(request, "competition/mail.html", facts)


def masked(body: str) -> str:
    return body.replace(LINK_PLACE, str(_("(here stands the personal link)")))


@require_POST
@allowed(do_mail, find_mail)
def cancel(request: SignedIn, mail: Mail) -> HttpResponse:
    run = partial(cancel_mail, mail=mail, by=request.user, at=timezone.now())
    return answer(request, run, reverse("outbox", args=[mail.contest.key]), str(_("Cancelled. It is not sent.")))


@require_POST
@allowed(do_mail, find_mail)
def again(request: SignedIn, mail: Mail) -> HttpResponse:
    run = partial(send_again, mail=mail, by=request.user, at=timezone.now())
    return answer(request, run, reverse("outbox", args=[mail.contest.key]), str(_("It waits to be sent once more.")))

"""The outbox as a sender empties it. Each mail goes out at most once by itself: a sender takes it in a transaction of
its own, speaks to the mail server outside of any, and writes down what came of it. What lies between the two when a
sender dies is told to the office as "perhaps sent"."""

import contextlib
import smtplib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from competition import parts
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Mail
from competition.services.mailing import body_to_send, end_link, give_up_lost, why_not_carry
from competition.states import MailState

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
PERMANENT = 500  # replies of mail servers from here on are for good


@dataclass(frozen=True)
class Outcome:
    """What came of a try. `state` queued means: for now it did not work."""

    state: MailState
    why: str = ""
    reply: int | None = None


def send_due(*, now: Callable[[], datetime], is_over: Callable[[], bool] = lambda: False) -> Counter[str]:
    """One pass over what is due: how many mails came to which state.

    is_over  asked between two mails
    raises   OSError where the mail server cannot be reached or does not let us in; then no mail is touched
    """
    give_up_lost(Mail.objects.all(), at=now())
    rows = Mail.objects.filter(state=MailState.QUEUED, due_at__lte=now()).order_by("due_at", "pk")
    found: Counter[str] = Counter()
    if not (due := list(rows.values_list("pk", flat=True))):
        return found
    with server() as connection:
        for pk in due:
            if is_over():
                break
            if mail := take(pk, at=now()):
                settle(mail, handed_over(mail, connection), at=now())
                found[mail.state] += 1
    return found


@contextlib.contextmanager
def server() -> Iterator[BaseEmailBackend]:
    connection = get_connection()
    connection.open()
    try:
        yield connection
    finally:
        with contextlib.suppress(OSError):  # what was said is said
            connection.close()


@transaction.atomic
def take(pk: int, *, at: datetime) -> Mail | None:
    """The mail, for this sender alone; None where another has it, or where its person gets it no more."""
    rows = Mail.objects.select_related("contest", "link__user").select_for_update(of=("self",))
    mail = rows.filter(pk=pk, state=MailState.QUEUED, due_at__lte=at).first()
    if mail is None:
        return None
    if denial := why_not_send(mail, at=at):
        move(mail, MailState.CANCELLED, by=None, at=at, why=denial.code)
        end_link(mail, at=at)
        return None
    taken = {"state": MailState.SENDING, "claimed_at": at, "tries": F("tries") + 1, "why": "", "reply": None}
    if not Mail.objects.filter(pk=pk, state=MailState.QUEUED).update(**taken):
        return None
    mail.state, mail.claimed_at, mail.tries = MailState.SENDING, at, mail.tries + 1
    return mail


def why_not_send(mail: Mail, *, at: datetime) -> Denial | None:
    """Asked anew: since it was written its person may have declined, or its link may have been replaced."""
    return parts.why_not_get(mail, at=at) or why_not_carry(mail, at=at)


def handed_over(mail: Mail, connection: BaseEmailBackend) -> Outcome:
    """Words of mail servers are not kept: they repeat addresses."""
    try:
        connection.open()  # anew where the mail before was cut off
    except OSError:
        return Outcome(MailState.QUEUED, "mail-later")
    outcome = spoken(mail, connection)
    if outcome.state != MailState.SENT:  # a server that says no may have hung up, and the next mail must not find out
        with contextlib.suppress(OSError):
            connection.close()
    return outcome


def spoken(mail: Mail, connection: BaseEmailBackend) -> Outcome:
    try:
        connection.send_messages([message_of(mail, connection)])
    except smtplib.SMTPRecipientsRefused as refused:
        return answered(max(code for code, _ in refused.recipients.values()), "mail-address-refused")
    except smtplib.SMTPSenderRefused as refused:
        reply = refused.smtp_code if refused.smtp_code > 0 else None
        return Outcome(MailState.QUEUED, "mail-later", reply)  # the server's affair, not the mail's
    except smtplib.SMTPResponseException as refused:
        return answered(refused.smtp_code, "mail-refused")
    except (ValueError, smtplib.SMTPNotSupportedError):
        return Outcome(MailState.FAILED, "mail-unsendable")
    except OSError:  # cut off, after who knows how much was said
        return Outcome(MailState.UNSURE, "mail-unsure")
    return Outcome(MailState.SENT)


def answered(code: int, why: str) -> Outcome:
    if code <= 0:  # an answer that nobody can read
        return Outcome(MailState.UNSURE, "mail-unsure")
    if code >= PERMANENT:
        return Outcome(MailState.FAILED, why, code)
    return Outcome(MailState.QUEUED, "mail-later", code)


def message_of(mail: Mail, connection: BaseEmailBackend) -> EmailMessage:
    """The same Message-ID with every try, so that a mail that comes twice may be known as one."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    heads = {"Message-ID": f"<{mail.key}@{host}>", "Auto-Submitted": "auto-generated"}
    to = formataddr((mail.name, mail.to))
    return EmailMessage(mail.subject, body_to_send(mail), to=[to], headers=heads, connection=connection)


@transaction.atomic
def settle(mail: Mail, outcome: Outcome, *, at: datetime) -> None:
    """Write down what came of it. A sender that was given up and comes back can still say that it was sent."""
    if outcome.state == MailState.QUEUED and mail.tries > len(PAUSES):
        outcome = Outcome(MailState.FAILED, "mail-gave-up", outcome.reply)
    more: dict = {"why": outcome.why, "reply": outcome.reply}
    if outcome.state == MailState.QUEUED:
        more["due_at"] = at + PAUSES[mail.tries - 1]
    if outcome.state == MailState.SENT:
        more["sent_at"] = at
    try:
        move(mail, outcome.state, by=None, at=at, **more)
    except Refused:
        mail.refresh_from_db(fields=["state"])
        if outcome.state == MailState.SENT and mail.state == MailState.UNSURE:
            move(mail, outcome.state, by=None, at=at, **more)

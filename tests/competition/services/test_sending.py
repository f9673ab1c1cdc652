"""Each mail goes out at most once by itself; what came of it is told in words, and no secret is kept or told."""

import io
import logging
import smtplib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from competition.errors import Refused
from competition.models import LOST_AFTER, Event, Mail, SignInLink
from competition.services import sending
from competition.services.accounts import open_link, use_link
from competition.services.mailing import cancel_mail, send_again, token_of
from competition.services.sending import PAUSES, send_due
from competition.states import MailState
from judging.models import Judge
from judging.services.panel import decline_invitation, dismiss_judge, invite_judges
from judging.states import JudgeState
from tests.factories.contests import AT
from tests.factories.crowds import at_once, shared_database
from tests.factories.judging import Judged
from tests.factories.mailing import address, invite, mailed_contest, remind

LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def set_up(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    settings.DEFAULT_FROM_EMAIL = "office@example.org"


@pytest.fixture
def judged(db: None) -> Judged:
    return mailed_contest()


def send(at: Any = AT) -> Counter[str]:
    return send_due(now=lambda: at)


def receivers() -> list[str]:
    return [parseaddr(one)[1] for message in sent.outbox for one in message.to]


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def says(fault: Exception) -> Callable[..., Any]:
    def send_messages(self: Any, messages: Any) -> int:
        raise fault

    return send_messages


def refusing(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", says(fault))


# ---- what goes out


def test_an_invitation_goes_out_with_a_link_that_signs_in(judged):
    Judge.objects.filter(code="J1").update(state=JudgeState.INVITED, pledged_at=None)
    (mail,) = invite(judged, "J1")
    assert send() == {"sent": 1}
    (message,) = sent.outbox
    link = next(line for line in message.body.split() if "/link/" in line)
    assert receivers() == [address("J1")]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    token = link.rstrip("/").rpartition("/")[2]
    assert use_link(token=token, at=LATER) == judged.users["J1"]
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.tries) == (MailState.SENT, AT, 1)


def test_nothing_is_sent_by_writing(judged):
    invite(judged, "J1", "J2")
    remind(judged)
    assert sent.outbox == []


def test_a_mail_is_sent_once(judged):
    remind(judged)
    send()
    send(LATER)
    assert len(sent.outbox) == len(judged.users)


# ---- no secret


def everything_in_the_database() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_link_lies_in_the_database_in_clear(judged):
    mails = invite(judged, "J1", "J2")
    send()
    stored = everything_in_the_database()
    for mail in mails:
        assert token_of(mail) in "".join(message.body for message in sent.outbox)
        assert token_of(mail) not in stored


def test_the_token_needs_the_secret_of_the_server(judged, settings):
    (mail,) = invite(judged, "J1")
    before = token_of(mail)
    settings.SECRET_KEY = "another"
    assert token_of(mail) != before
    send()
    mail.refresh_from_db()
    assert (mail.state, mail.why, sent.outbox) == (MailState.CANCELLED, "mail-link-over", [])


def test_no_address_and_no_name_in_logs_and_events(judged, monkeypatch, caplog):
    refused = {address("J1"): (550, b"<j1@example.org> unknown")}
    with caplog.at_level(logging.DEBUG):
        invite(judged, "J1", at=timezone.now())
        refusing(monkeypatch, smtplib.SMTPRecipientsRefused(refused))
        out, err = io.StringIO(), io.StringIO()
        call_command("send_mail", stdout=out, stderr=err)
    assert states() == [MailState.FAILED]
    lines = [one.getMessage() for one in caplog.records if one.name != "django.db.backends"]
    told = "\n".join([out.getvalue(), err.getvalue(), *lines, *(str(one.body) for one in Event.objects.all())])
    assert "failed" in told
    assert "example.org" not in told and judged.judge().person.name not in told


def test_a_mail_server_that_is_away_is_named_by_its_kind_alone(judged, monkeypatch):
    invite(judged, "J1")
    monkeypatch.setattr(
        EmailBackend,
        "open",
        lambda self: (_ for _ in ()).throw(smtplib.SMTPAuthenticationError(535, b"office@example.org")),
    )
    with pytest.raises(CommandError) as told:
        call_command("send_mail")
    assert "SMTPAuthenticationError" in str(told.value) and "example.org" not in str(told.value)
    assert states() == [MailState.QUEUED]
    assert Mail.objects.get().tries == 0


def test_without_a_mail_server_the_command_says_what_to_set(judged, settings):
    settings.MAIL_IS_SET_UP = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_mail")


# ---- what mail servers say


@pytest.mark.parametrize(
    ("fault", "state", "why", "reply"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), "failed", "mail-address-refused", 550),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"")}), "queued", "mail-later", 451),
        (smtplib.SMTPDataError(554, b""), "failed", "mail-refused", 554),
        (smtplib.SMTPDataError(421, b""), "queued", "mail-later", 421),
        (smtplib.SMTPSenderRefused(530, b"", "office"), "queued", "mail-later", 530),
        (smtplib.SMTPDataError(-1, b""), "unsure", "mail-unsure", None),
        (smtplib.SMTPSenderRefused(-1, b"", "office"), "queued", "mail-later", None),
        (smtplib.SMTPNotSupportedError(), "failed", "mail-unsendable", None),
        (ValueError(), "failed", "mail-unsendable", None),
        (smtplib.SMTPServerDisconnected(), "unsure", "mail-unsure", None),
        (TimeoutError(), "unsure", "mail-unsure", None),
    ],
)
def test_what_came_of_it_is_told(judged, monkeypatch, fault, state, why, reply):
    (mail,) = invite(judged, "J1")
    refusing(monkeypatch, fault)
    send()
    mail.refresh_from_db()
    assert (mail.state, mail.why, mail.reply) == (state, why, reply)


def test_a_server_that_does_not_come_back_keeps_the_next_mail_for_later(judged, monkeypatch):
    """Refused, closed, and not to be opened again: the second mail was not spoken of at all."""
    invite(judged, "J1", "J2")
    opened = iter([True, True])

    def opens(self: Any) -> bool:
        if next(opened, None) is None:
            raise ConnectionRefusedError
        return True

    monkeypatch.setattr(EmailBackend, "open", opens)
    refusing(monkeypatch, smtplib.SMTPDataError(554, b""))
    send()
    assert list(Mail.objects.order_by("pk").values_list("state", "why")) == [
        ("failed", "mail-refused"),
        ("queued", "mail-later"),
    ]


def test_pauses_grow_and_end(judged, monkeypatch):
    (mail,) = invite(judged, "J1")
    refusing(monkeypatch, smtplib.SMTPDataError(451, b""))
    at, waited = AT, []
    while send(at):
        mail.refresh_from_db()
        waited.append(mail.due_at - at)
        assert send(at) == {}  # not before it is due
        at = mail.due_at
    assert waited[:-1] == list(PAUSES)
    assert (mail.state, mail.why) == (MailState.FAILED, "mail-gave-up")


def test_a_link_stays_the_same_with_every_try(judged, monkeypatch):
    (mail,) = invite(judged, "J1")
    with monkeypatch.context() as meanwhile:
        refusing(meanwhile, smtplib.SMTPDataError(451, b""))
        send()
    assert send(LATER) == {"sent": 1}
    assert open_link(token_of(mail), at=LATER) is not None
    assert SignInLink.objects.count() == 1


# ---- cut off, and two at once


def test_a_sender_that_dies_leaves_a_mail_that_is_perhaps_sent(judged, monkeypatch):
    invite(judged, "J1")

    def killed(mail: Mail, connection: Any) -> Any:
        connection.send_messages([sending.message_of(mail, connection)])
        raise KeyboardInterrupt

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sending, "handed_over", killed)
        with pytest.raises(KeyboardInterrupt):
            send()
    assert states() == [MailState.SENDING]
    assert send(AT + LOST_AFTER - timedelta(seconds=1)) == {}
    assert states() == [MailState.SENDING]
    assert send(AT + LOST_AFTER) == {}
    assert states() == [MailState.UNSURE]
    assert send(AT + timedelta(days=1)) == {}
    assert len(sent.outbox) == 1
    (mail,) = Mail.objects.all()
    send_again(mail=mail, by=judged.office, at=LATER)
    assert send(LATER) == {"sent": 1}
    first, second = sent.outbox
    assert first.body == second.body and first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_a_sender_that_was_given_up_can_still_say_that_it_was_sent(judged, monkeypatch):
    invite(judged, "J1")
    real = sending.handed_over

    def slow(mail: Mail, connection: Any) -> Any:
        sending.give_up_lost(Mail.objects.all(), at=AT + LOST_AFTER)
        return real(mail, connection)

    monkeypatch.setattr(sending, "handed_over", slow)
    send()
    assert states() == [MailState.SENT]


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Any]:
    with django_db_blocker.unblock():
        yield tmp_path


SENDERS, MAILS = 4, 3


def sent_by_many(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each address got a mail from senders that have all seen the same outbox before one of them takes any."""
    gate, real, been = threading.Barrier(SENDERS, timeout=60), sending.take, threading.local()

    def together(pk: int, *, at: Any) -> Any:
        if not hasattr(been, "here"):
            been.here = gate.wait()
        return real(pk, at=at)

    monkeypatch.setattr(sending, "take", together)
    with shared_database(shared):
        remind(mailed_contest())
        assert not [one for one in at_once([send] * SENDERS) if isinstance(one, Exception)]
    return Counter(one for message in sent.outbox for one in message.to)


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(shared, monkeypatch):
    assert list(sent_by_many(shared, monkeypatch).values()) == [1] * MAILS


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_they_would_send_it_again(shared, monkeypatch):
    monkeypatch.setattr(sending, "take", lambda pk, at: Mail.objects.select_related("link__user", "contest").get(pk=pk))
    monkeypatch.setattr(sending, "settle", lambda *args, **more: None)
    assert max(sent_by_many(shared, monkeypatch).values()) == SENDERS


# ---- asked again when it is sent


def test_who_declined_meanwhile_gets_nothing(judged):
    remind(judged)
    invite(judged, "J1")
    decline_invitation(judge=judged.judge("J1"), reason="", by=judged.users["J1"], at=LATER)
    send(LATER)
    assert receivers() == [address("J2"), address("J3")]
    assert set(Mail.objects.filter(to=address("J1")).values_list("state", "why")) == {("cancelled", "judge-gone")}


def test_who_was_let_go_meanwhile_gets_nothing(judged):
    remind(judged)
    dismiss_judge(judge=judged.judge("J1"), by=judged.office, at=LATER)
    assert send(LATER) == {"sent": 2}


def test_who_has_handed_everything_in_meanwhile_gets_no_reminder(judged):
    remind(judged)
    for number in ("A1", "A2", "A3"):
        judged.submit(80, entry=number)
    assert send(LATER) == {"sent": 2}
    assert Mail.objects.get(state=MailState.CANCELLED).why == "judge-nothing-left"


def test_to_an_address_that_was_changed_meanwhile_nothing_goes(judged):
    invite(judged, "J1")
    Judge.objects.filter(code="J1").update(email="right@example.org")
    assert send() == {}
    assert states() == [MailState.CANCELLED]


def test_a_newer_link_makes_the_mail_void(judged):
    invite(judged, "J1")
    (newer,) = invite_judges(contest=judged.contest, judges=[judged.judge()], by=judged.office, at=AT)
    send()
    assert Mail.objects.get().why == "mail-link-over"
    assert open_link(newer.token, at=AT) is not None


# ---- the office


def test_a_cancelled_mail_is_not_sent_and_its_link_ends(judged):
    (mail,) = invite(judged, "J1")
    cancel_mail(mail=mail, by=judged.office, at=AT)
    assert send() == {}
    assert open_link(token_of(mail), at=AT) is None


@pytest.mark.parametrize("state", ["sent", "sending", "cancelled"])
def test_only_what_waits_is_cancelled(judged, state):
    (mail,) = invite(judged, "J1")
    Mail.objects.update(state=state, sent_at=AT, claimed_at=AT)
    mail.refresh_from_db()
    with pytest.raises(Refused):
        cancel_mail(mail=mail, by=judged.office, at=AT)


@pytest.mark.parametrize("state", ["sent", "sending", "cancelled", "queued"])
def test_only_what_failed_or_was_cut_off_is_sent_again(judged, state):
    (mail,) = invite(judged, "J1")
    Mail.objects.update(state=state, sent_at=AT, claimed_at=AT)
    mail.refresh_from_db()
    with pytest.raises(Refused):
        send_again(mail=mail, by=judged.office, at=AT)


def test_what_failed_is_tried_again_with_all_its_tries(judged):
    (mail,) = invite(judged, "J1")
    Mail.objects.update(state="failed", why="mail-gave-up", tries=6)
    mail.refresh_from_db()
    send_again(mail=mail, by=judged.office, at=LATER)
    assert (mail.state, mail.tries, mail.why) == (MailState.QUEUED, 0, "")
    assert send(LATER) == {"sent": 1}


def test_no_second_mail_of_a_kind_waits(judged):
    (old,) = invite(judged, "J1")
    Mail.objects.update(state="failed", why="mail-refused")
    old.refresh_from_db()
    SignInLink.objects.all().delete()
    Mail.objects.update(body="-")
    invite(judged, "J1")
    old.refresh_from_db()
    with pytest.raises(Refused) as told:
        send_again(mail=old, by=judged.office, at=AT)
    assert told.value.denial.code == "mail-waits-already"


def test_a_link_that_is_over_is_not_sent_again(judged):
    (mail,) = invite(judged, "J1")
    Mail.objects.update(state="failed")
    mail.refresh_from_db()
    with pytest.raises(Refused) as told:
        send_again(mail=mail, by=judged.office, at=AT + timedelta(days=15))
    assert told.value.denial.code == "mail-link-over"

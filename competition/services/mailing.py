"""The outbox as the office keeps it: mails are written in the transaction of what they tell, and sent later."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode

from competition import events
from competition.access import why_not_mail
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import LINK_PLACE, Contest, Mail, SignInLink, User
from competition.models.mail import MailQuerySet
from competition.services.accounts import TOKEN_BYTES, digest_of, make_link
from competition.states import MailState

SUBJECT = 300  # characters


@dataclass(frozen=True)
class Letter:
    """A mail as it is meant. `about`: whom the log names; where it has a link, the link stands at `LINK_PLACE`."""

    kind: str
    about: models.Model
    to: str
    name: str
    language: str
    subject: str
    body: str
    has_link: bool = False


def digest_of_letters(letters: Sequence[Letter], last: int) -> str:
    """What was shown: something else is not written, and nothing twice from one page.

    last   the newest mail of this kind: who looks at an older page has not seen that it was written
    """
    said = [[one.kind, events.name_of(one.about), one.to, one.subject, one.body] for one in letters]
    return digest([last, said])


def last_written(contest: Contest, kind: str) -> int:
    return contest.mails.filter(kind=kind).aggregate(last=models.Max("pk"))["last"] or 0


@transaction.atomic
def write_mails(
    *, contest: Contest, letters: Sequence[Letter], accounts: Sequence[User | None] = (), by: User, at: datetime
) -> list[Mail]:
    """Into the outbox; nothing is sent here. Letters of a kind that waits for its person already are refused.

    accounts  for each letter whose link signs in as whom
    raises      Refused "mail-not-set-up", "nobody-to-mail", "mails-changed"
    """
    if denial := why_not_mail(by, contest, at=at):
        raise Refused(denial)
    if not letters:
        raise Refused(Denial("nobody-to-mail"))
    abouts = [events.name_of(one.about) for one in letters]
    if waiting(contest, letters[0].kind).filter(about__in=abouts).exists():
        raise Refused(Denial("mails-changed"))
    pairs = zip_longest(letters, accounts)
    mails = [written(contest, one, account if one.has_link else None, by=by, at=at) for one, account in pairs]
    events.record(contest, "mails.queued", contest, by=by, at=at, body={"mails": len(mails)})
    return mails


def waiting(contest: Contest, kind: str) -> models.QuerySet[Mail]:
    return contest.mails.filter(kind=kind, state__in=[MailState.QUEUED, MailState.SENDING])


def written(contest: Contest, letter: Letter, account: User | None, *, by: User, at: datetime) -> Mail:
    mail = Mail(
        contest=contest,
        kind=letter.kind,
        about=events.name_of(letter.about),
        to=letter.to,
        name=one_line(letter.name),
        language=letter.language,
        subject=one_line(letter.subject)[:SUBJECT],
        body=letter.body,
        made_by=by,
        made_at=at,
        due_at=at,
    )
    if account is not None:
        token = make_link(user=account, by=by, at=at, token=token_of(mail))
        mail.link = SignInLink.objects.get(digest=digest_of(token))
    mail.save(force_insert=True)
    return mail


def one_line(text: str) -> str:
    """A line break in a head of a mail would begin another one."""
    return " ".join(text.split())


def token_of(mail: Mail) -> str:
    """The token of a mail's link, from its key and the server's secret: no copy of the database can tell it, and who
    sends the mail a second time sends the same link."""
    mac = salted_hmac("competition.mail.link", mail.key, algorithm="sha256").digest()
    return urlsafe_base64_encode(mac[:TOKEN_BYTES])


def body_to_send(mail: Mail) -> str:
    if mail.link is None:
        return mail.body
    return mail.body.replace(LINK_PLACE, f"{settings.PUBLIC_URL}{reverse('link', args=[token_of(mail)])}")


def has_open_link(mail: Mail, *, at: datetime) -> bool:
    """Its own link, under the secret of now, may still be used."""
    link = mail.link
    if link is None or link.used_at or link.revoked_at or link.expires_at <= at or not link.user.is_active:
        return False
    return link.digest == digest_of(token_of(mail))


def why_not_carry(mail: Mail, *, at: datetime) -> Denial | None:
    """A mail that promises a link goes out with one that works, or not at all."""
    if LINK_PLACE not in mail.body or has_open_link(mail, at=at):
        return None
    return Denial("mail-link-over")


@transaction.atomic
def cancel_mail(*, mail: Mail, by: User, at: datetime) -> None:
    """While it waits. Its link ends too: nobody has seen it."""
    if denial := why_not_mail(by, mail.contest, at=at):
        raise Refused(denial)
    move(mail, MailState.CANCELLED, by=by, at=at)
    end_link(mail, at=at)


def end_link(mail: Mail, *, at: datetime) -> None:
    SignInLink.objects.filter(mail=mail, used_at=None, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def give_up_lost(rows: MailQuerySet, *, at: datetime) -> None:
    """Whether they went out nobody knows."""
    for mail in rows.lost(at).select_related("contest"):
        with contextlib.suppress(Refused):  # its sender has come back and said what came of it
            move(mail, MailState.UNSURE, by=None, at=at, why="mail-unsure")


@transaction.atomic
def send_again(*, mail: Mail, by: User, at: datetime) -> None:
    """What failed, or may have arrived: a person decides, and the mail waits once more.

    raises   Refused "mail-link-over", "mail-waits-already", or where it neither failed nor was cut off
    """
    give_up_lost(Mail.objects.filter(pk=mail.pk), at=at)
    mail.refresh_from_db(fields=["state"])
    denial = why_not_mail(by, mail.contest, at=at) or why_not_carry(mail, at=at)
    if denial is None and waiting(mail.contest, mail.kind).filter(about=mail.about).exists():
        denial = Denial("mail-waits-already")
    if denial:
        raise Refused(denial)
    move(mail, MailState.QUEUED, by=by, at=at, due_at=at, tries=0, why="", reply=None)

"""What judges are told, invitations and reminders, each in their own language; and who gets it. Reads only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from competition.access import accounts_to_link
from competition.errors import Denial
from competition.events import name_of
from competition.models import LINK_PLACE, Contest, Mail, User
from competition.services.accounts import LINK_DAYS
from competition.services.mailing import Letter, digest_of_letters, last_written, waiting
from competition.states import ContestState, MailState
from judging.models import Judge
from judging.selectors import late, waited_for
from judging.states import JudgeState

INVITATION, REMINDER = "judge.invitation", "judge.reminder"
OPEN = (ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)


@dataclass(frozen=True)
class Post:
    """Letters to judges before they are written, and why the others get none."""

    letters: list[Letter]
    without: list[Judge]  # no address
    waiting: list[Judge]  # the same kind of mail to them waits already
    declined: list[Judge]  # said that they cannot judge: who asks them again does it in person
    last: int  # the newest mail of this kind

    @property
    def digest(self) -> str:
        return digest_of_letters(self.letters, self.last)


def invitations(contest: Contest, keys: Iterable[str], *, by: User) -> Post:
    """To those of the chosen who judge here: with a link, where the account may have one."""
    judges = list(contest.judges.filter(key__in=keys, is_active=True).select_related("user", "person"))
    linked = accounts_to_link(by, [one.user_id for one in judges if one.user_id])

    def letter(judge: Judge) -> Letter:
        has_link = judge.user_id is None or judge.user_id in linked
        facts = {
            "link": LINK_PLACE if has_link else "",
            "url": f"{settings.PUBLIC_URL}/",
            "username": judge.user.username if judge.user else "",
            "days": LINK_DAYS,
            "is_new": judge.state != JudgeState.ACCEPTED,
        }
        subject = _("%(contest)s: you are asked to judge") if facts["is_new"] else _("%(contest)s: link to your works")
        return written(INVITATION, judge, contest, subject, "mail/invitation.txt", facts)

    return sorted_out(contest, INVITATION, judges, letter)


def reminders(contest: Contest) -> Post:
    """To whoever has something left, which leaves out who declined, was let go, or may not judge what is left."""
    left = dict(late(contest))

    def letter(judge: Judge) -> Letter:
        subject = _("%(contest)s: works wait for your marks")
        facts = {"text": reminder(contest, judge, left[judge])}
        return written(REMINDER, judge, contest, subject, "mail/reminder.txt", facts)

    return sorted_out(contest, REMINDER, list(left), letter)


def sorted_out(contest: Contest, kind: str, judges: list[Judge], letter: Callable[[Judge], Letter]) -> Post:
    busy = set(waiting(contest, kind).values_list("about", flat=True))
    post = Post([], [], [], [], last_written(contest, kind))
    for judge in judges:
        if judge.state == JudgeState.DECLINED:
            post.declined.append(judge)
        elif not judge.email:
            post.without.append(judge)
        elif name_of(judge) in busy:
            post.waiting.append(judge)
        else:
            with translation.override(judge.language or settings.LANGUAGE_CODE):
                post.letters.append(letter(judge))
    return post


def written(kind: str, judge: Judge, contest: Contest, subject: str, template: str, facts: dict[str, Any]) -> Letter:
    facts = {"name": judge.person.name, "contest": contest.label, "contact": contest.contact, **facts}
    return Letter(
        kind=kind,
        about=judge,
        to=judge.email,
        name=judge.person.name,
        language=judge.language or settings.LANGUAGE_CODE,
        subject=subject % {"contest": contest.label},
        body=render_to_string(template, facts),
        has_link=bool(facts.get("link")),
    )


def reminder(contest: Contest, one: Judge, left: int) -> str:
    """In words that fit: who has not answered yet has no PIN, and a link that was used opens nothing any more."""
    facts = {"name": one.person.name, "contest": contest.label, "left": left}
    if one.user is None:
        return _("%(name)s: in “%(contest)s” %(left)s works still wait for your score sheets.") % facts
    facts |= {"url": f"{settings.PUBLIC_URL}/", "username": one.user.username}
    if one.state != JudgeState.ACCEPTED:
        return (
            _(
                "%(name)s: in “%(contest)s” %(left)s works wait for you. Please open the personal link that you were "
                "sent and answer; if it is lost, ask us for a new one."
            )
            % facts
        )
    text = _(
        "%(name)s: in “%(contest)s” %(left)s works still wait for your marks. Sign in at %(url)s with your name "
        "%(username)s and your PIN. PIN forgotten? Ask us for a new link."
    )
    return text % facts


def last_reminded(contest: Contest) -> dict[str, datetime]:
    """When the last reminder went out by mail, by what the log calls the judge."""
    sent = contest.mails.filter(kind=REMINDER, state=MailState.SENT).order_by()
    return dict(sent.values_list("about").annotate(last=Max("sent_at")))


# ---- asked once more when a mail is sent: meanwhile things may have changed


def judge_of(mail: Mail) -> Judge | None:
    """Of this contest, still here, at the same address."""
    rows = mail.contest.judges.filter(is_active=True, email=mail.to).select_related("contest", "user")
    return rows.filter(key=mail.about.rpartition(":")[2]).first()


def why_not_be_invited(mail: Mail, *, at: datetime) -> Denial | None:
    judge = judge_of(mail)
    if judge is None or mail.contest.state not in OPEN:
        return Denial("judge-gone")
    has_declined = judge.state == JudgeState.DECLINED and judge.answered_at and judge.answered_at >= mail.made_at
    return Denial("judge-gone") if has_declined else None


def why_not_be_reminded(mail: Mail, *, at: datetime) -> Denial | None:
    judge = judge_of(mail)
    if judge is None or mail.contest.state not in OPEN or judge.state == JudgeState.DECLINED:
        return Denial("judge-gone")
    return None if waited_for(mail.contest, judge=judge) else Denial("judge-nothing-left")

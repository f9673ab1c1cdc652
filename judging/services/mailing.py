"""Judges are written to: what was shown, all of it or nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Mail, User
from competition.services.mailing import write_mails
from judging import letters
from judging.letters import Post
from judging.models import Judge
from judging.services.panel import kept_by, seat


@transaction.atomic
def invite_by_mail(*, contest: Contest, keys: Iterable[str], shown: str, by: User, at: datetime) -> list[Mail]:
    """An account for who has none, and a mail with a personal link for each; links from before end.

    shown    the digest of the letters that the person looked at
    raises   Refused "mails-changed" where they would be others now, and what `write_mails` refuses
    """
    contest = kept_by(contest, by, at)
    post = letters.invitations(contest, keys, by=by)
    judges = asked(post, shown)
    accounts = [seat(one, by=by, at=at) for one in judges]
    mails = write_mails(contest=contest, letters=post.letters, accounts=accounts, by=by, at=at)
    events.record(contest, "judges.invited", contest, by=by, at=at, body={"judges": len(mails)})
    return mails


@transaction.atomic
def remind_by_mail(*, contest: Contest, shown: str, by: User, at: datetime) -> list[Mail]:
    """Whoever has an address and something left. Links stay as they are."""
    contest = kept_by(contest, by, at)
    post = letters.reminders(contest)
    asked(post, shown)
    return write_mails(contest=contest, letters=post.letters, by=by, at=at)


def asked(post: Post, shown: str) -> list[Judge]:
    if post.digest != shown:
        raise Refused(Denial("mails-changed"))
    return [one.about for one in post.letters if isinstance(one.about, Judge)]

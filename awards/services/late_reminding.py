"""Schools are reminded of details that are missing: what was shown, all of it or nothing."""

from datetime import datetime

from django.db import transaction

from awards.late_letters import late_reminders, why_not_ask_again
from competition.access import why_not_send_up
from competition.errors import Denial, Refused
from competition.models import Contest, Mail, User
from competition.services.locks import locked_contest
from competition.services.mailing import write_mails


@transaction.atomic
def remind_late_by_mail(*, contest: Contest, shown: str, by: User, at: datetime) -> list[Mail]:
    """To every account with an address that acts for a school of which something is missing.

    shown    the digest of the letters that the person looked at
    raises   Refused "mails-changed" where they would be others now, "late-closed", "late-over", and what `write_mails`
             refuses
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_send_up(by, contest, at=at) or why_not_ask_again(contest, at=at):
        raise Refused(denial)
    post = late_reminders(contest)
    if post.digest != shown:
        raise Refused(Denial("mails-changed"))
    return write_mails(contest=contest, letters=post.letters, by=by, at=at)

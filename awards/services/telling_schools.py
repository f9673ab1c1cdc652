"""Schools are told by mail that their certificates are ready: what was shown, all of it or nothing."""

from datetime import datetime

from django.db import transaction

from awards.access_to_certificates import why_not_tell_schools
from awards.services.school_letters import LONGEST_NOTE, certificate_letters
from competition.errors import Denial, Refused
from competition.models import Contest, Mail, User
from competition.services.locks import locked_contest
from competition.services.mailing import write_mails


@transaction.atomic
def tell_schools(*, contest: Contest, note: str, shown: str, by: User, at: datetime) -> list[Mail]:
    """shown    the digest of the letters that the person looked at
    raises   Refused "mails-changed" where they would be others now, and what `write_mails` refuses
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_tell_schools(by, contest, at=at):
        raise Refused(denial)
    post = certificate_letters(contest, note[:LONGEST_NOTE])
    if post.digest != shown:
        raise Refused(Denial("mails-changed"))
    return write_mails(contest=contest, letters=post.letters, by=by, at=at)

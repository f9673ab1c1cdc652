"""Certificates that schools download themselves: let by the office, made without seal."""

from datetime import datetime

from django.db import transaction

from awards.access_to_certificates import (
    OfSchool,
    may_schools_download,
    why_not_design_certificates,
    why_not_fetch_certificates,
)
from awards.services.certificates import print_certificates
from awards.services.file_signatures import signed
from competition import events
from competition.errors import Refused
from competition.models import Contest, School, User
from competition.services.locks import locked_contest


@transaction.atomic
def let_schools_download(*, contest: Contest, is_let: bool, by: User, at: datetime) -> None:
    """From the publication on; what was not downloaded yet can be taken back at any time."""
    contest = locked_contest(contest.pk)
    if denial := why_not_design_certificates(by, contest, at=at):
        raise Refused(denial)
    if may_schools_download(contest) == is_let:
        return
    contest.settings |= {"school_certificates": is_let}
    contest.save(update_fields=["settings"])
    events.record(contest, "certificates.schools", contest, by=by, at=at, body={"download": is_let})


def certificates_for(*, contest: Contest, school: School, by: User, at: datetime) -> bytes:
    """As one PDF, by number, signed where a certificate is set up. Each look is recorded with whoever it shows them to.

    raises   Refused; GlyphMissing, DoesNotFit
    """
    if denial := why_not_fetch_certificates(by, OfSchool(contest, school), at=at):
        raise Refused(denial)
    wanted = contest.certificates.out().of_school(school).order_by("serial")
    data = signed(print_certificates([contest], wanted=wanted), at=at)
    events.record_look(by, f"certificates of {school.key}", contest, at=at)
    return data

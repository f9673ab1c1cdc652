"""Certificates printed from their pages: how, which, with which seals. Each printing is written down."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from awards.access_to_certificates import why_not_print_certificate, why_not_print_certificates
from awards.models import Certificate, CertificatePrint, SealUse, Templates
from awards.services.certificate_designs import Standing, standing_seals
from awards.services.certificate_templates import kinds_of_certificates
from awards.services.certificates import print_certificates
from awards.services.file_signatures import signed
from awards.states import CertificateState, PrintedAs
from awards.wording import kind_of
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


def print_all(*, contest: Contest, printed_as: str, by: User, at: datetime) -> bytes:
    """All that are valid, each kind in its template.

    raises   Refused "nothing-to-print", "no-seal", "seal-withdrawn"; GlyphMissing, DoesNotFit
    """
    if denial := why_not_print_certificates(by, contest, at=at):
        raise Refused(denial)
    return made(contest, printed_as, None, by=by, at=at)


def print_one(*, certificate: Certificate, printed_as: str, by: User, at: datetime) -> bytes:
    """This one again, as often as it is wanted, under its number; signed where a certificate is set up.

    raises   Refused "certificate-not-valid", where it cannot be signed, and as `print_all`
    """
    if denial := why_not_print_certificate(by, certificate, at=at):
        raise Refused(denial)
    return made(certificate.contest, printed_as, certificate, by=by, at=at)


def made(contest: Contest, printed_as: str, certificate: Certificate | None, *, by: User, at: datetime) -> bytes:
    """Made first and written down after it: ten thousand pages take seconds, in which nobody else could write."""
    wanted = [certificate] if certificate else None
    standing, used = seals_for(contest, printed_as, certificate)
    data = print_certificates([contest], printed_as=printed_as, wanted=wanted, standing=standing)
    if certificate and printed_as != PrintedAs.STOCK:  # those go out as files too; all at once go to a printer
        data = signed(data, at=at)
    record_print(contest=contest, certificate=certificate, printed_as=printed_as, seals=used, by=by, at=at)
    return data


def seals_for(
    contest: Contest, printed_as: str, certificate: Certificate | None = None
) -> tuple[Standing | None, list[SealUse]]:
    """What stands, and what of it is printed; nothing where it is printed without seals.

    raises   Refused "no-seal"
    """
    if printed_as != PrintedAs.SEALED:
        return None, []
    standing, templates = standing_seals(contest), Templates(contest)
    kinds = [kind_of(certificate)] if certificate else kinds_of_certificates(contest)
    used = list({one.pk: one for kind in kinds for one in standing.used_by(templates.of(kind))}.values())
    if not used:
        raise Refused(Denial("no-seal"))
    return standing, used


@transaction.atomic
def record_print(
    *,
    contest: Contest,
    certificate: Certificate | None,
    printed_as: str,
    seals: Sequence[SealUse],
    by: User | None,
    at: datetime,
) -> CertificatePrint:
    """raises   Refused "seal-withdrawn" where somebody withdrew a seal while the pages were made"""
    contest = locked_contest(contest.pk)
    refuse_withdrawn(contest, {one.pk for one in seals})
    number = 1 if certificate else contest.certificates.filter(state=CertificateState.VALID).count()
    row = CertificatePrint.objects.create(
        contest=contest, certificate=certificate, printed_as=printed_as, number=number,
        seals=sorted(one.key for one in seals), at=at, by=by,
    )  # fmt: skip
    body = {"as": str(printed_as), "number": number, "seals": row.seals}
    events.record(contest, "certificates.printed", certificate or contest, by=by, at=at, body=body)
    return row


def refuse_withdrawn(contest: Contest, used: Collection[int]) -> None:
    gone = contest.seals.filter(pk__in=used, withdrawn_at__isnull=False).first()
    if gone is not None:
        raise Refused(Denial("seal-withdrawn", {"name": gone.name}))

"""Certificates printed from their pages: how, which, with which seals. Each printing is written down."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from awards.access_to_certificates import why_not_print_certificate, why_not_print_certificates
from awards.access_to_trainings import why_not_print_attendance, why_not_print_participant, why_not_use_training
from awards.core.certificate_template import Template
from awards.models import Certificate, CertificatePrint, Participant, SealUse, Templates, Training
from awards.services.attendance import certificates_of_attendance, printed, template_of
from awards.services.certificate_designs import Standing, standing_seals
from awards.services.certificate_templates import kinds_of_certificates
from awards.services.certificates import print_certificates
from awards.services.owners import locked_owner
from awards.services.trainings import locked
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
    """This one again, as often as it is wanted, under its number.

    raises   Refused "certificate-not-valid", and as `print_all`
    """
    if denial := why_not_print_certificate(by, certificate, at=at):
        raise Refused(denial)
    return made(certificate.contest, printed_as, certificate, by=by, at=at)


def print_attendance(
    *, training: Training, participant: Participant | None = None, printed_as: str, by: User, at: datetime
) -> bytes:
    """All certificates of a training that count, or one of them again.

    raises   Refused "nobody-issued", "certificate-not-valid", "no-seal", "seal-withdrawn", "training-erased";
             GlyphMissing, DoesNotFit
    """
    denial = why_not_print_attendance(by, training, at=at)
    if denial := denial or (why_not_print_participant(by, participant, at=at) if participant else None):
        raise Refused(denial)
    template = template_of(training, Templates(training.contest))
    standing, used = seals_among(training.contest, printed_as, [template])
    rows = [participant] if participant else printed(training)
    data = certificates_of_attendance(training, rows, printed_as=printed_as, standing=standing)
    record_attendance(
        training=training, participant=participant, number=len(rows), printed_as=printed_as, seals=used, by=by, at=at
    )
    return data


def made(contest: Contest, printed_as: str, certificate: Certificate | None, *, by: User, at: datetime) -> bytes:
    """Made first and written down after it: ten thousand pages take seconds, in which nobody else could write."""
    wanted = [certificate] if certificate else None
    standing, used = seals_for(contest, printed_as, certificate)
    data = print_certificates([contest], printed_as=printed_as, wanted=wanted, standing=standing)
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
    templates = Templates(contest)
    kinds = [kind_of(certificate)] if certificate else kinds_of_certificates(contest)
    return seals_among(contest, printed_as, [templates.of(kind) for kind in kinds])


def seals_among(
    contest: Contest | None, printed_as: str, templates: Iterable[Template]
) -> tuple[Standing | None, list[SealUse]]:
    """As `seals_for`, of these templates."""
    if printed_as != PrintedAs.SEALED:
        return None, []
    standing = standing_seals(contest)
    used = list({one.pk: one for template in templates for one in standing.used_by(template)}.values())
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
    row = CertificatePrint(contest=contest, certificate=certificate, printed_as=printed_as, number=number)
    return written(row, contest, certificate or contest, seals, by=by, at=at)


@transaction.atomic
def record_attendance(
    *,
    training: Training,
    participant: Participant | None,
    number: int,
    printed_as: str,
    seals: Sequence[SealUse],
    by: User | None,
    at: datetime,
) -> CertificatePrint:
    """As `record_print`, of a training.

    raises   Refused "seal-withdrawn", "training-erased" where that happened while the pages were made
    """
    training = locked(training)
    if denial := why_not_use_training(by, training, at=at):
        raise Refused(denial)
    contest = locked_owner(training.contest)
    refuse_withdrawn(contest, {one.pk for one in seals})
    row = CertificatePrint(training=training, participant=participant, printed_as=printed_as, number=number)
    return written(row, contest, participant or training, seals, by=by, at=at)


def written(
    row: CertificatePrint, contest: Contest | None, subject: Model, seals: Sequence[SealUse], *, by: User | None,
    at: datetime,
) -> CertificatePrint:  # fmt: skip
    row.seals, row.by, row.at = sorted(one.key for one in seals), by, at
    row.save(force_insert=True)
    body = {"as": str(row.printed_as), "number": row.number, "seals": row.seals}
    events.record(contest, "certificates.printed", subject, by=by, at=at, body=body)
    return row


def refuse_withdrawn(contest: Contest | None, used: Collection[int]) -> None:
    gone = SealUse.objects.filter(contest=contest, pk__in=used, withdrawn_at__isnull=False).first()
    if gone is not None:
        raise Refused(Denial("seal-withdrawn", {"name": gone.name}))

"""Seals and signatures to be printed: whose use was allowed, by whom, by what; and withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from awards.access_to_certificates import why_not_design_certificates, why_not_see_seal
from awards.models import SealUse
from awards.services.owners import day_of, locked_owner, mint_of
from awards.states import SealKind
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, StoredFile, User

LEAST_WIDE, MOST_WIDE = 15, 80  # millimetres


@dataclass(frozen=True)
class Authorised:
    """As of `SealUse`. `wide` in millimetres, 0: as large as the page has room."""

    kind: SealKind
    name: str
    authorised_by: str
    document: str
    authorised_on: date
    wide: int = 0


@transaction.atomic
def authorise_seal(
    *, contest: Contest | None, said: Authorised, picture: StoredFile | None, by: User, at: datetime
) -> SealUse:
    """From here on certificates may be printed with it.

    contest  None: those of trainings of the installation's office
    picture  a clean PNG, see awards.services.seal_pictures; None: the seal is drawn from the name
    raises   Refused "seal-unnamed", "seal-unauthorised", "seal-in-future", "seal-without-picture", "seal-width",
             "seal-twice", and why somebody may not
    """
    contest = locked_owner(contest)
    if denial := why_not_design_certificates(by, contest, at=at):
        raise Refused(denial)
    name = said.name.strip()
    if not name:
        raise Refused(Denial("seal-unnamed"))
    if not said.authorised_by.strip() or not said.document.strip():
        raise Refused(Denial("seal-unauthorised", {"name": name}))
    if said.authorised_on > day_of(contest, at):
        raise Refused(Denial("seal-in-future"))
    if said.kind == SealKind.SIGNATURE and picture is None:
        raise Refused(Denial("seal-without-picture", {"name": name}))
    if said.wide and not LEAST_WIDE <= said.wide <= MOST_WIDE:
        raise Refused(Denial("seal-width", {"least": LEAST_WIDE, "most": MOST_WIDE}))
    known, mint = SealUse.objects.filter(contest=contest), mint_of(contest)
    if known.standing().filter(kind=said.kind, name=name).exists():
        raise Refused(Denial("seal-twice", {"name": name}))
    made = SealUse.objects.create(
        key=mint.key("seal", known.count() + 1), contest=contest, kind=said.kind, name=name,
        picture=picture, wide=said.wide, authorised_by=said.authorised_by.strip(), document=said.document.strip(),
        authorised_on=said.authorised_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    body = {"kind": str(said.kind), "on": said.authorised_on.isoformat(), "wide": said.wide}
    body |= {"why": mint.commitment(name, made.authorised_by, made.document)}
    body |= {"sha256": picture.sha256} if picture else {}
    events.record(contest, "seal.authorised", made, by=by, at=at, body=body)
    return made


@transaction.atomic
def withdraw_seal(*, seal: SealUse, reason: str, by: User, at: datetime) -> None:
    """It is printed no more. What was printed with it stays, and says under which authorisation.

    raises   Refused "seal-withdrawn", "seal-without-reason", and why somebody may not
    """
    contest = locked_owner(seal.contest)
    seal = SealUse.objects.get(pk=seal.pk)
    seal.contest = contest
    if denial := why_not_see_seal(by, seal, at=at):
        raise Refused(denial)
    if seal.withdrawn_at is not None:
        raise Refused(Denial("seal-withdrawn", {"name": seal.name}))
    if not reason.strip():
        raise Refused(Denial("seal-without-reason", {"name": seal.name}))
    seal.withdrawn_at, seal.withdrawn_because = at, reason.strip()
    seal.save(update_fields=["withdrawn_at", "withdrawn_because"])
    body = {"why": mint_of(contest).commitment(reason.strip())}
    events.record(contest, "seal.withdrawn", seal, by=by, at=at, body=body)

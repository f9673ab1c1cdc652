"""Who designs, prints and seals certificates: the office of their contest, or that of the installation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from awards.models import Certificate, CertificateTemplate, SealUse
from awards.states import CertificateState
from competition.access import HIDDEN, why_not_mail, why_not_organise, why_not_see_school
from competition.errors import Denial
from competition.models import Contest, School


def why_not_design_certificates(user: Any, contest: Contest | None, *, at: datetime) -> Denial | None:
    """Templates and seals; None: of trainings of no contest. A delegation's certificates come from the higher level."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if hasattr(contest, "delegation") else None


def why_not_take_template(user: Any, source: CertificateTemplate, *, at: datetime) -> Denial | None:
    """As a copy: whoever organises the contest that it comes from."""
    return why_not_design_certificates(user, source.contest, at=at)


def why_not_see_seal(user: Any, seal: SealUse, *, at: datetime) -> Denial | None:
    return why_not_design_certificates(user, seal.contest, at=at)


def why_not_see_certificate(user: Any, certificate: Certificate, *, at: datetime) -> Denial | None:
    """Its page, whatever its state."""
    return why_not_design_certificates(user, certificate.contest, at=at)


def why_not_print_certificates(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Those that count: one of an older version of the list is issued anew first."""
    if denial := why_not_design_certificates(user, contest, at=at):
        return denial
    valid = contest.certificates.filter(state=CertificateState.VALID)
    if not valid.exists() or valid.filter(list__state="superseded").exists():
        return Denial("nothing-to-print", {"contest": contest})
    return None


def why_not_print_certificate(user: Any, certificate: Certificate, *, at: datetime) -> Denial | None:
    if denial := why_not_see_certificate(user, certificate, at=at):
        return denial
    if certificate.state != CertificateState.VALID or certificate.list.state == "superseded":
        return Denial("certificate-not-valid", {"number": certificate.number})
    return None


def why_not_tell_schools(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """By mail, from the publication on."""
    denial = why_not_design_certificates(user, contest, at=at) or why_not_mail(user, contest, at=at)
    if denial or contest.certificates.out().exists():
        return denial
    return Denial("no-certificates-out", {"contest": contest})


@dataclass(frozen=True)
class OfSchool:
    """The certificates of a school in a contest."""

    contest: Contest
    school: School


def may_schools_download(contest: Contest) -> bool:
    """Not unless the office says so."""
    return bool(contest.settings.get("school_certificates", False))


def why_not_fetch_certificates(user: Any, found: OfSchool, *, at: datetime) -> Denial | None:
    """Its own, from the publication on, where the office lets schools."""
    if denial := why_not_see_school(user, found.school, at=at):
        return denial
    if not may_schools_download(found.contest):
        return Denial("certificates-at-the-office")
    if not found.contest.certificates.out().of_school(found.school).exists():
        return Denial("no-certificates-of-school")
    return None


@dataclass(frozen=True)
class DesignOf:
    """A template by its place: a contest, and a kind of certificate or "" for all kinds.

    contest   None: of the office of the installation, whose kind is attendance
    """

    contest: Contest | None
    kind: str


def why_not_design_kind(user: Any, design: DesignOf, *, at: datetime) -> Denial | None:
    return why_not_design_certificates(user, design.contest, at=at)

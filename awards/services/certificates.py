"""Certificates: numbered once, kept while they say the truth, revoked and issued anew where they do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db import transaction

from awards.core.certificate_template import TITLE
from awards.dues import Due, dues
from awards.models import AwardList, Certificate, Participant, Templates
from awards.pdf import CertificateDesign, CertificatePage, Leaf, Place, certificate_book, certificate_files
from awards.services.approvals import refuse_unapproved
from awards.services.backgrounds import laid_under
from awards.services.certificate_designs import Standing, background_of, design_of
from awards.services.early import pass_gate
from awards.services.lists import check_list, refuse_findings
from awards.services.signed_codes import sign_certificates
from awards.services.signing import signer
from awards.states import CertificateKind, CertificateState, EarlyKind, ListState, PrintedAs
from awards.wording import NUMBER_PATTERN, Wording, joined, kind_of, wording
from competition import events
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, StoredFile, User
from competition.services.locks import locked_contest

PLACES_OF_SERIAL = 4
RELATED = ("contest", "award", "special", "recognition__rule")  # what its words are made of


@transaction.atomic
def issue_certificates(*, award_list: AwardList, by: User | None, at: datetime, reason: str = "") -> int:
    """Give every award of a locked list its certificate; how many are valid now.

    A certificate that says what the list says keeps its number. One that does not is revoked, and a new one takes
    the next number: numbers are given once.
    reason   why they do not wait for the notice, where the contest asks for one
    raises   Refused "not-locked", "list-not-clean", "notice-due", "notice-not-over", "objections-open", and what the
             bodies above the committee have not approved; "signing-key-lost"
    """
    locked_contest(award_list.contest_id)
    award_list.refresh_from_db()  # it may have been amended since, or the contest may ask for a notice now
    contest = award_list.contest
    if award_list.state not in (ListState.LOCKED, ListState.PUBLISHED):
        raise Refused(Denial("not-locked", {"contest": contest}))
    refuse_unapproved(award_list)
    pass_gate(award_list, EarlyKind.ISSUE, reason=reason, by=by, at=at)
    due_now = dues(award_list)
    standing = contest.certificates.filter(state=CertificateState.VALID).select_related("award", "special")
    valid = {one.purpose: one for one in standing}
    serial = contest.certificates.order_by("-serial").values_list("serial", flat=True).first() or 0
    kept, fresh, templates = [], [], Templates(contest)
    for due in due_now:
        template = templates.of(kind_of(due))
        text, language = wording(contest, due, template), template.language
        old = valid.pop(due.purpose, None)
        if old and printed_words(old, language) == (due.names, text.honorific, text.body, line_of(due, language)):
            if old.list_id != award_list.pk:
                old.list, old.award, old.recognition, old.special = award_list, due.award, due.recognition, due.special
                kept.append(old)
            continue
        if old:
            move(old, CertificateState.REVOKED, by=by, at=at)
        serial += 1
        fresh.append(certificate_of(award_list, due, text, serial))
    for gone in valid.values():
        move(gone, CertificateState.REVOKED, by=by, at=at)
    Certificate.objects.bulk_update(kept, ["list", "award", "recognition", "special"], batch_size=500)
    if any(one.token for one in fresh):
        sign_certificates(contest, fresh, signer(by=by, at=at))
    Certificate.objects.bulk_create(fresh, batch_size=500)
    refuse_findings(check_list(award_list))
    if fresh or valid or kept:
        body = {"issued": len(fresh), "kept": len(kept), "revoked": len(valid)}
        events.record(contest, "certificates.issued", award_list, by=by, at=at, body=body)
    return len(due_now)


def printed_words(old: Certificate, language: str) -> tuple[tuple[str, ...], str, str, str]:
    """All that may differ on a certificate."""
    return tuple(old.recipients), old.honorific, old.body, line_of(old, language)


def certificate_of(award_list: AwardList, due: Due, text: Wording, serial: int) -> Certificate:
    contest = award_list.contest
    return Certificate(
        key=contest.mint.key("certificate", serial),
        contest=contest,
        list=award_list,
        serial=serial,
        number=number_of(contest, serial),
        purpose=due.purpose,
        kind=due.kind,
        award=due.award,
        recognition=due.recognition,
        special=due.special,
        recipients=list(due.names),
        honorific=text.honorific,
        body=text.body,
        token=contest.mint.key("token", serial) if contest.has_verification else "",
    )


def number_of(contest: Contest, serial: int) -> str:
    return number_of_pattern(contest, str(serial).zfill(PLACES_OF_SERIAL))


def number_of_pattern(contest: Contest, serial: str) -> str:
    pattern = contest.settings.get("number_pattern") or NUMBER_PATTERN
    return str(pattern.format(year=contest.year, ordinal=contest.ordinal or "", serial=serial))


def verification_url(code: str) -> str:
    """In capitals, so that the symbol stays small. The page takes a token alone as well."""
    return f"{settings.PUBLIC_URL}/C/{code}".upper()


@dataclass(frozen=True)
class Part:
    """Certificates of one template, in the order of printing."""

    template: str  # the kind whose template it is, "" for that of all kinds
    rows: list[tuple[Certificate | Participant, CertificatePage]]


def parts_of(contest: Contest, templates: Templates, wanted: Iterable[Certificate] | None = None) -> list[Part]:
    """The valid certificates, or those that are wanted, by template; within it in the order of printing."""
    rows = contest.certificates.filter(state=CertificateState.VALID)
    if wanted is None:
        order = {due.purpose: index for index, due in enumerate(dues(contest.award_lists.standing().get()))}
        found = sorted(rows.select_related(*RELATED), key=lambda one: order[one.purpose])
    else:
        found = list(rows.filter(pk__in=[one.pk for one in wanted]).select_related(*RELATED))
    return by_template(templates, found)


def by_template(templates: Templates, found: Iterable[Certificate]) -> list[Part]:
    """In the given order, within each."""
    parts: dict[str, Part] = {}
    for one in found:
        row = templates.row(kind_of(one))
        name = row.kind if row else ""
        language = templates.of(name).language
        parts.setdefault(name, Part(name, [])).rows.append((one, page_of(one, language)))
    return list(parts.values())


def page_of(one: Certificate, language: str) -> CertificatePage:
    return CertificatePage(
        number=one.number,
        recipients=tuple(one.recipients),
        honorific=one.honorific,
        body=one.body,
        tutors=line_of(one, language),
        qr=verification_url(one.code or one.token) if one.token else "",
        bookmark=f"{one.number} {joined(one.recipients)}",
    )


def line_of(one: Certificate | Due, language: str) -> str:
    """A line of its own, so that no name breaks: an author's certificate names the tutors, a tutor's the authors."""
    if one.work is None or one.kind not in (CertificateKind.AUTHOR, CertificateKind.TUTOR):
        return ""
    said, is_author = one.work.said, one.kind == CertificateKind.AUTHOR
    names = said["tutors"] if is_author else said["authors"] or list(filter(None, [said["group"]]))
    if not names:
        return ""
    if language == "en":
        return f"{'Tutors' if is_author else 'Authors'}: {', '.join(names)}"
    return f"{'指导教师' if is_author else '作者'}：{joined(names)}"


def print_certificates(
    contests: Sequence[Contest],
    *,
    printed_as: str = PrintedAs.PLAIN,
    wanted: Iterable[Certificate] | None = None,
    standing: Standing | None = None,
) -> bytes:
    """All valid certificates as one PDF, each contest in its own design.

    wanted     these alone
    standing   the seals that may be printed
    raises     GlyphMissing, DoesNotFit: both name the certificate
    """
    sections = []
    for contest in contests:
        templates = Templates(contest)
        for part in parts_of(contest, templates, wanted):
            sections.append(section_of(contest, templates, part, printed_as, standing))
    return bound(about_certificates(contests[0]), sections)


Section = tuple[CertificateDesign, list[CertificatePage], StoredFile | None]


def section_of(
    contest: Contest,
    templates: Templates,
    part: Part,
    printed_as: str = PrintedAs.PLAIN,
    standing: Standing | None = None,
) -> Section:
    """Its design, its pages, and what lies under them."""
    template, row = templates.of(part.template), templates.row(part.template)
    design = design_of(contest, template, printed_as, standing)
    return design, [page for _, page in part.rows], background_of(row, template, printed_as)


class About(TypedDict):
    """What a file says of itself. at: its date."""

    at: datetime
    title: str
    author: str


def about_certificates(contest: Contest) -> About:
    issuers = joined(contest.settings.get("issuers", []))
    return About(at=contest.local_as_of, title=f"{contest.label_zh} · {TITLE}", author=issuers)


def bound(about: About, sections: Sequence[Section], order: Sequence[Place | Leaf] | None = None) -> bytes:
    """One file. order: as of `certificate_book`."""
    data = certificate_book([(design, pages) for design, pages, _under in sections], order=order, **about)
    return laid_under(data, [under for _design, _pages, under in sections])


def bound_alone(about: About, section: Section) -> list[bytes]:
    """One file for each page, as if it were bound by itself."""
    design, pages, under = section
    return [laid_under(data, [under]) for data in certificate_files(design, pages, **about)]

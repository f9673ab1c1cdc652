"""Certificates: numbered once, kept while they say the truth, revoked and issued anew where they do not."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from awards.dues import Due, dues
from awards.models import AwardList, Certificate
from awards.pdf import CertificateDesign, CertificatePage, certificate_book
from awards.pdf.fonts import normalise
from awards.services.approvals import refuse_unapproved
from awards.services.early import pass_gate
from awards.services.lists import check_list, refuse_findings
from awards.services.signed_codes import sign_certificates
from awards.services.signing import signer
from awards.states import CertificateKind, CertificateState, EarlyKind, ListState
from awards.wording import LINE, NUMBER_PATTERN, TITLE, Wording, date_text, joined, wording
from competition import events
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, User
from competition.services.locks import locked_contest

PLACES_OF_SERIAL = 4


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
    kept, fresh = [], []
    for due in due_now:
        text = wording(contest, due)
        old = valid.pop(due.purpose, None)
        if old and printed_words(contest, old) == (due.names, text.honorific, text.body, line_of(contest, due)):
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


def printed_words(contest: Contest, old: Certificate) -> tuple[tuple[str, ...], str, str, str]:
    """All that may differ on a certificate."""
    return tuple(old.recipients), old.honorific, old.body, line_of(contest, old)


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


def design_of(contest: Contest) -> CertificateDesign:
    language = contest.settings.get("certificate_language", "zh")
    in_english = language == "en"
    return CertificateDesign(
        title=contest.settings.get("certificate_title") or ("Certificate of Award" if in_english else TITLE),
        title_en="Certificate of Award" if language == "both" else "",
        issuers=tuple(normalise(issuer) for issuer in contest.settings.get("issuers", [])),
        signature=signature_of(contest, language),
        date_text=date_text(contest.local_as_of.date(), language),
        closing="" if in_english else "特发此证，以资鼓励。",
        line=contest.settings.get("line", "" if in_english else LINE),
        number_label="No." if in_english else "编号",
    )


def signature_of(contest: Contest, language: str) -> str:
    """The words before the line that somebody signs by hand; "" where the rules name nobody."""
    signatory = contest.settings.get("signatory", "")
    if not signatory:
        return ""
    return f"{signatory} (signature): " if language == "en" else f"{signatory}（签名）："


def pages_of(contest: Contest) -> list[CertificatePage]:
    """The valid certificates in the order of printing."""
    valid = contest.certificates.filter(state=CertificateState.VALID).select_related("contest", "award", "special")
    order = {due.purpose: index for index, due in enumerate(dues(contest.award_lists.standing().get()))}
    return [
        CertificatePage(
            number=one.number,
            recipients=tuple(one.recipients),
            honorific=one.honorific,
            body=one.body,
            tutors=line_of(contest, one),
            qr=verification_url(one.code or one.token) if one.token else "",
            bookmark=f"{one.number} {joined(one.recipients)}",
        )
        for one in sorted(valid, key=lambda one: order[one.purpose])
    ]


def line_of(contest: Contest, one: Certificate | Due) -> str:
    """A line of its own, so that no name breaks: an author's certificate names the tutors, a tutor's the authors."""
    if one.work is None or one.kind not in (CertificateKind.AUTHOR, CertificateKind.TUTOR):
        return ""
    said, is_author = one.work.said, one.kind == CertificateKind.AUTHOR
    names = said["tutors"] if is_author else said["authors"] or list(filter(None, [said["group"]]))
    if not names:
        return ""
    if contest.settings.get("certificate_language") == "en":
        return f"{'Tutors' if is_author else 'Authors'}: {', '.join(names)}"
    return f"{'指导教师' if is_author else '作者'}：{joined(names)}"


def print_certificates(contests: Sequence[Contest]) -> bytes:
    """All valid certificates as one PDF, each contest in its own design.

    raises   GlyphMissing, DoesNotFit: both name the certificate
    """
    first = contests[0]
    return certificate_book(
        [(design_of(contest), pages_of(contest)) for contest in contests],
        at=first.local_as_of,
        title=f"{first.label_zh} · {TITLE}",
        author=joined(first.settings.get("issuers", [])),
    )

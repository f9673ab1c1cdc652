"""Templates of certificates: saved as versions, taken from elsewhere or from before, given up for a kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.access_to_certificates import why_not_design_certificates, why_not_take_template
from awards.core.certificate_template import KINDS, Template, body_of, template_faults
from awards.models import CertificateTemplate, Templates
from awards.pdf.fonts import missing_from
from awards.services.owners import locked_owner, mint_of
from awards.states import CertificateKind, CertificateState, RecognitionKind, TemplateKind
from awards.wording import OF_KIND, OF_RECOGNITION
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, StoredFile, User


def newest(contest: Contest | None, kind: str) -> CertificateTemplate | None:
    """The last version of this very kind, also one that gave it up."""
    rows = CertificateTemplate.objects.filter(contest=contest, kind=kind).select_related("background")
    return rows.order_by("-version").first()


def version_of(latest: CertificateTemplate | None) -> int:
    return latest.version if latest else 0


@transaction.atomic
def save_template(
    *,
    contest: Contest | None,
    kind: str,
    template: Template,
    base: int,
    by: User,
    at: datetime,
    reason: str = "",
    background: StoredFile | None = None,
) -> CertificateTemplate:
    """The next version; the one that is there already where nothing differs.

    contest      None: of the office of the installation, for its trainings
    base         the version that was looked at, 0 where there was none
    reason       why the line at the foot is left out
    background   the pre-printed paper, or the design itself
    raises       Refused "template-changed", "template-words-issued", "template-no-background", "glyph-missing", what
                 `template_faults` finds, and why somebody may not
    """
    contest, latest = opened(contest, kind, base, by=by, at=at)
    refuse_faults(template, reason, background)
    body, reason = body_of(template), "" if template.is_line_on else reason.strip()
    if latest and (latest.body, latest.reason, latest.background) == (body, reason, background):
        return latest
    return written(contest, kind, body, base + 1, by=by, at=at, reason=reason, background=background)


@transaction.atomic
def take_template(
    *, contest: Contest | None, kind: str, source: CertificateTemplate, base: int, by: User, at: datetime
) -> CertificateTemplate:
    """A copy of another version, kind or contest as the next version of this kind.

    raises   Refused as `save_template`
    """
    if denial := why_not_take_template(by, source, at=at):
        raise Refused(denial)
    if not source.body:
        raise Refused(Denial("template-empty"))
    return save_template(
        contest=contest, kind=kind, template=source.template, base=base, by=by, at=at, reason=source.reason,
        background=source.background,
    )  # fmt: skip


@transaction.atomic
def follow_all_kinds(*, contest: Contest | None, kind: str, base: int, by: User, at: datetime) -> CertificateTemplate:
    """From here on this kind has the template of all kinds again. Its versions stay readable.

    raises   Refused "template-not-own", and as `save_template`
    """
    contest, latest = opened(contest, kind, base, by=by, at=at)
    if contest is None or not kind or latest is None or not latest.body:
        raise Refused(Denial("template-not-own"))
    return written(contest, kind, {}, base + 1, by=by, at=at)


def opened(
    contest: Contest | None, kind: str, base: int, *, by: User, at: datetime
) -> tuple[Contest | None, CertificateTemplate | None]:
    """The contest locked, or the office, and the version that was looked at."""
    contest = locked_owner(contest)
    if denial := why_not_design_certificates(by, contest, at=at):
        raise Refused(denial)
    latest = newest(contest, kind)
    if version_of(latest) != base:
        raise Refused(Denial("template-changed"))
    return contest, latest


def written(
    contest: Contest | None,
    kind: str,
    body: dict[str, Any],
    version: int,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    background: StoredFile | None = None,
) -> CertificateTemplate:
    before, mint = words_by_kind(contest), mint_of(contest)
    made = CertificateTemplate.objects.create(
        key=mint.key("template", kind, version), contest=contest, kind=kind, version=version, body=body,
        reason=reason, background=background, made_at=at, by=by,
    )  # fmt: skip
    refuse_other_words(contest, before)
    said: dict[str, Any] = {"kind": kind, "version": version, "content": digest(body)}
    said |= {"why": mint.commitment(reason)} if reason else {}
    said |= {"sha256": background.sha256} if background else {}
    events.record(contest, "template.saved", made, by=by, at=at, body=said)
    return made


def refuse_faults(template: Template, reason: str, background: StoredFile | None) -> None:
    for fault in template_faults(template, reason=reason):
        raise Refused(Denial(fault.code, fault.facts))
    if template.prints_background and background is None:
        raise Refused(Denial("template-no-background"))
    texts = [template.title, template.title_en, template.closing, template.line, template.signature]
    if missing := missing_from([*texts, *template.issuers, *template.texts.values()]):
        raise Refused(Denial("glyph-missing", {"where": template.title, "characters": " ".join(sorted(missing))}))


def words_by_kind(contest: Contest | None) -> Mapping[str, Any]:
    templates = Templates(contest)
    return {kind: templates.of(kind).words(kind) for kind in KINDS}


def refuse_other_words(contest: Contest | None, before: Mapping[str, Any]) -> None:
    """What a certificate says was written down when it was issued: with other words it would be another one, under
    another number. A training keeps the version whose words it was issued with."""
    after = words_by_kind(contest)
    for kind in sorted(kinds_of_certificates(contest)) if contest else ():
        if before[kind] != after[kind]:
            raise Refused(Denial("template-words-issued", {"kind": TemplateKind(kind).label}))


def kinds_of_certificates(contest: Contest) -> set[TemplateKind]:
    """Kinds of which somebody has a certificate that counts. Those of trainings are printed elsewhere."""
    valid = contest.certificates.filter(state=CertificateState.VALID).order_by()
    rows = valid.values_list("kind", "recognition__rule__kind").distinct()
    return {
        OF_RECOGNITION[RecognitionKind(of)] if kind == CertificateKind.RECOGNITION else OF_KIND[CertificateKind(kind)]
        for kind, of in rows
    }


def why_without_line(contest: Contest, subjects: Any) -> dict[str, str]:
    """Reasons of the versions among these subjects of events, for who reads the log."""
    rows = contest.certificate_templates.exclude(reason="")
    return {name: one.reason for one in rows if (name := events.name_of(one)) in subjects}


def copy_templates(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    """What is in force goes along to the next edition; seals do not: each edition is allowed its own."""
    for kind, row in Templates(was).rows.items():
        if row.body:
            written(made, kind, row.body, 1, by=by, at=at, reason=row.reason, background=row.background)

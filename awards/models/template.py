"""证书模板: how certificates look, as versions; and the authorised use of seals and of a signature.

Each belongs to a contest, or to the office of the installation (contest: None), for its trainings of no contest.
"""

from typing import Any

from django.db import models

from awards.core.certificate_template import ATTENDANCE, CLOSING, KINDS, LINE, TITLE, TITLE_EN, Template, template_in
from awards.states import SealKind, TemplateKind
from competition.models import Contest, StoredFile, User
from competition.models.base import Keyed


class CertificateTemplate(Keyed):
    """A version. What was saved stays; the newest of a kind is in force.

    kind        "" for all kinds that have none of their own; the office of the installation has attendance alone
    body        see awards.core.certificate_template; {} where from here on the kind follows that of all kinds
    reason      why the line at the foot is left out
    background  the pre-printed paper as PDF or picture, to look at, or the design itself
    """

    contest = models.ForeignKey(Contest, models.CASCADE, null=True, blank=True, related_name="certificate_templates")
    kind = models.CharField(max_length=12, choices=TemplateKind.choices, blank=True)
    version = models.PositiveIntegerField()
    body = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    background = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "kind", "version"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "kind", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(contest=None), name="template_of_office_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(contest__isnull=False) | models.Q(kind=TemplateKind.ATTENDANCE),
                name="template_of_office_is_of_trainings",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["", *KINDS]), name="template_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(body__is_line_on=True) | ~models.Q(reason="") | models.Q(body={}),
                name="template_without_line_says_why",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [str(self.contest or ""), self.kind, f"v{self.version}"]))

    @property
    def template(self) -> Template:
        return template_in(self.body)


class SealQuerySet(models.QuerySet["SealUse"]):
    def standing(self) -> "SealQuerySet":
        """Those that may be used now."""
        return self.filter(withdrawn_at=None)


class SealUse(Keyed):
    """That an office allowed its seal, or somebody the own signature, to be printed. Recorded once, never changed; a
    withdrawn one stays readable.

    name           the issuer as it stands under certificates; of a signature, who signs
    picture        PNG without metadata; None: a seal drawn from the name
    wide           millimetres of the picture, 0: as large as the page has room
    authorised_by  who allowed it, in which office; document, authorised_on: by what and when
    """

    contest = models.ForeignKey(Contest, models.CASCADE, null=True, blank=True, related_name="seals")
    kind = models.CharField(max_length=10, choices=SealKind.choices)
    name = models.CharField(max_length=120)
    picture = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    wide = models.PositiveSmallIntegerField(default=0)
    authorised_by = models.CharField(max_length=120)
    document = models.CharField(max_length=200)
    authorised_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SealKind.values), name="seal_kind_is_known"),
            models.CheckConstraint(
                condition=~models.Q(authorised_by="") & ~models.Q(document=""), name="seal_is_authorised"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=SealKind.SEAL) | models.Q(picture__isnull=False), name="signature_is_a_picture"
            ),
            models.UniqueConstraint(
                fields=["contest", "kind", "name"],
                condition=models.Q(withdrawn_at=None),
                name="seal_authorised_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "name"],
                condition=models.Q(contest=None, withdrawn_at=None),
                name="seal_of_office_authorised_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_because=""), name="seal_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Templates:
    """The templates in force of a contest, or of the office of the installation (None), read once."""

    def __init__(self, contest: Contest | None) -> None:
        self.contest = contest
        rows = CertificateTemplate.objects.filter(contest=contest).select_related("background").order_by("version")
        self.rows = {one.kind: one for one in rows}

    def row(self, kind: str) -> CertificateTemplate | None:
        """None: the contest's settings say it; for trainings, the product."""
        own = self.rows.get(kind)
        return own if own and own.body else self.rows.get("") if kind else None

    def of(self, kind: str) -> Template:
        row = self.row(kind)
        return row.template if row else default_template(self.contest, kind)


def default_template(contest: Contest | None, kind: str) -> Template:
    """As the settings of the contest say; without a template it prints as it always did."""
    if contest is None or kind == TemplateKind.ATTENDANCE:
        return ATTENDANCE
    said: dict[str, Any] = contest.settings
    language = said.get("certificate_language", "zh")
    in_english = language == "en"
    line = said.get("line", "" if in_english else LINE)
    return Template(
        language=language,
        title=said.get("certificate_title") or (TITLE_EN if in_english else TITLE),
        title_en=TITLE_EN if language == "both" else "",
        closing="" if in_english else CLOSING,
        issuers=tuple(said.get("issuers", [])),
        signature=said.get("signatory", ""),
        dates="english" if in_english else "chinese",
        line=line,
        is_line_on=bool(line),
    )

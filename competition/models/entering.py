"""What a contest asks of its entries: materials, pledges, quotas; and what was handed in, checked and decided."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competition.core.canon import digest
from competition.models.base import Keyed, Labelled
from competition.models.contest import Contest, Division, Track
from competition.models.entry import Entry
from competition.models.place import District, School
from competition.models.user import User
from competition.states import PledgeBy, ReviewStep, Verdict
from competition.wording import speaks_chinese


class MaterialKind(Labelled):
    """材料 that a track asks for. `formats`: kinds of file by content; a limit that is not set does not hold."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="material_kinds")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    is_required = models.BooleanField(default=True)
    is_for_judges = models.BooleanField(default=True)
    formats = models.JSONField(default=list)
    max_mb = models.PositiveIntegerField(default=20)
    max_pages = models.PositiveIntegerField(null=True, blank=True)
    max_seconds = models.PositiveIntegerField(null=True, blank=True)
    max_files = models.PositiveSmallIntegerField(default=1)
    help_zh = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["track", "order"]
        constraints = [
            models.UniqueConstraint(fields=["track", "code"], name="material_kind_once"),
            models.CheckConstraint(condition=models.Q(max_mb__gt=0, max_files__gt=0), name="material_kind_has_room"),
        ]

    @property
    def help(self) -> str:
        return self.help_zh if speaks_chinese() else self.help_en or self.help_zh

    @property
    def limits_text(self) -> str:
        """What may be added, in a line."""
        parts = ["/".join(str(FORMATS[one]) for one in self.formats if one in FORMATS)]
        parts.append(_("at most %(most)s MB") % {"most": self.max_mb})
        if self.max_pages:
            parts.append(_("at most %(most)s pages") % {"most": self.max_pages})
        if self.max_seconds:
            parts.append(_("at most %(most)s seconds") % {"most": self.max_seconds})
        if self.max_files > 1:
            parts.append(_("up to %(most)s files") % {"most": self.max_files})
        return " · ".join(parts)

    @property
    def accept(self) -> str:
        """For the file chooser; what counts is what the file is."""
        return ",".join(ENDINGS[one] for one in self.formats if one in ENDINGS)


SHOWN_PAGES = 6
FORMATS = {
    "pdf": "PDF",
    "image": gettext_lazy("picture"),
    "word": "Word",
    "sheet": "Excel",
    "slides": "PowerPoint",
    "video": gettext_lazy("video"),
}
ENDINGS = {
    "pdf": ".pdf",
    "image": ".jpg,.jpeg,.png,.webp",
    "word": ".docx,.doc",
    "sheet": ".xlsx,.xls",
    "slides": ".pptx,.ppt",
    "video": ".mp4,.mov,.webm",
}


class Pledge(Labelled):
    """承诺 or consent that is given with the entry; `text` is what is agreed to."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="pledges")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    by = models.CharField(max_length=10, choices=PledgeBy.choices)
    text_zh = models.TextField()
    text_en = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["contest", "order"]
        constraints = [models.UniqueConstraint(fields=["contest", "code"], name="pledge_once")]


class Quota(models.Model):
    """名额: how many entries a unit or a school may send, of a track or division or of all.

    team_percent   at most this share of the number may be teams
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="quotas")
    district = models.ForeignKey(District, models.CASCADE, null=True, blank=True, related_name="quotas")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="quotas")
    track = models.ForeignKey(Track, models.CASCADE, null=True, blank=True, related_name="+")
    division = models.ForeignKey(Division, models.CASCADE, null=True, blank=True, related_name="+")
    most = models.PositiveIntegerField()
    team_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(district__isnull=False, school=None) | models.Q(district=None, school__isnull=False),
                name="quota_of_unit_or_school",
            ),
            models.UniqueConstraint(
                "contest",
                Coalesce("district", 0),
                Coalesce("school", 0),
                Coalesce("track", 0),
                Coalesce("division", 0),
                name="quota_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district or self.school}: {self.most}"


class StoredFile(models.Model):
    """The bytes of a material, addressed by their SHA-256; what the inspection found of them."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)
    seconds = models.FloatField(null=True)
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256[:12]


class Material(Keyed):
    """A file of an entry. Its SHA-256 counts from the moment it is named; the bytes may follow and must match.

    findings        names in what judges read: [{"page", "word", "what"}]
    cleared_reason  why the office lets these findings pass
    copy            what judges get: without metadata, under a neutral name
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="materials")
    kind = models.ForeignKey(MaterialKind, models.PROTECT, related_name="materials")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="materials")
    findings = models.JSONField(default=list, blank=True)
    cleared_reason = models.CharField(max_length=300, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="copy_of")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "kind__order", "pk"]

    @property
    def findings_seen(self) -> str:
        """Changes with what was found: goes along with the word that lets it pass."""
        return digest(self.findings)

    @property
    def preview_pages(self) -> range:
        """The pages that a page of ours shows by itself."""
        number = (self.file.pages or 1) if self.file else 0
        return range(1, min(number, SHOWN_PAGES) + 1)

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """回执: what was handed in, word for word and file by file. A correction is the next version."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="submissions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=71)

    class Meta:
        ordering = ["entry", "version"]
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="submission_version_once")]

    def __str__(self) -> str:
        return f"{self.entry} v{self.version}"


class Review(models.Model):
    """One decision of a unit or of the office on an entry, with its reasons."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reviews")
    step = models.CharField(max_length=10, choices=ReviewStep.choices)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reasons = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="review_verdict_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.verdict}"


class NameProof(models.Model):
    """校样: a school has read the names as certificates will print them, and said that they are right."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="name_proofs")
    school = models.ForeignKey(School, models.CASCADE, related_name="name_proofs")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=71)

    class Meta:
        ordering = ["contest", "school", "pk"]

    def __str__(self) -> str:
        return f"{self.school} {self.at:%Y-%m-%d}"

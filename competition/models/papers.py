"""Papers with a signature or a stamp that come back as scans, and the corrections that one of them asks for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.entering import StoredFile, Submission
from competition.models.entry import Entry
from competition.models.place import District
from competition.models.user import User

WHAT = {
    "title": _("Title"),
    "group": _("Group"),
    "school": _("School"),
    "author": _("Author %(place)s"),
    "tutor": _("Tutor %(place)s"),
}


def in_words(changes: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """(what, old, new) of each."""
    return [(str(WHAT[one["what"]]) % {"place": one["place"]}, one["old"], one["new"]) for one in changes]


class Correction(Keyed):
    """更正: a name, tutor, title or school put right after it was handed in. What stood before stays in its version.

    changes  [{"what", "place", "old", "new"}], place counted from 1 where there are several
    request  the stamped request of the school
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="corrections")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    changes = models.JSONField()
    request = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="correction_has_reason")]

    def __str__(self) -> str:
        return f"{self.entry} {self.at:%Y-%m-%d}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        return in_words(self.changes)


class SignedForm(Keyed):
    """The signed and stamped entry form of one version, as a scan."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="signed_forms")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="signed_forms")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["entry", "pk"]

    def __str__(self) -> str:
        return f"{self.entry} v{self.submission.version}"


class UnitSummary(Keyed):
    """推荐汇总表 with the stamp of the unit. `digest` tells what it recommended then."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="unit_summaries")
    district = models.ForeignKey(District, models.CASCADE, related_name="summaries")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=71)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "district", "pk"]

    def __str__(self) -> str:
        return f"{self.district} {self.at:%Y-%m-%d}"

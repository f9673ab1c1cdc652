"""Groups of judges, and what each of them marks."""

from django.db import models

from competition.models import Contest, Division, Entry, Subject, Track
from competition.models.base import Keyed, Labelled
from judging.models.judge import Judge


class Panel(Keyed, Labelled):
    """专家组: these judges mark the entries of one track, or of one division or some subjects of it.

    Small subjects may be one panel together, and a large one may be shared by several panels.

    has_all_subjects   of the track; otherwise those that are named, and none if these are taken out of the contest
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="panels")
    track = models.ForeignKey(Track, models.CASCADE, related_name="panels")
    division = models.ForeignKey(Division, models.CASCADE, null=True, blank=True, related_name="panels")
    has_all_subjects = models.BooleanField(default=True)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="panels")
    judges = models.ManyToManyField(Judge, blank=True, related_name="panels")

    class Meta:
        ordering = ["contest", "track__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "label_zh"], name="panel_label_once")]

    @property
    def log_contest(self) -> Contest:
        return self.contest

    def marks(self, entry: Entry) -> bool:
        """Subjects as they were fetched before."""
        if entry.track_id != self.track_id or self.division_id not in (None, entry.division_id):
            return False
        return self.has_all_subjects or entry.subject_id in {subject.pk for subject in self.subjects.all()}

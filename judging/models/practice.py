"""Works to practise on before the first real sheet. They are no entries and their marks count nowhere.

Nothing here knows an entry, an assignment, a sheet or a mark that counts, and none of those know what stands here: no
standing, no progress, no list and no tally can come across it (tests/judging/test_practice_counts_nowhere.py).
"""

from django.db import models

from competition.models import Contest, StoredFile, Track
from competition.models.base import Keyed
from judging.models.judge import Judge
from judging.models.rubric import Criterion, Round


class PracticeSet(Keyed):
    """试评 of a track in a round: works that its judges mark to try out the rubric.

    is_first      each judge hands them in before the works of the track in this round open
    released_at   when judges who handed them in were shown how they marked beside the others; blank: nobody is
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="practice_sets")
    track = models.ForeignKey(Track, models.CASCADE, related_name="practice_sets")
    is_first = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "track"]
        constraints = [models.UniqueConstraint(fields=["round", "track"], name="practice_set_once")]

    def __str__(self) -> str:
        return f"{self.track} · {self.round}"


class PracticeWork(Keyed):
    """A work that the office put in, such as one of a past year. `order` stays its own when another is taken away."""

    practice = models.ForeignKey(PracticeSet, models.CASCADE, related_name="works")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    abstract = models.TextField(blank=True)

    class Meta:
        ordering = ["practice", "order"]
        constraints = [models.UniqueConstraint(fields=["practice", "order"], name="practice_work_order_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """Like none of an entry."""
        return f"T{self.order}"

    @property
    def log_contest(self) -> Contest:
        return self.practice.round.contest


class PracticeFile(Keyed):
    """A copy without metadata; what the office uploaded is not kept, nor is its name."""

    work = models.ForeignKey(PracticeWork, models.CASCADE, related_name="files")
    order = models.PositiveIntegerField()
    copy = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["work", "order"]
        constraints = [models.UniqueConstraint(fields=["work", "order"], name="practice_file_order_once")]

    def __str__(self) -> str:
        return f"{self.work.number}-{self.order}"


class PracticeSheet(Keyed):
    """One judge, one practice work. Without a judge: what the office would give.

    scale          the criteria as they were then: where they have changed since, these marks say nothing any more
    handed_in_at   from then on it stays; blank: saved only
    is_compared    others see it in medians. For good: what is shown later again rests on the same sheets
    """

    work = models.ForeignKey(PracticeWork, models.CASCADE, related_name="sheets")
    judge = models.ForeignKey(Judge, models.CASCADE, null=True, blank=True, related_name="practice_sheets")
    scale = models.CharField(max_length=71)
    saved_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    is_compared = models.BooleanField(default=False)

    class Meta:
        ordering = ["work", "judge"]
        constraints = [
            models.UniqueConstraint(fields=["work", "judge"], name="practice_sheet_once"),
            models.UniqueConstraint(
                fields=["work"], condition=models.Q(judge=None), name="practice_sheet_of_office_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.judge or '–'}"


class PracticeMark(models.Model):
    """Points in the rubric's smallest unit. `remark`: why, where the office gave them."""

    sheet = models.ForeignKey(PracticeSheet, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    points = models.PositiveIntegerField()
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["sheet", "criterion"]
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="practice_mark_once")]

    def __str__(self) -> str:
        return f"{self.points}"

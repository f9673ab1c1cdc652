"""Who marks what, and the marks. What was submitted is never edited: a correction is a new version."""

from django.db import models

from competition.models import Contest, Entry, User
from competition.models.base import Keyed
from competition.models.moving import Moving
from judging.models.judge import Judge
from judging.models.rubric import Criterion, Round
from judging.states import SHEET_MOVES, AssignedBy, QuestionKind, SheetState, SortedAs


class Assignment(Keyed):
    """This judge marks this entry in this round.

    revision    rises with everything that is saved, handed in or reopened here, and never falls: a page names the one
                that it was made from, so that an old page overwrites nothing
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="assignments")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="assignments")
    judge = models.ForeignKey(Judge, models.CASCADE, related_name="assignments")
    by = models.CharField(max_length=10, choices=AssignedBy.choices)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["round", "entry", "judge"]
        constraints = [models.UniqueConstraint(fields=["round", "entry", "judge"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.judge} → {self.entry.number}"


ASIDE = "aside-"  # a version with such a save key was a draft, and never counted


class SheetQuerySet(models.QuerySet["Sheet"]):
    def standing(self) -> "SheetQuerySet":
        """The versions that stand: neither replaced nor recused."""
        return self.filter(state=SheetState.SUBMITTED)

    def current(self) -> "SheetQuerySet":
        return self.exclude(state=SheetState.SUPERSEDED)

    def visible_to(self, user) -> "SheetQuerySet":
        """Judges see their own."""
        return self.filter(assignment__judge__user=user) if user.is_authenticated else self.none()


class DraftQuerySet(models.QuerySet["Draft"]):
    def with_words(self) -> "DraftQuerySet":
        """Those in which something stands."""
        return self.exclude(marks={}, comment="", feedback="")

    def begun(self) -> "DraftQuerySet":
        """Those in which the judge has typed something, and not the office by opening a sheet again."""
        return self.with_words().exclude(last_save="")


class Draft(models.Model):
    """What a judge has typed of a sheet and not handed in. It counts nowhere and is in no log.

    last_save   the client's key of the last save, so that one that is sent again is known
    marks       points by criterion (primary key as text), in the rubric's unit
    """

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="draft")
    last_save = models.CharField(max_length=40, blank=True)
    marks = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["assignment"]

    def __str__(self) -> str:
        return f"{self.assignment} ~"


class Sorting(models.Model):
    """入围、待定、淘汰: how a judge has sorted a work for themselves; what is not sorted has no row.

    It counts nowhere and only its judge sees it. Beside the assignment, not in it: nobody who reads assignments comes
    across it, and no revision rises.
    """

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="sorting")
    sorted_as = models.CharField(max_length=10, choices=SortedAs.choices)

    class Meta:
        ordering = ["assignment"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sorted_as__in=[SortedAs.SHORTLIST, SortedAs.UNDECIDED, SortedAs.OUT]),
                name="sorting_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.sorted_as}"


class Sheet(Keyed, Moving):
    """评分表: one judge, one entry, one version.

    comment     for the committee
    feedback    for the entrant
    save_key    the client's key of its submission: the same one again is the same sheet
    reason      why the judge does not judge
    reopening   why the office opened it again
    """

    MOVES = SHEET_MOVES

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sheets")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=SheetState.choices)
    submitted_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    save_key = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    reopening = models.CharField(max_length=300, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["assignment"], condition=~models.Q(state="superseded"), name="sheet_one_current"
            ),
            models.CheckConstraint(condition=models.Q(state__in=SheetState.values), name="sheet_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} v{self.version}"

    @property
    def log_contest(self) -> Contest:
        return self.assignment.round.contest


class Mark(models.Model):
    """打分: points for one criterion, in the rubric's smallest unit. A blank is no row, never a zero."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    points = models.PositiveIntegerField()

    class Meta:
        ordering = ["sheet", "criterion"]
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.points}"


class Question(Keyed):
    """A doubt or a problem that a judge has with an entry; it waits for the office's answer and changes no mark."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    text = models.CharField(max_length=1000)
    save_key = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "save_key"], name="question_asked_once"),
            models.CheckConstraint(condition=models.Q(kind__in=QuestionKind.values), name="question_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.kind}"

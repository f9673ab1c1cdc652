"""Judges and whom they may not judge."""

from django.db import models

from competition.models import Contest, District, Entry, Person, School, Subject, Track, User
from competition.models.base import Keyed
from competition.models.moving import Moving
from judging.states import JUDGE_MOVES, LANGUAGES, ConflictSource, JudgeState


class JudgeQuerySet(models.QuerySet["Judge"]):
    def assignable(self) -> "JudgeQuerySet":
        """Neither left nor declined."""
        return self.filter(is_active=True).exclude(state=JudgeState.DECLINED)


class Judge(Keyed, Moving):
    """评委 of one contest. `max_load` 0 means no limit of their own; who left is not assigned any more.

    language      of mails to them; blank: Chinese
    state         whether they answered; `pledged_at`: when they promised to keep secret what they see
    relations     names of people whom they may not judge, one a line, as they said it themselves
    """

    MOVES = JUDGE_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="judges")
    person = models.ForeignKey(Person, models.PROTECT, related_name="judgeships")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="judgeships")
    code = models.CharField(max_length=40)
    institution = models.CharField(max_length=200, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    tracks = models.ManyToManyField(Track, blank=True, related_name="judges")
    max_load = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=JudgeState.choices, default=JudgeState.LISTED)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True, choices=LANGUAGES)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="judges")
    availability = models.CharField(max_length=300, blank=True)
    relations = models.TextField(blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    pledged_at = models.DateTimeField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="judge_code_once"),
            models.UniqueConstraint(fields=["contest", "person"], name="judge_person_once"),
            models.CheckConstraint(condition=models.Q(state__in=JudgeState.values), name="judge_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=JudgeState.ACCEPTED) | models.Q(pledged_at__isnull=False),
                name="judge_accepted_means_pledged",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def log_contest(self) -> Contest:
        return self.contest


class Conflict(models.Model):
    """回避: this judge and this entry, school or person. Exactly one of the three is set."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=ConflictSource.choices, default=ConflictSource.OFFICE)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(entry__isnull=False, school=None, person=None)
                | models.Q(entry=None, school__isnull=False, person=None)
                | models.Q(entry=None, school=None, person__isnull=False),
                name="conflict_with_exactly_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judge} × {self.entry or self.school or self.person}"


class HintDecision(models.Model):
    """What the office decided about a pair that only looks like a conflict, such as a judge called like a tutor."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="hint_decisions")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    is_conflict = models.BooleanField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="hint_decided_once")]

    def __str__(self) -> str:
        return f"{self.judge} × {self.entry}"

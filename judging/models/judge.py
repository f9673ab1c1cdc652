"""Judges and whom they may not judge."""

from django.db import models

from competition.models import Contest, District, Entry, Person, School, Track, User
from competition.models.base import Keyed


class Judge(Keyed):
    """评委 of one contest. `max_load` 0 means no limit of their own; who left is not assigned any more."""

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
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="judge_code_once"),
            models.UniqueConstraint(fields=["contest", "person"], name="judge_person_once"),
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

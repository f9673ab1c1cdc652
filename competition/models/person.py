"""Students, tutors and judges: people are independent of contests."""

from django.db import models
from django.db.models.functions import Coalesce

from competition.models.base import Keyed
from competition.models.place import School
from competition.states import PersonKind


class Person(Keyed):
    """A person as their school names them. Two people may share a name in one school: `code` tells them apart."""

    kind = models.CharField(max_length=10, choices=PersonKind.choices)
    name = models.CharField(max_length=100)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="people")
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=PersonKind.values), name="person_kind_is_known"),
            models.UniqueConstraint("kind", "name", Coalesce("school", 0), "code", name="person_once_a_school"),
        ]

    def __str__(self) -> str:
        return self.name

"""上报信息: personal fields that are asked late, of those who go up to a higher contest, and erased by a date."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from competition.core.late_fields import FIELDS
from competition.models.contest import Contest
from competition.models.entry import Entry
from competition.models.person import Person
from competition.models.user import User


class LateTerms(models.Model):
    """What a contest asks of whom, what for, until when, and when it is erased: what guardians agree to.

    due_on     the last day on which schools answer; None with erase_on in a copy, which asks nobody yet
    erase_on   from this day on nobody reads it, whether it is erased yet or not
    erased_at  when all of it was erased; the next terms begin anew
    """

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="late_terms")
    author_fields = models.JSONField(default=list)
    tutor_fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None, erase_on=None) | Q(due_on__isnull=False, erase_on__gt=F("due_on")),
                name="late_terms_erase_after_they_are_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.erase_on}"

    def is_dated(self) -> bool:
        return self.erase_on is not None and self.erased_at is None

    def today(self, at: datetime) -> date:
        return at.astimezone(self.contest.tz).date()

    def is_over(self, at: datetime) -> bool:
        """The day has come, or it is done already."""
        return self.erased_at is not None or (self.erase_on is not None and self.today(at) >= self.erase_on)

    def is_late(self, at: datetime) -> bool:
        return self.due_on is not None and self.today(at) > self.due_on


class LateChoice(models.Model):
    """An entry that goes up: of its people, and of nobody else, the fields are asked."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="late_choice")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["entry__order"]

    def __str__(self) -> str:
        return str(self.entry)


class LateConsent(models.Model):
    """A person of a chosen entry, or the guardian, has agreed on paper. Nothing is kept of them without it."""

    choice = models.ForeignKey(LateChoice, models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, models.CASCADE, related_name="late_consents")
    given_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["choice", "pk"]
        constraints = [models.UniqueConstraint(fields=["choice", "person"], name="late_consent_once")]

    def __str__(self) -> str:
        return f"{self.choice} {self.given_on}"


class LateAnswer(models.Model):
    """One value of one person in one entry, as ciphertext (`competition.sealed`)."""

    consent = models.ForeignKey(LateConsent, models.CASCADE, related_name="answers")
    field = models.CharField(max_length=20)
    value = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["consent", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consent", "field"], name="late_answer_once"),
            models.CheckConstraint(condition=Q(field__in=FIELDS), name="late_answer_field_is_known"),
            models.CheckConstraint(condition=~Q(value=""), name="late_answer_has_value"),
        ]

    def __str__(self) -> str:
        return f"{self.consent} {self.field}"

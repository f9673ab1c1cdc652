"""批准决定: what a body above the committee said of a list, with the document that says it."""

from django.db import models

from awards.models.award import AwardList
from awards.states import ApprovalStep, ResolutionOutcome
from competition.models import Contest, StoredFile, User
from competition.models.base import Keyed


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def standing(self) -> "ResolutionQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Resolution(Keyed):
    """Recorded once, never changed. One that was typed in wrongly is withdrawn, and stays readable.

    body       its name at that time
    number     of the document (文号)
    seen       digest of the prizes that were put before it, without names
    approves   digest of those that it approves; "" where it refused
    struck     number of a nominee -> why the body does not approve it
    titles     who had the titles that follow when it decided, without names; None where that was not kept yet
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="resolutions")
    list = models.ForeignKey(AwardList, models.PROTECT, related_name="resolutions")
    serial = models.PositiveIntegerField()
    step = models.CharField(max_length=12, choices=ApprovalStep.choices)
    body = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=ResolutionOutcome.choices)
    number = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField()
    reason = models.CharField(max_length=1000, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    seen = models.CharField(max_length=71)
    approves = models.CharField(max_length=71, blank=True)
    struck = models.JSONField(default=dict, blank=True)
    titles = models.JSONField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "serial"], name="resolution_serial_once"),
            models.CheckConstraint(condition=models.Q(step__in=ApprovalStep.values), name="resolution_step_is_known"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=ResolutionOutcome.values), name="resolution_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="refused", approves="")
                | (~models.Q(outcome="refused") & ~models.Q(approves="")),
                name="resolution_refused_approves_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="approved", approves=models.F("seen")) | ~models.Q(outcome="approved"),
                name="resolution_approves_what_was_seen",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_because=""),
                name="resolution_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.serial}"


class TitlesAcknowledged(models.Model):
    """The office's word that titles follow now to others than when a body approved, and why. No body is asked again.

    change   digest of who had them and who has them now: it counts for no other change
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="titles_acknowledged")
    list = models.ForeignKey(AwardList, models.PROTECT, related_name="+")
    change = models.CharField(max_length=71)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "pk"]
        verbose_name_plural = "titles acknowledged"
        constraints = [
            models.UniqueConstraint(fields=["contest", "change"], name="titles_acknowledged_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="titles_acknowledged_say_why"),
        ]

    def __str__(self) -> str:
        return f"{self.list}: {self.change}"

"""获奖信息核对: after the lock and before printing each unit reads what its certificates will say."""

from django.db import models

from awards.models.award import AwardList
from competition.models import Contest, District, User
from competition.models.base import Keyed


class PrizeCheck(Keyed):
    """The days in which units see their prizes before anybody else. At most one runs in a contest.

    is_shown   False once the decision was opened again: another list is not what was shown
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="prize_checks")
    until = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    is_shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest"], condition=models.Q(closed_at=None), name="one_prize_check_runs")
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.until:%Y-%m-%d}"


class PrizeAnswer(models.Model):
    """What a unit says of its prizes: all right, or what is wrong. The last one stands while the list says the same."""

    check_of = models.ForeignKey(PrizeCheck, models.CASCADE, related_name="answers")
    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    list = models.ForeignKey(AwardList, models.PROTECT, related_name="+")
    is_right = models.BooleanField()
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=71)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["check_of", "district", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_right=True) | ~models.Q(text=""), name="prize_answer_says_what_is_wrong"
            )
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.at:%Y-%m-%d}"

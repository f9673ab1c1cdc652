"""合议调整: what the committee was asked to move, how it voted, and under which minutes."""

from django.db import models

from awards.core.moving import Count, is_carried
from awards.states import MoveMajority
from competition.models import Contest, Entry, User
from competition.models.base import Keyed

VOTE = ("present", "in_favour", "against", "abstained", "recused")


class PrizeMove(Keyed):
    """A proposal to give an entry another level, and what became of it. A row is never deleted.

    terms      digest of what the committee saw of the group: who stands where with which prize, and its places. Of
               another state of things nothing was decided, so there it does not count
    majority   which rule was in force when it was proposed
    present, in_favour, against, abstained, recused   the vote, None until it was typed in; whether it was carried
               follows from it and is stored nowhere
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="prize_moves")
    number = models.PositiveIntegerField()
    terms = models.CharField(max_length=71)
    majority = models.CharField(max_length=12, choices=MoveMajority.choices)
    reason = models.CharField(max_length=500)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    minutes = models.CharField(max_length=300, blank=True)
    present = models.PositiveSmallIntegerField(null=True)
    in_favour = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    recused = models.PositiveSmallIntegerField(null=True)
    voted_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="prize_move_number_once"),
            models.CheckConstraint(
                condition=models.Q(voted_at=None, **dict.fromkeys(VOTE))
                | models.Q(
                    voted_at__isnull=False,
                    **{f"{name}__isnull": False for name in VOTE},
                    present__gt=0,
                    present=models.F("in_favour") + models.F("against") + models.F("abstained") + models.F("recused"),
                ),
                name="prize_move_vote_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.number}"

    @property
    def count(self) -> Count | None:
        """None until the vote was typed in."""
        if self.voted_at is None:
            return None
        return Count(*(getattr(self, name) or 0 for name in VOTE))

    @property
    def is_carried(self) -> bool:
        return self.count is not None and is_carried(self.count, self.majority)


class MoveStep(models.Model):
    """What a move gives one entry: the first is the one that it is about, a second makes room or moves up instead.

    before, after   codes of levels, "" for no prize
    """

    move = models.ForeignKey(PrizeMove, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["move", "order"]
        constraints = [
            models.UniqueConstraint(fields=["move", "order"], name="move_step_order_once"),
            models.UniqueConstraint(fields=["move", "entry"], name="move_step_entry_once"),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="move_step_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.entry.number}: {self.before or '—'} → {self.after or '—'}"

"""What somebody says that a person has won elsewhere, with the document that shows it."""

from django.db import models

from awards.states import CLAIM_MOVES, AchievementKind, AchievementRole, ClaimState
from competition.models import Contest, Person, StoredFile, User
from competition.models.base import Keyed
from competition.models.moving import Moving
from competition.states import Level


class Claim(Keyed, Moving):
    """A prize, a patent or a title that no list of ours tells of. It counts once the office has confirmed it.

    contest     the award whose office checks it
    said_of     the contest, the patent or the title, as the document names it
    paper       the document; it goes by this row's key, never by the name it was uploaded under
    reason      why it was refused
    """

    MOVES = CLAIM_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="claims")
    person = models.ForeignKey(Person, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=10, choices=AchievementKind.choices)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.TO_CHECK)
    said_of = models.CharField(max_length=300)
    work = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    prize_code = models.CharField(max_length=40)
    prize_name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=AchievementRole.choices)
    author_order = models.PositiveSmallIntegerField(default=1)
    won_on = models.DateField()
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["contest", "said_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ClaimState.values), name="claim_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=ClaimState.REFUSED) | ~models.Q(reason=""), name="claim_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said_of} {self.prize_name}"

    @property
    def log_contest(self) -> Contest:
        return self.contest

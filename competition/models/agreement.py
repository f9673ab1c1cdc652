"""双人复核: a step that one person proposes and another one does."""

from django.db import models

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.entering import StoredFile
from competition.models.moving import Moving
from competition.models.user import User
from competition.states import AGREEMENT_MOVES, AgreementState, StepKind


class Agreement(Keyed, Moving):
    """What was proposed, by whom, and what became of it.

    about    the thing among those of its kind: the key of an entry, an account and its role; blank where there is one
    facts    what the step needs besides, as it was typed
    seen     digest of everything that the proposer saw of it: another one now, and nobody approves it any more
    answer   why the second person sent it back
    """

    MOVES = AGREEMENT_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="agreements")
    step = models.CharField(max_length=20, choices=StepKind.choices)
    about = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    seen = models.CharField(max_length=71)
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.OPEN)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "step", "about"], condition=models.Q(state="open"), name="agreement_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AgreementState.values), name="agreement_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["agreed", "returned"])
                | models.Q(closed_by__isnull=False) & ~models.Q(closed_by=models.F("proposed_by")),
                name="agreement_of_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(answer=""), name="agreement_returned_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())

    @property
    def log_contest(self) -> Contest:
        return self.contest

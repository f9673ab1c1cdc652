"""What a referee measured on the field. What was confirmed is never edited: a correction is a new version."""

from django.db import models
from django.db.models import F, Q

from competition.models import Contest, Entry, User
from competition.models.base import Keyed
from competition.models.moving import Moving
from judging.core.measured import result_text
from judging.models.rubric import MOST_ATTEMPTS, Round
from judging.states import ATTEMPT_MOVES, AttemptState, Measure, Outcome


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def current(self) -> "AttemptQuerySet":
        """The versions that stand, confirmed or not."""
        return self.exclude(state=AttemptState.SUPERSEDED)


class Attempt(Keyed, Moving):
    """上场: one go of an entry in a measured round, one version.

    number, version         which of its attempts, and which word on it
    measure                 what was measured then, so that an old version can be read
    points                  in 10^-places, the unit of its rubric; milliseconds: the time; both blank where void
    save_key                the client's key of the form that entered it: the same one again is the same version
    second                  what the second person read, as long as it differs
    checked_by, checked_at  the second person, whether it agreed or not
    is_alone                confirmed by whoever entered it, since the contest lets one person do both
    """

    MOVES = ATTEMPT_MOVES

    round = models.ForeignKey(Round, models.PROTECT, related_name="attempts")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AttemptState.choices, default=AttemptState.ENTERED)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.VALID)
    measure = models.CharField(max_length=12, choices=Measure.choices)
    places = models.PositiveSmallIntegerField(default=0)
    points = models.PositiveIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    save_key = models.CharField(max_length=40)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    second = models.JSONField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    is_alone = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["round", "entry", "number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "entry", "number", "version"], name="attempt_version_once"),
            models.UniqueConstraint(
                fields=["round", "entry", "number"], condition=~Q(state="superseded"), name="attempt_one_current"
            ),
            models.CheckConstraint(condition=Q(state__in=AttemptState.values), name="attempt_state_is_known"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST_ATTEMPTS)), name="attempt_number_in_range"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.VOID, points=None, milliseconds=None)
                | Q(outcome=Outcome.VALID, measure=Measure.POINTS, points__isnull=False, milliseconds=None)
                | Q(
                    outcome=Outcome.VALID,
                    measure=Measure.POINTS_TIME,
                    points__isnull=False,
                    milliseconds__isnull=False,
                )
                | Q(outcome=Outcome.VALID, measure=Measure.TIME, points=None, milliseconds__isnull=False),
                name="attempt_says_what_is_measured",
            ),
            models.CheckConstraint(condition=Q(milliseconds=None) | Q(milliseconds__gt=0), name="attempt_takes_time"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(checked_by__isnull=False, checked_at__isnull=False, second=None)
                & (Q(is_alone=True) | ~Q(checked_by=F("entered_by"))),
                name="attempt_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry.number} #{self.number} v{self.version}"

    @property
    def log_contest(self) -> Contest:
        return self.round.contest

    @property
    def result(self) -> str:
        """ "50 · 1:23.45"; blank where void."""
        return result_text(self.points, self.milliseconds, self.places)

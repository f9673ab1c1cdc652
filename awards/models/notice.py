"""公示与异议: a locked list shown to the public for some days, and what people say against it."""

from datetime import date, datetime, timedelta

from django.db import models

from awards.models.award import AwardList
from awards.states import OBJECTION_MOVES, EarlyKind, ListState, NoticeState, ObjectionState, ObjectionWay
from competition.models import Contest, Entry, StoredFile, User
from competition.models.base import Keyed
from competition.models.moving import Moving


class NoticeQuerySet(models.QuerySet["Notice"]):
    def live(self, at: datetime) -> "NoticeQuerySet":
        """Those that run or will: neither over nor ended before their time."""
        return self.filter(taken_down_at=None, closes_at__gt=at)

    def running(self, at: datetime) -> "NoticeQuerySet":
        """Those that the public reads at this moment. Names stand on it: so the list is asked too."""
        return self.live(at).filter(opens_at__lte=at).exclude(list__state=ListState.SUPERSEDED)

    def over(self, at: datetime) -> "NoticeQuerySet":
        """Those that ran to their end."""
        return self.filter(taken_down_at=None, closes_at__lte=at)


class Notice(Keyed):
    """公示. Begins and ends by the clock alone.

    opens_at / closes_at   the beginning of its first day, the end of its last one, in the contest's zone
    taken_down_at          when it ended before its time: by the office's hand, or because its list was replaced
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="notices")
    list = models.ForeignKey(AwardList, models.CASCADE, related_name="notices")
    version = models.PositiveIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    taken_down_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "version"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "version"], name="notice_version_once"),
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="notice_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.version}"

    def state_at(self, at: datetime) -> NoticeState:
        if self.taken_down_at is not None:
            return NoticeState.REPLACED if self.list.state == ListState.SUPERSEDED else NoticeState.TAKEN_DOWN
        if at >= self.closes_at:
            return NoticeState.OVER
        if self.list.state == ListState.SUPERSEDED:
            return NoticeState.REPLACED
        return NoticeState.RUNNING if at >= self.opens_at else NoticeState.ANNOUNCED

    @property
    def first_day(self) -> date:
        return self.opens_at.astimezone(self.contest.tz).date()

    @property
    def last_day(self) -> date:
        return (self.closes_at - timedelta(seconds=1)).astimezone(self.contest.tz).date()


class Objection(Keyed, Moving):
    """异议. Who objects is known to the office alone.

    number     by which the objector asks how far it is; tells neither order nor count
    entry      None where it is about the list as a whole
    name       blank where nobody gave one: it is recorded and needs no answer
    due_on     last day for the answer; None where none is due
    decider    by whom it was decided, outside the panel, with the office that person holds
    """

    MOVES = OBJECTION_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="objections")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    number = models.CharField(max_length=12)
    way = models.CharField(max_length=10, choices=ObjectionWay.choices)
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    evidence = models.ManyToManyField(StoredFile, related_name="+")
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decider = models.CharField(max_length=100, blank=True)
    decider_role = models.CharField(max_length=100, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ["contest", "received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="objection_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=ObjectionState.values), name="objection_state_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="objection_says_why"),
            models.CheckConstraint(
                condition=~models.Q(way=ObjectionWay.WEB) | ~models.Q(name="") & ~models.Q(contact=""),
                name="objection_by_form_has_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ObjectionState.OPEN)
                | models.Q(decided_at__isnull=False) & ~models.Q(decider="") & ~models.Q(decision=""),
                name="objection_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def log_contest(self) -> Contest:
        return self.contest


class EarlyStep(models.Model):
    """What was done before a notice that is asked for had ended, or while an objection was open; and why."""

    list = models.ForeignKey(AwardList, models.CASCADE, related_name="early_steps")
    kind = models.CharField(max_length=10, choices=EarlyKind.choices)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["list", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="early_step_says_why")]

    def __str__(self) -> str:
        return f"{self.list}: {self.kind}"

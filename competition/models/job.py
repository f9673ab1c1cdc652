"""Long work: what is to be made, item by item, and how far it has come. Whoever makes it may die and be replaced."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.moving import Moving
from competition.models.user import User
from competition.states import JOB_MOVES, JobState

LEASE = timedelta(seconds=30)  # many times longer than a batch takes


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def to_take(self, at: datetime) -> "JobQuerySet":
        """Waiting, or held by a worker that did not come back; oldest first."""
        is_lost = Q(state=JobState.RUNNING, lease_until__lte=at)
        return self.filter(Q(state=JobState.QUEUED) | is_lost).order_by("made_at", "pk")


class Job(Keyed, Moving):
    """One long work of a contest, or of a thing that has a contest or belongs to the office of the installation.

    contest      in whose log it stands; None: in that of the installation
    kind         name under which an app says how such work is done, and what it is of (`parts.on_work`)
    about        primary key of what it is of, which is the contest itself unless its kind says otherwise
    owner        the worker that has it; it counts only until `lease_until`, which every batch renews
    done, total  items
    terms        digest of all that its files depend on, as it was begun
    options      what its reader chose; plain values, no names
    why          code of the sentence that tells why it stopped; why_facts: its facts, numbers and ids, no names
    file_until   what was made is kept until then; null where nothing is kept
    """

    MOVES = JOB_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, null=True, related_name="jobs")
    kind = models.CharField(max_length=40)
    about = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    owner = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    terms = models.CharField(max_length=64)
    options = models.JSONField(default=dict)
    why = models.CharField(max_length=40, blank=True)
    why_facts = models.JSONField(default=dict)
    file_until = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_does_no_more_than_all"),
            models.CheckConstraint(condition=~Q(state=JobState.DONE) | Q(done=F("total")), name="job_done_is_whole"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False), name="job_running_is_leased"
            ),
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="job_of_a_kind_runs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def log_contest(self) -> Contest | None:
        return self.contest

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


class JobItem(models.Model):
    """One item of a job.

    place   order, from 0
    about   primary key of what is made
    digest  SHA-256 of what was made; empty until then
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField()
    about = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["job", "place"], name="job_item_once_in_order"),
            models.UniqueConstraint(fields=["job", "about"], name="job_item_once"),
        ]

    def __str__(self) -> str:
        return str(self.place)

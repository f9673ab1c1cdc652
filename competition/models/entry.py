"""An entry, its authors in order and its tutors."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from competition.models.base import Keyed
from competition.models.contest import Contest, Division, Subject, Track
from competition.models.moving import Moving
from competition.models.person import Person
from competition.models.place import School
from competition.models.user import User
from competition.states import ENTRY_MOVES, EntryState, RoleKind

ALIVE = (EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.PASSED)


class EntryQuerySet(models.QuerySet["Entry"]):
    def countable(self) -> "EntryQuerySet":
        """Those that passed the eligibility check: only these are judged, ranked and counted in a prize plan."""
        return self.filter(state=EntryState.PASSED)

    def entered(self) -> "EntryQuerySet":
        """Those that were handed in; a draft is its school's alone."""
        return self.exclude(state=EntryState.DRAFT).exclude(number="")

    def alive(self) -> "EntryQuerySet":
        """Those that count against a quota and against the limit of a pupil."""
        return self.filter(state__in=ALIVE)

    def visible_to(self, user) -> "EntryQuerySet":
        """Organisers see their contests' entries, schools their own; nobody else sees an entry as such."""
        if not user.is_authenticated:
            return self.none()
        roles = user.roles
        if roles.filter(kind=RoleKind.ORGANISER, contest=None).exists():
            return self
        return self.filter(
            models.Q(contest__in=roles.filter(kind=RoleKind.ORGANISER).values("contest"))
            | models.Q(school__in=roles.filter(kind=RoleKind.SCHOOL).values("school"))
            | models.Q(school__district__in=roles.filter(kind=RoleKind.DISTRICT).values("district"))
        )


class Entry(Keyed, Moving):
    """作品. In an award its subject is a person or a school; its `extra` keeps what else the workbook said.

    draft   authors, tutors and pledges while they are being typed: they become rows when the entry is submitted
    number  given with the first submission
    """

    MOVES = ENTRY_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="entries")
    track = models.ForeignKey(Track, models.PROTECT, related_name="entries")
    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="entries")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="entries")
    number = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="entries")
    group_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=16, choices=EntryState.choices, default=EntryState.DRAFT)
    extra = models.JSONField(default=dict, blank=True)
    abstract = models.TextField(blank=True)
    finished_on = models.DateField(null=True, blank=True)
    lower_contest = models.CharField(max_length=200, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    return_until = models.DateTimeField(null=True, blank=True)
    unit_rank = models.PositiveIntegerField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "number"], condition=~models.Q(number=""), name="entry_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(number="") | models.Q(state__in=[EntryState.DRAFT, EntryState.WITHDRAWN]),
                name="entry_submitted_has_number",
            ),
            models.CheckConstraint(condition=models.Q(state__in=EntryState.values), name="entry_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip() or str(_("entry without title"))

    @property
    def log_contest(self) -> Contest:
        return self.contest

    @property
    def handed_in_version(self) -> int:
        """The last that the school itself handed in; what the office corrected since asks nobody to sign anew."""
        last = self.submissions.filter(corrections=None).order_by("-version").values_list("version", flat=True).first()
        return last or 0

    @property
    def state_label(self) -> str:
        """Where no unit recommends, what was handed in is simply handed in."""
        if self.state == EntryState.RECOMMENDED and not self.contest.has_unit_step:
            return str(_("handed in"))
        return str(self.get_state_display())


class LinkManager(models.Manager[Any]):
    """A link always comes with its person. Asked for afterwards, as `prefetch_related("authors__person")` would, each
    person is a condition of its own, and of more than a thousand SQLite takes none."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("person")


class Author(models.Model):
    """第一作者 is order 1; co-authors follow."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="authorships")
    order = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    born_on = models.DateField(null=True, blank=True)

    objects = LinkManager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "order"], name="author_order_once"),
            models.UniqueConstraint(fields=["entry", "person"], name="author_once_an_entry"),
        ]

    def __str__(self) -> str:
        return self.person.name


class Tutor(models.Model):
    """辅导教师 of an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="tutors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tutorships")
    order = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, blank=True)

    objects = LinkManager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "order"], name="tutor_order_once"),
            models.UniqueConstraint(fields=["entry", "person"], name="tutor_once_an_entry"),
        ]

    def __str__(self) -> str:
        return self.person.name

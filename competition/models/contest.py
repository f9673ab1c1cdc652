"""One edition of a contest or of an award, with its tracks, divisions and subjects as data."""

import zoneinfo

from django.db import models

from competition.core.tokens import Mint
from competition.models.base import Keyed, Labelled
from competition.models.moving import Moving
from competition.states import CONTEST_MOVES, ContestKind, ContestState, Level

SCHOOLS = "schools"  # in the settings of an award: schools nominate on the web, not its office alone
ENTERED_BY_SCHOOLS = models.Q(kind=ContestKind.CONTEST) | models.Q(kind=ContestKind.AWARD, settings__nominators=SCHOOLS)


class Series(Keyed, Labelled):
    """Ties the editions of one contest together."""

    label_zh = models.CharField(max_length=200, unique=True)
    level = models.CharField(max_length=10, choices=Level.choices)

    class Meta:
        verbose_name_plural = "series"


class Contest(Keyed, Labelled, Moving):
    """One edition = one row. `secret` makes its tokens; `as_of` is the moment its papers speak from."""

    MOVES = CONTEST_MOVES

    series = models.ForeignKey(Series, models.PROTECT, related_name="contests")
    kind = models.CharField(max_length=10, choices=ContestKind.choices, default=ContestKind.CONTEST)
    ordinal = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ContestState.choices, default=ContestState.SETUP)
    secret = models.BinaryField(max_length=32)
    has_verification = models.BooleanField(default=False)
    as_of = models.DateTimeField()
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    places = models.PositiveSmallIntegerField(default=2)
    entries_per_student = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    settings = models.JSONField(default=dict, blank=True)
    input_digest = models.CharField(max_length=71, blank=True)
    belongs_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="companions")
    has_unit_step = models.BooleanField(default=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    unit_closes_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(default=0)
    days_to_correct = models.PositiveSmallIntegerField(default=7)
    work_since = models.DateField(null=True, blank=True)
    work_until = models.DateField(null=True, blank=True)
    team_same_stage = models.BooleanField(default=True)
    team_same_area = models.BooleanField(default=True)
    tutor_same_stage = models.BooleanField(default=False)
    tutor_same_area = models.BooleanField(default=False)
    about = models.TextField(blank=True)
    contact = models.TextField(blank=True)

    class Meta:
        ordering = ["-as_of", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "ordinal"], name="contest_edition_once"),
            models.CheckConstraint(condition=models.Q(kind__in=ContestKind.values), name="contest_kind_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=ContestState.values), name="contest_state_is_known"),
            models.CheckConstraint(condition=models.Q(places__lte=4), name="contest_places_at_most_4"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="contest_opens_before_it_closes",
            ),
        ]

    @property
    def log_contest(self) -> "Contest":
        return self

    @property
    def mint(self) -> Mint:
        return Mint(bytes(self.secret))

    @property
    def is_award(self) -> bool:
        """Its entries are nominations."""
        return self.kind == ContestKind.AWARD

    @property
    def is_entered_by_schools(self) -> bool:
        """A contest is; an award where its rules say that schools nominate."""
        return not self.is_award or self.settings.get("nominators") == SCHOOLS

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def local_as_of(self):
        return self.as_of.astimezone(self.tz)


class Track(Labelled):
    """赛项. How its entries are entered and how their sheets become a score."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="tracks")
    code = models.CharField(max_length=200)
    order = models.PositiveIntegerField()
    max_authors = models.PositiveSmallIntegerField(default=3)
    max_tutors = models.PositiveSmallIntegerField(default=3)
    is_group = models.BooleanField(default=False)
    is_by_minutes = models.BooleanField(default=False)
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    abstract_most = models.PositiveIntegerField(default=800)
    has_abstract = models.BooleanField(default=True)
    asks_lower_contest = models.BooleanField(default=False)
    asks_subject = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["contest", "code"], name="track_code_once")]


class Division(Labelled):
    """组别."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="divisions")
    code = models.CharField(max_length=200)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["contest", "code"], name="division_code_once")]


class Subject(Labelled):
    """学科. The same code may exist on two levels: key = level + code. `level`: a stage of school, "secondary", or ""
    for all."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="subjects")
    level = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "level", "code"], name="subject_once_a_level")]

    @property
    def word(self) -> str:
        """What stands for it in forms, lists and the API."""
        return f"{self.level}/{self.code}"

"""Who is honoured: lists with versions, the awards on them, recognitions."""

from django.db import models

from awards.models.plan import PrizePlan, RecognitionRule
from awards.states import LIST_MOVES, AwardedBy, ListState
from competition.models import Contest, District, Entry, Person, School, User
from competition.models.base import Keyed, Labelled
from competition.models.moving import Moving
from judging.models import StandingRun


class AwardListQuerySet(models.QuerySet["AwardList"]):
    def standing(self) -> "AwardListQuerySet":
        """The versions that stand: not replaced by a newer one."""
        return self.exclude(state=ListState.SUPERSEDED)

    def public(self) -> "AwardListQuerySet":
        return self.filter(state=ListState.PUBLISHED)


class AwardList(Keyed, Moving):
    """获奖名单. A version stays readable for ever; at most one stands.

    tie_values   what tie-breakers said of the entries that they were asked about, by their key: of each breaker of
                 the plan the exact numbers as text, None where it said nothing
    moves        numbers of the committee's moves that it follows
    titles       of titles that follow from prizes: what each asks for, whom it could go to, who has it; no names
    replaced_because   why the office took it back after the lock; the public reads it beside the next version
    """

    MOVES = LIST_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="award_lists")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ListState.choices, default=ListState.DRAFT)
    plan = models.ForeignKey(PrizePlan, models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey(StandingRun, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=71, blank=True)
    tie_values = models.JSONField(default=dict, blank=True)
    moves = models.JSONField(default=list, blank=True)
    titles = models.JSONField(default=list, blank=True)
    replaced_because = models.CharField(max_length=500, blank=True)

    objects = AwardListQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "version"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "version"], name="list_version_once"),
            models.UniqueConstraint(
                fields=["contest"], condition=~models.Q(state="superseded"), name="list_one_stands"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ListState.values), name="list_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["locked", "published"]) | models.Q(locked_at__isnull=False),
                name="list_locked_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="list_published_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} v{self.version}"

    @property
    def log_contest(self) -> Contest:
        return self.contest


class Award(Labelled):
    """A level prize of one entry, kept as the list said it: prize, title, names, school.

    said   title, authors, tutors, group, nominee, school: a corrected entry makes a new list, not another old one
    """

    list = models.ForeignKey(AwardList, models.CASCADE, related_name="awards")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="awards")
    code = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    place = models.PositiveIntegerField(null=True)
    by = models.CharField(max_length=10, choices=AwardedBy.choices)
    reason = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        ordering = ["list", "entry__order", "order"]
        constraints = [models.UniqueConstraint(fields=["list", "entry"], name="one_level_prize_an_entry")]


class Decision(models.Model):
    """评审委员会决定 on an entry that the plan held: which prize, and under which minute.

    terms   digest of the tie that it settles, its entries and its places: it counts for no other. Blank where a
            workbook says it
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="decisions")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="decisions")
    code = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=200, blank=True)
    minutes = models.CharField(max_length=300)
    terms = models.CharField(max_length=71, blank=True)

    class Meta:
        ordering = ["contest", "entry"]
        constraints = [models.UniqueConstraint(fields=["contest", "entry"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.entry.number}: {self.label}"


ONE_RECIPIENT = (
    models.Q(district__isnull=False, school=None, person=None)
    | models.Q(district=None, school__isnull=False, person=None)
    | models.Q(district=None, school=None, person__isnull=False)
)


class OfOneRecipient(models.Model):
    """Of a unit, a school or a tutor. Exactly one of the three is set."""

    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def recipient(self) -> District | School | Person:
        recipient = self.district or self.school or self.person
        if recipient is None:
            raise ValueError("It is of exactly one.")
        return recipient


class Recognition(OfOneRecipient):
    """A title without level. `place`: by points; 0 where the committee named it, or where it follows from prizes:
    then `follows` has the numbers of the entries that won them."""

    follows = models.JSONField(default=list, blank=True)  # before `list` means something else here
    list = models.ForeignKey(AwardList, models.CASCADE, related_name="recognitions")
    rule = models.ForeignKey(RecognitionRule, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["list", "rule__order", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_RECIPIENT, name="recognition_of_exactly_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.recipient}"


class RecognitionDecision(OfOneRecipient):
    """评审委员会决定 on whom a title goes to: one that it names, or one of the equals across a last place.

    terms   digest of the tie that it settles: it counts for no other. Blank where the committee names by itself
    """

    rule = models.ForeignKey(RecognitionRule, models.CASCADE, related_name="decisions")
    is_named = models.BooleanField()
    minutes = models.CharField(max_length=300)
    terms = models.CharField(max_length=71, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["rule", "pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_RECIPIENT, name="recognition_decision_of_one"),
            models.UniqueConstraint(fields=["rule", "district"], name="recognition_decision_unit_once"),
            models.UniqueConstraint(fields=["rule", "school"], name="recognition_decision_school_once"),
            models.UniqueConstraint(fields=["rule", "person"], name="recognition_decision_tutor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.recipient}"

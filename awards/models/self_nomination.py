"""自荐: somebody nominates themselves for an award, without an account; nobody's person, entry or nomination before the
office has taken it up."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q

from awards.states import SELF_MOVES, SelfState
from competition.models import Contest, Entry, StoredFile, Track, User
from competition.models.base import Keyed
from competition.models.moving import Moving

DAYS_KEPT = 30
LONGEST_KEPT = 180


class SelfTerms(models.Model):
    """Whether an award takes people who nominate themselves.

    until      the last day; None in a copy, which takes nobody before it is said
    days       after it: then what was not taken up is erased, and nobody reads it from that day on
    erased_at  when all of it was erased; another last day begins anew
    """

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="self_terms")
    is_on = models.BooleanField(default=True)
    until = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(default=DAYS_KEPT)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "self terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST_KEPT), name="self_terms_are_kept_for_some_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.until}"

    @property
    def erase_on(self) -> date | None:
        return self.until + timedelta(days=self.days) if self.until else None

    def today(self, at: datetime) -> date:
        return at.astimezone(self.contest.tz).date()

    def is_over(self, at: datetime) -> bool:
        """The day has come, or it is done already: nobody reads anything any more."""
        return self.is_over_on(self.today(at))

    def is_over_on(self, day: date) -> bool:
        return self.erased_at is not None or (self.erase_on is not None and day >= self.erase_on)


class SelfNomination(Keyed, Moving):
    """What one person sends in.

    number    the receipt number, drawn by chance
    digest    of the secret by which the person comes back; the secret itself is kept nowhere
    sealed    what was typed, as ciphertext (`competition.sealed`), until the day of erasure
    answer    why it was returned or not taken up, as ciphertext
    revision  rises with each save, so that two devices do not write over each other unseen
    pledges   codes of those given
    entry     as what it was taken up
    """

    MOVES = SELF_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="self_nominations")
    track = models.ForeignKey(Track, models.PROTECT, related_name="+")
    number = models.CharField(max_length=9)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=SelfState.choices, default=SelfState.DRAFT)
    sealed = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    pledges = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="self_nomination")

    class Meta:
        ordering = ["contest", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="self_nomination_number_once"),
            models.CheckConstraint(condition=Q(state__in=SelfState.values), name="self_nomination_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=SelfState.TAKEN, entry__isnull=False) | ~Q(state=SelfState.TAKEN) & Q(entry=None),
                name="self_nomination_is_an_entry_once_taken_up",
            ),
            models.CheckConstraint(
                condition=Q(state=SelfState.DRAFT) | Q(sent_at__isnull=False), name="self_nomination_sent_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SelfState.RETURNED, SelfState.DECLINED]) | ~Q(answer=""),
                name="self_nomination_answer_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def log_contest(self) -> Contest:
        return self.contest


class SelfPaper(Keyed):
    """A document of it. `place`: which, as of `awards.core.self_nominating`; it goes by this row's key alone."""

    nomination = models.ForeignKey(SelfNomination, models.CASCADE, related_name="papers")
    place = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["nomination", "place", "pk"]

    def __str__(self) -> str:
        return self.place

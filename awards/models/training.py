"""培训、参训人员: who attended what for how long, and the certificate of it. No prize, and on no award list."""

from django.db import models
from django.db.models import F, Q

from awards.core.attending import attendance_number, hours_text
from awards.core.signed_code import LENGTH
from awards.models.template import CertificateTemplate
from awards.states import PARTICIPANT_MOVES, AttendeeRole, ParticipantState
from competition.models import Contest
from competition.models.base import Keyed, Labelled
from competition.models.moving import Moving


class Training(Keyed, Labelled):
    """A training or camp, of the installation's office or of one contest's.

    order       in its year, over the whole installation: part of the number of each certificate
    half_hours  all of it; a participant may have attended less
    issuers     in rank order, as under the certificate
    dated_on    the day that the certificates bear
    erase_on    from this day on the names may go; erased_at: when they went
    template    the version whose sentences and language its certificates have, fixed with the first one; None: there
                was none, so the product's own
    """

    contest = models.ForeignKey(Contest, models.CASCADE, null=True, blank=True, related_name="trainings")
    year = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    half_hours = models.PositiveSmallIntegerField()
    issuers = models.JSONField(default=list)
    is_assessed = models.BooleanField(default=True)
    dated_on = models.DateField()
    erase_on = models.DateField()
    erased_at = models.DateTimeField(null=True, blank=True)
    template = models.ForeignKey(
        CertificateTemplate, models.RESTRICT, null=True, blank=True, related_name="trainings_saying_it"
    )

    class Meta:
        ordering = ["-year", "-order"]
        constraints = [
            models.UniqueConstraint(fields=["year", "order"], name="training_order_once_a_year"),
            models.CheckConstraint(condition=Q(begins_on__lte=F("ends_on")), name="training_begins_before_it_ends"),
            models.CheckConstraint(condition=Q(half_hours__gt=0), name="training_has_hours"),
        ]

    @property
    def hours(self) -> str:
        return hours_text(self.half_hours)

    def number_of(self, serial: int) -> str:
        return attendance_number(self.year, self.order, serial)


class Participant(Keyed, Moving):
    """Somebody who attended. Once issued, name, unit and hours stand as they were printed; a correction is a new row
    that `replaces` the old one, under the next number.

    order    in the list, which is the order of numbers and of printing
    version  of what the certificate says: 2 after the first correction
    code     as of `Certificate`; gone with the name, which it would let somebody guess
    reason   why it was revoked, or corrected
    """

    MOVES = PARTICIPANT_MOVES

    training = models.ForeignKey(Training, models.CASCADE, related_name="participants")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=10, choices=AttendeeRole.choices, default=AttendeeRole.TUTOR)
    half_hours = models.PositiveSmallIntegerField()
    remarks = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ParticipantState.choices, default=ParticipantState.LISTED)
    serial = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=40, blank=True)
    token = models.CharField(max_length=26, blank=True)
    code = models.CharField(max_length=LENGTH, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.RESTRICT, null=True, blank=True, related_name="replaced_by")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["training", "order", "version"]
        constraints = [
            models.UniqueConstraint(fields=["training", "serial"], name="participant_serial_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="participant_number_once"),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="participant_token_once"),
            models.CheckConstraint(condition=Q(state__in=ParticipantState.values), name="participant_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ParticipantState.LISTED, serial=None, number="", token="")
                | (~Q(state=ParticipantState.LISTED) & Q(serial__isnull=False) & ~Q(number="") & ~Q(token="")),
                name="participant_has_a_number_once_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.name

    @property
    def hours(self) -> str:
        return hours_text(self.half_hours)

    @property
    def log_contest(self) -> Contest | None:
        return self.training.contest

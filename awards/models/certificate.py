"""证书: what was printed, for whom, under which number."""

from django.db import models

from awards.models.award import Award, AwardList, Recognition
from awards.models.special import SpecialAward
from awards.states import CERTIFICATE_MOVES, CertificateKind, CertificateState, PrintedAs
from competition.models import Contest, User
from competition.models.base import Keyed
from competition.models.moving import Moving


class Certificate(Keyed, Moving):
    """One page. Its number is given once and kept; `recipients` are the names exactly as printed."""

    MOVES = CERTIFICATE_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="certificates")
    list = models.ForeignKey(AwardList, models.PROTECT, related_name="certificates")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    purpose = models.CharField(max_length=250)
    kind = models.CharField(max_length=12, choices=CertificateKind.choices)
    state = models.CharField(max_length=10, choices=CertificateState.choices, default=CertificateState.VALID)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="certificates")
    recognition = models.ForeignKey(Recognition, models.PROTECT, null=True, related_name="certificates")
    special = models.ForeignKey(SpecialAward, models.PROTECT, null=True, related_name="certificates")
    recipients = models.JSONField()
    honorific = models.CharField(max_length=20, blank=True)
    body = models.TextField()
    token = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["contest", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "serial"], name="certificate_serial_once"),
            models.UniqueConstraint(fields=["contest", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["contest", "purpose"],
                condition=models.Q(state="valid"),
                name="certificate_purpose_once",
            ),
            models.UniqueConstraint(fields=["token"], condition=~models.Q(token=""), name="certificate_token_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def work(self) -> Award | SpecialAward | None:
        """What an entry has it for; None where it is no entry's."""
        return self.award or self.special

    @property
    def log_contest(self) -> Contest:
        return self.contest


class CertificatePrint(models.Model):
    """That certificates were printed from their page.

    certificate   None: all that are valid
    seals         keys of the authorisations that were used
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="certificate_prints")
    certificate = models.ForeignKey(Certificate, models.CASCADE, null=True, related_name="prints")
    printed_as = models.CharField(max_length=10, choices=PrintedAs.choices)
    number = models.PositiveIntegerField()
    seals = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(printed_as__in=PrintedAs.values), name="printed_as_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.certificate or self.contest} {self.at:%Y-%m-%d}"

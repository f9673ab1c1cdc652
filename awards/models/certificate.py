"""证书: what was printed, for whom, under which number."""

from django.db import models

from awards.core.signed_code import LENGTH
from awards.models.award import Award, AwardList, Recognition
from awards.models.special import SpecialAward
from awards.models.training import Participant, Training
from awards.states import (
    CERTIFICATE_MOVES,
    KEY_MOVES,
    CertificateKind,
    CertificateState,
    KeyState,
    ListState,
    PrintedAs,
)
from competition.models import Contest, School, User
from competition.models.base import Keyed
from competition.models.moving import Moving
from competition.states import ContestState


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def out(self) -> "CertificateQuerySet":
        """Those that count, of a list that is published."""
        is_out = models.Q(list__state=ListState.PUBLISHED, contest__state=ContestState.PUBLISHED)
        return self.filter(is_out, state=CertificateState.VALID)

    def of_school(self, school: School) -> "CertificateQuerySet":
        """Of its entries' authors and tutors, its own titles, and those of its people."""
        work = models.Q(award__entry__school=school) | models.Q(special__entry__school=school)
        return self.filter(work | models.Q(recognition__school=school) | models.Q(recognition__person__school=school))


class Certificate(Keyed, Moving):
    """One page. Its number is given once and kept; `recipients` are the names exactly as printed.

    token   what its page on the web is found by
    code    token, statement and signature as the QR symbol has them; "" for those from before there were signatures
    """

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
    code = models.CharField(max_length=LENGTH, blank=True)

    objects = CertificateQuerySet.as_manager()

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
    """That certificates were printed from their page: of the list of a contest, or of a training.

    certificate, participant   whose alone; None: of all that are valid
    seals                      keys of the authorisations that were used
    """

    contest = models.ForeignKey(Contest, models.CASCADE, null=True, blank=True, related_name="certificate_prints")
    certificate = models.ForeignKey(Certificate, models.CASCADE, null=True, related_name="prints")
    training = models.ForeignKey(Training, models.CASCADE, null=True, blank=True, related_name="prints")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="prints")
    printed_as = models.CharField(max_length=10, choices=PrintedAs.choices)
    number = models.PositiveIntegerField()
    seals = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(printed_as__in=PrintedAs.values), name="printed_as_is_known"),
            models.CheckConstraint(
                condition=models.Q(contest__isnull=False, training=None, participant=None)
                | models.Q(contest=None, certificate=None, training__isnull=False),
                name="print_is_of_contest_or_training",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate or self.participant or self.contest or self.training} {self.at:%Y-%m-%d}"


class SigningKey(Moving):
    """An Ed25519 key that signs certificates, for the whole installation. The private half is nowhere: it is derived
    from the installation's key (a file) and `salt` (here), so that a copy of one of the two alone signs nothing.

    salt   random; "" for the first key, so that the same contest played twice gives the same bytes
    """

    MOVES = KEY_MOVES

    order = models.PositiveSmallIntegerField(unique=True)
    key_id = models.CharField(max_length=4, unique=True)
    public = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=KeyState.choices, default=KeyState.CURRENT)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="current"), name="signing_key_one_is_current"
            ),
            models.CheckConstraint(condition=models.Q(state__in=KeyState.values), name="signing_key_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.key_id

    @property
    def log_contest(self) -> None:
        return None

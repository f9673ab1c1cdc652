"""The outbox: a mail is a row first, written with what it is about, and sent later by a process of its own."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q, Value

from competition.models.base import Keyed
from competition.models.contest import Contest
from competition.models.link import SignInLink
from competition.models.moving import Moving
from competition.models.user import User
from competition.states import MAIL_MOVES, MailState

LINK_PLACE = "{link}"
LOST_AFTER = timedelta(minutes=10)  # many times longer than a mail server may take to answer


class MailQuerySet(models.QuerySet["Mail"]):
    def lost(self, at: datetime) -> "MailQuerySet":
        """Taken by a sender that did not come back."""
        return self.filter(state=MailState.SENDING, claimed_at__lte=at - LOST_AFTER)

    def shown(self, at: datetime) -> "MailQuerySet":
        """With `shown`, the state for people: what is lost is perhaps sent, also where no sender has said so yet."""
        is_lost = models.When(state=MailState.SENDING, claimed_at__lte=at - LOST_AFTER, then=Value(MailState.UNSURE))
        return self.annotate(shown=models.Case(is_lost, default=F("state"), output_field=models.CharField()))


class Mail(Keyed, Moving):
    """A mail of a contest to one person.

    body        the text as it is sent, but for `LINK_PLACE`: the link itself is nowhere, not even here
    link        the row of the link that stands there
    kind, about what the mail is and of whom, as the log would name it: at most one of a kind waits for a person
    claimed_at  when a sender took it; a sender that does not come back leaves it so
    due_at      not before this; later with every try that failed for now
    why         the code of the sentence that tells why it failed or was cancelled; `reply`: the mail server's own
    """

    MOVES = MAIL_MOVES

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    to = models.EmailField()
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    link = models.OneToOneField(SignInLink, models.SET_NULL, null=True, related_name="mail")
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=40, blank=True)
    reply = models.PositiveSmallIntegerField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="mail_due")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False), name="mail_sent_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENDING) | Q(claimed_at__isnull=False), name="mail_sending_is_claimed"
            ),
            models.UniqueConstraint(
                fields=["contest", "kind", "about"],
                condition=Q(state__in=[MailState.QUEUED, MailState.SENDING]),
                name="mail_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def log_contest(self) -> Contest:
        return self.contest

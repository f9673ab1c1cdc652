"""Lists and certificates as pages need them, found without changing anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from awards.models import (
    AwardList,
    Certificate,
    CertificateTemplate,
    Nomination,
    Notice,
    Participant,
    SelfNomination,
    SelfTerms,
    Training,
)
from awards.states import CertificateState, ListState, ParticipantState, SelfState
from competition.access import is_organiser
from competition.models import Contest, Submission
from competition.selectors import organised_by
from competition.states import ContestKind, ContestState, EntryState

PUBLISHING = "publishing"  # the pledge by which guardians agree that names are published


ON_THEIR_WAY = (
    EntryState.DRAFT, EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.NOT_RECOMMENDED, EntryState.RETURNED,
)  # fmt: skip


def nominees_of(contest: Contest) -> QuerySet[Nomination]:
    """What is still with its school, its unit or the check is no nominee yet."""
    return Nomination.objects.filter(entry__contest=contest).exclude(entry__state__in=ON_THEIR_WAY)


def self_nominations_waiting(contest: Contest) -> int | None:
    """How many the office has to look at; None where the award takes none."""
    if not SelfTerms.objects.filter(contest=contest).exists():
        return None
    return SelfNomination.objects.filter(contest=contest, state=SelfState.SENT).count()


def awards_taking_selves(at: datetime) -> QuerySet[Contest]:
    """Those whose public page lets people nominate themselves, as far as a query tells; the page says it exactly."""
    dated = SelfTerms.objects.filter(is_on=True, erased_at=None, until__gte=at.date() - timedelta(days=1))
    early = (ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)
    rows = Contest.objects.filter(pk__in=dated.values("contest"), state__in=early, kind=ContestKind.AWARD)
    return rows.select_related("self_terms")


def public_contests() -> QuerySet[Contest]:
    """Those of which the public has seen a list."""
    shown = AwardList.objects.filter(published_at__isnull=False).values("contest")
    return Contest.objects.filter(pk__in=shown)


def public_list(contest: Contest) -> AwardList | None:
    """The newest version that was published; it stays readable while a newer one is made."""
    return contest.award_lists.filter(published_at__isnull=False).order_by("-version").first()


def contests_in_notice(at: datetime) -> QuerySet[Contest]:
    """Those of which the public reads a notice at this moment."""
    return Contest.objects.filter(pk__in=Notice.objects.running(at).values("contest"))


def entries_with_consent(award_list: AwardList) -> set[int]:
    """Entries whose guardians agreed that names are published, as it was handed in last. None of a workbook's: it says
    nothing of consent."""
    listed = Q(entry__in=award_list.awards.values("entry")) | Q(entry__in=award_list.specials.values("entry"))
    rows = Submission.objects.filter(listed).order_by("entry", "version")
    selves = SelfNomination.objects.filter(listed).values_list("entry", "pledges")
    last = {**dict(selves), **dict(rows.values_list("entry", "content__pledges"))}
    return {entry for entry, pledges in last.items() if PUBLISHING in (pledges or ())}


def list_that_stands(contest: Contest) -> AwardList | None:
    return contest.award_lists.standing().select_related("plan", "run", "contest").first()


@dataclass(frozen=True)
class CertificateCounts:
    """`stale`: valid ones of a version of the list that no longer stands; they are to be issued anew."""

    valid: int
    revoked: int
    stale: int


def certificate_counts(contest: Contest) -> CertificateCounts:
    is_valid = Q(state=CertificateState.VALID)
    counted = contest.certificates.aggregate(
        valid=Count("pk", filter=is_valid),
        revoked=Count("pk", filter=~is_valid),
        stale=Count("pk", filter=is_valid & Q(list__state=ListState.SUPERSEDED)),
    )
    return CertificateCounts(**counted)


def trainings_of(user: Any) -> QuerySet[Training]:
    """Those that this user organises: all for the office of the installation, else those of their contests."""
    rows = Training.objects.select_related("contest")
    return rows if is_organiser(user, None) else rows.filter(contest__in=organised_by(user))


@dataclass(frozen=True)
class AttendanceCounts:
    """`due`: on the list with hours, so that a certificate is to be issued; `absent`: on it with none."""

    due: int
    absent: int
    issued: int
    gone: int


def attendance_counts(training: Training) -> AttendanceCounts:
    is_listed, is_issued = Q(state=ParticipantState.LISTED), Q(state=ParticipantState.ISSUED)
    counted = training.participants.aggregate(
        due=Count("pk", filter=is_listed & Q(half_hours__gt=0)),
        absent=Count("pk", filter=is_listed & Q(half_hours=0)),
        issued=Count("pk", filter=is_issued),
        gone=Count("pk", filter=~is_listed & ~is_issued),
    )
    return AttendanceCounts(**counted)


MOST_TO_SHOW = 50


def trainings_to_show(contest: Contest | None) -> list[Training]:
    """Those whose names a preview may show, the newest first; None: of the office of the installation."""
    return list(Training.objects.filter(contest=contest, erased_at=None).select_related("contest")[:MOST_TO_SHOW])


MOST_TO_COPY = 200


def templates_to_copy(user: Any, contest: Contest | None) -> list[CertificateTemplate]:
    """Versions that say something, of all contests that this user organises and of the office of the installation,
    where it is theirs: this contest's own first (None: the office's)."""
    rows = CertificateTemplate.objects.exclude(body={}).select_related("contest", "background")
    if not is_organiser(user, None):
        rows = rows.filter(contest__in=organised_by(user))
    own = list(rows.filter(contest=contest).order_by("kind", "-version"))
    rest = rows.exclude(contest=contest) if contest else rows.exclude(contest__isnull=True)
    others = rest.order_by("-contest__as_of", "contest", "kind", "-version")
    return own + list(others[:MOST_TO_COPY])


def certificate_by_token(token: str) -> Certificate | None:
    known = Certificate.objects.select_related("contest", "award", "special", "recognition__rule", "list")
    return known.filter(token=token).exclude(token="").first()


def newer_certificate(found: Certificate) -> Certificate | None:
    """The one that counts instead of a revoked one: for the same award, special prize or title."""
    same = Certificate.objects.filter(contest=found.contest_id, purpose=found.purpose, state=CertificateState.VALID)
    return None if found.state == CertificateState.VALID else same.first()


def attendance_by_token(token: str) -> Participant | None:
    return Participant.objects.select_related("training").filter(token=token).exclude(token="").first()


def newer_attendance(found: Participant) -> Participant | None:
    """The last of those that replaced it, where that one counts."""
    same = Participant.objects.filter(training=found.training_id, order=found.order, state=ParticipantState.ISSUED)
    return None if found.state == ParticipantState.ISSUED else same.first()

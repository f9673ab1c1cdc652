"""Lists and certificates as pages need them, found without changing anything."""

from collections import Counter

from django.db.models import QuerySet

from awards.models import AwardList
from awards.states import CertificateState
from competition.models import Contest


def public_contests() -> QuerySet[Contest]:
    """Those of which the public has seen a list."""
    shown = AwardList.objects.filter(published_at__isnull=False).values("contest")
    return Contest.objects.filter(pk__in=shown)


def public_list(contest: Contest) -> AwardList | None:
    """The newest version that was published; it stays readable while a newer one is made."""
    return contest.award_lists.filter(published_at__isnull=False).order_by("-version").first()


def list_that_stands(contest: Contest) -> AwardList | None:
    return contest.award_lists.standing().select_related("plan", "run", "contest").first()


def certificate_counts(contest: Contest) -> dict[str, int]:
    counted = Counter(contest.certificates.values_list("state", flat=True))
    return {state.value: counted[state] for state in CertificateState}

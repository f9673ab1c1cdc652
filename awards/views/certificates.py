"""The certificates of a contest, to be found by number or name when somebody calls."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.models import Certificate
from awards.selectors import certificate_counts
from awards.states import CertificateState
from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of


def matching(words: str) -> Q:
    """Every word in the number or in the body, which quotes title and names, or in the names as printed."""
    found = Q()
    for word in words.split():
        entry, people = Q(), Q()
        for work in ("award", "special"):
            for name in ("number", "title"):
                entry |= Q(**{f"{work}__entry__{name}__icontains": word})
            for role in ("authors", "tutors"):
                people |= Q(**{f"{work}__entry__{role}__person__name__icontains": word})
        units = Q(recognition__school__name__icontains=word) | Q(recognition__district__label_zh__icontains=word)
        found &= Q(number__icontains=word) | entry | people | units | Q(recognition__person__name__icontains=word)
    return found


def shown(request: SignedIn, contest: Contest) -> QuerySet[Certificate]:
    found = Certificate.objects.filter(matching(request.GET.get("q", "")), contest=contest).values("pk")
    rows = contest.certificates.filter(pk__in=found)
    rows = rows.select_related("award__entry", "special__entry", "recognition__rule")
    state = request.GET.get("state", "")
    return rows.filter(state=state) if state in CertificateState else rows


@require_GET
@allowed(why_not_organise, find_contest)
def certificates(request: SignedIn, contest: Contest) -> HttpResponse:
    page = page_of(request, shown(request, contest))
    record_look(request.user, "certificates", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "page": page,
        "counts": certificate_counts(contest),
        "size": size_of(request),
        "tab": "certificates",
    }
    return render(request, "awards/certificates.html", facts)

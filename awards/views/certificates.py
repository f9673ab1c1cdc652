"""The certificates of a contest, found by number or name when somebody calls; one, and all, printed."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.access_to_certificates import (
    OfSchool,
    may_schools_download,
    why_not_design_certificates,
    why_not_fetch_certificates,
    why_not_print_certificate,
    why_not_print_certificates,
    why_not_see_certificate,
    why_not_tell_schools,
)
from awards.models import Certificate
from awards.pdf import DoesNotFit, GlyphMissing
from awards.selectors import certificate_counts
from awards.services.printing import print_all, print_one
from awards.services.school_certificates import certificates_for, let_schools_download
from awards.states import CertificateState, PrintedAs
from awards.template_forms import PrintForm, PrintShopForm
from awards.views.files import unprintable
from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.selectors import LONGEST_SEARCH
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import PDF, download
from competition.views.finding import find_contest, find_school
from competition.views.paging import page_of, size_of


def matching(words: str) -> Q:
    """Every word in the number or in the body, which quotes title and names, or in the names as printed."""
    found = Q()
    for word in words[:LONGEST_SEARCH].split():
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
        "may_design": why_not_design_certificates(request.user, contest, at=timezone.now()) is None,
        "may_print": why_not_print_certificates(request.user, contest, at=timezone.now()) is None,
        "print_form": PrintForm(),
        "shop_form": PrintShopForm(auto_id="shop-%s"),
        "is_let": may_schools_download(contest),
        "why_not_mail": why_not_tell_schools(request.user, contest, at=timezone.now()),
        "tab": "certificates",
    }
    return render(request, "awards/certificates.html", facts)


def find_certificate(request: HttpRequest, key: str, certificate: str) -> Certificate:
    rows = Certificate.objects.select_related(
        "contest__belongs_to", "list", "award__entry", "special__entry", "recognition__rule"
    )
    return get_object_or_404(rows, contest__key=key, key=certificate)


@require_GET
@allowed(why_not_see_certificate, find_certificate)
def certificate(request: SignedIn, one: Certificate) -> HttpResponse:
    """One with everything that is printed on it, and how often it was."""
    now = timezone.now()
    record_look(request.user, "certificate", one, at=now)
    facts = {
        "contest": one.contest,
        "one": one,
        "entry": one.work.entry if one.work else None,
        "prints": one.prints.select_related("by").order_by("-pk"),
        "form": PrintForm() if why_not_print_certificate(request.user, one, at=now) is None else None,
        "tab": "certificates",
    }
    return render(request, "awards/certificate_page.html", facts)


@require_POST
@allowed(why_not_see_certificate, find_certificate)
def certificate_print(request: SignedIn, one: Certificate) -> HttpResponse:
    do = partial(print_one, certificate=one, printed_as=chosen(request), by=request.user, at=timezone.now())
    back = reverse("certificate-page", args=[one.contest.key, one.key])
    return download_or_refuse(request, do, f"{one.number}.pdf", back)


@require_POST
@allowed(why_not_organise, find_contest)
def certificates_print(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(print_all, contest=contest, printed_as=chosen(request), by=request.user, at=timezone.now())
    return download_or_refuse(request, do, "certificates.pdf", reverse("certificates", args=[contest.key]))


@require_POST
@allowed(why_not_design_certificates, find_contest)
def certificates_schools(request: SignedIn, contest: Contest) -> HttpResponse:
    """Whether schools may download theirs."""
    is_let = bool(request.POST.get("is_let"))
    do = partial(let_schools_download, contest=contest, is_let=is_let, by=request.user, at=timezone.now())
    done = _("Schools may download theirs now.") if is_let else _("Schools cannot download certificates any more.")
    return answer(request, do, reverse("certificates", args=[contest.key]), done)


def find_of_school(request: HttpRequest, key: str, school: str) -> OfSchool:
    return OfSchool(find_contest(request, key), find_school(request, school))


@require_POST
@allowed(why_not_fetch_certificates, find_of_school)
def certificates_of_school(request: SignedIn, found: OfSchool) -> HttpResponse:
    """One PDF; what it is called tells no school."""
    by, at = request.user, timezone.now()
    do = partial(certificates_for, contest=found.contest, school=found.school, by=by, at=at)
    return download_or_refuse(request, do, "certificates.pdf", reverse("school", args=[found.school.key]))


def chosen(request: SignedIn) -> str:
    """Without seal unless somebody says otherwise."""
    said = request.POST.get("printed_as", "")
    return said if said in PrintedAs else PrintedAs.PLAIN


def download_or_refuse(request: SignedIn, do: Callable[[], bytes], name: str, back: str) -> HttpResponse:
    try:
        with events.via(Via.WEB):
            data = do()
    except Refused as refused:
        messages.error(request, str(refused))
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
    else:
        return download(data, name, PDF)
    return redirect(back)

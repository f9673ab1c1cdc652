"""What the public sees: a published list with a whitelist of columns, and the check of one certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from awards.access import why_not_see_results
from awards.models import AwardList, Certificate, Participant
from awards.outputs.facts import award_lines
from awards.outputs.history import public_versions
from awards.outputs.public import public_line, public_recognitions, public_specials
from awards.selectors import list_that_stands, public_list
from awards.services.approvals import approval_of
from awards.states import CertificateKind, RecognitionKind
from awards.views.lists import counted, grouped
from competition.access import why_not_anyone
from competition.models import Contest
from competition.views.doors import allowed
from competition.views.finding import find_contest
from competition.views.masks import masked, masked_all


@require_GET
@allowed(why_not_see_results, find_contest)
def results(request: HttpRequest, contest: Contest) -> HttpResponse:
    published = public_list(contest)
    return results_page(request, contest, published or list_that_stands(contest), is_public=published is not None)


@require_GET
@allowed(why_not_see_results, find_contest)
def results_version(request: HttpRequest, contest: Contest, version: int) -> HttpResponse:
    """What was published stays readable, in each of its versions."""
    shown = get_object_or_404(AwardList, contest=contest, version=version, published_at__isnull=False)
    return results_page(request, contest, shown, is_public=True)


def results_page(request: HttpRequest, contest: Contest, shown: AwardList | None, *, is_public: bool) -> HttpResponse:
    lines = award_lines(shown) if shown else []
    versions = public_versions(contest) if is_public else []
    facts = {
        "contest": contest,
        "shown": shown,
        "is_public": is_public,
        "versions": versions,
        "newest": versions[0].list if versions else shown,
        "approved_by": approval_of(shown).holds if shown else (),
        "groups": grouped([public_line(line, contest.kind) for line in lines]),
        "counts": counted(lines),
        "specials": public_specials(shown) if shown else [],
        "recognitions": public_recognitions(shown) if shown else [],
    }
    return render(request, "awards/results.html", facts)


def plain_token(typed: str) -> str:
    """As people type it: in capitals, with spaces or hyphens."""
    return "".join(char for char in typed.casefold() if char.isalnum())


@require_GET
@allowed(why_not_anyone)
def certificate_form(request: HttpRequest, thing: None) -> HttpResponse:
    typed = plain_token(request.GET.get("code", ""))
    if typed:
        return redirect("certificate", typed[:40].upper())
    return check_page(request, {"typed": "", "found": None}, 200)


@require_GET
@allowed(why_not_anyone)
def certificate(request: HttpRequest, thing: None, token: str) -> HttpResponse:
    plain = plain_token(token)
    known = Certificate.objects.select_related("contest", "award", "special", "recognition__rule", "list")
    found = known.filter(token=plain).exclude(token="").first()
    attended = None if found else attendance_of(plain)
    if attended:
        facts = {
            "typed": plain.upper(),
            "found": attended,
            "training": attended.training,
            "name": masked_name(attended),
        }
        return check_page(request, facts, 200, "awards/certificate_of_attendance.html")
    facts = {"typed": plain.upper(), "found": found, "names": public_names(found) if found else ""}
    return check_page(request, facts, 200 if found else 404)


def attendance_of(token: str) -> Participant | None:
    return Participant.objects.select_related("training").filter(token=token).exclude(token="").first()


def masked_name(attended: Participant) -> str:
    """Nothing where the names of the training were erased."""
    return masked(attended.name) if attended.name else ""


def public_names(found: Certificate) -> str:
    """Units, schools and groups in full; people masked."""
    is_unit = found.recognition is not None and found.recognition.rule.kind != RecognitionKind.TUTOR
    is_group = found.kind == CertificateKind.AUTHOR and found.work is not None and not found.work.said["authors"]
    return "、".join(found.recipients) if is_unit or is_group else masked_all(found.recipients)


def check_page(
    request: HttpRequest, facts: dict, status: int, template: str = "awards/certificate.html"
) -> HttpResponse:
    response = render(request, template, facts, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response

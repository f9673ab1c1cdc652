"""Papers of entering as PDF, and the proof sheet of names."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.outputs.entry_papers import unit_summary_pdf
from awards.outputs.form_papers import form_pdf, forms_pdf
from awards.outputs.report_paper import report_pdf
from awards.outputs.unprintable import denial_of
from awards.pdf import DoesNotFit, GlyphMissing
from competition.access import (
    Entrance,
    UnitIn,
    why_not_confirm_names,
    why_not_see_form,
    why_not_see_reports_of_unit,
    why_not_see_unit,
    why_not_send_forms,
)
from competition.events import record_look
from competition.models import Contest, District, Entry
from competition.services.proofs import confirm_names, names_digest, proof_entries, standing_proof
from competition.services.summaries import recommended_by
from competition.services.unit_reports import standing_report
from competition.views.doors import SignedIn, allowed, answer, refuse
from competition.views.downloads import PDF, download
from competition.views.entering import find_entrance, find_entry
from competition.views.finding import find_contest, find_unit_in
from competition.views.signed_forms import signable, unsigned
from competition.views.unit import find_unit

MOST_FORMS = 300


@require_GET
@allowed(why_not_see_form, find_entry)
def entry_form(request: SignedIn, entry: Entry) -> HttpResponse:
    receipt = entry.submissions.order_by("-version").first()
    if receipt is None:
        raise Http404("Nothing was handed in yet.")
    record_look(request.user, "entry-form", entry, at=timezone.now())
    return printed(request, partial(form_pdf, entry, receipt), f"form-{entry.number}.pdf")


@require_GET
@allowed(why_not_send_forms, find_contest)
def entry_forms(request: SignedIn, contest: Contest) -> HttpResponse:
    """All forms that still have to be signed, in one file for one print."""
    entries = unsigned(signable(request.user, contest)).select_related(
        "contest", "track", "division", "school__district"
    )
    record_look(request.user, "entry-forms", contest, at=timezone.now())
    wanted = list(entries.prefetch_related("contest__pledges")[:MOST_FORMS])
    if not wanted:
        raise Http404("Every form is here.")
    return printed(request, partial(forms_pdf, wanted), "forms.pdf")


def printed(request: HttpRequest, make, name: str) -> HttpResponse:
    try:
        return download(make(), name, PDF)
    except (GlyphMissing, DoesNotFit) as fault:
        return refuse(request, denial_of(fault))


@require_GET
@allowed(why_not_see_unit, find_unit)
def unit_summary(request: SignedIn, unit: District, contest: str) -> HttpResponse:
    found = get_object_or_404(Contest, key=contest)
    record_look(request.user, "unit-summary", unit, at=timezone.now())
    make = partial(unit_summary_pdf, unit, found, recommended_by(unit, found), at=timezone.now())
    return printed(request, make, "summary.pdf")


@require_GET
@allowed(why_not_see_reports_of_unit, find_unit_in)
def unit_report_pdf(request: SignedIn, place: UnitIn) -> HttpResponse:
    """The newest version, to be stamped."""
    report = standing_report(place.contest, place.unit)
    if report is None:
        raise Http404("Nothing was filled in yet.")
    record_look(request.user, "unit-report", place.unit, at=timezone.now())
    return printed(request, partial(report_pdf, report), "report.pdf")


@require_GET
@allowed(why_not_confirm_names, find_entrance)
def proof_sheet(request: SignedIn, entrance: Entrance) -> HttpResponse:
    entries = proof_entries(entrance.contest, entrance.school)
    record_look(request.user, "proof-sheet", entrance.school, at=timezone.now())
    facts = {
        "entrance": entrance,
        "entries": entries,
        "digest": names_digest(entries),
        "proof": standing_proof(entrance.contest, entrance.school, entries),
    }
    return render(request, "awards/proof_sheet.html", facts)


@require_POST
@allowed(why_not_confirm_names, find_entrance)
def proof_confirm(request: SignedIn, entrance: Entrance) -> HttpResponse:
    do = partial(
        confirm_names, contest=entrance.contest, school=entrance.school, seen=request.POST.get("seen", ""),
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    to = reverse("proof-sheet", args=[entrance.contest.key, entrance.school.key])
    return answer(request, do, to, str(_("The names are confirmed.")))

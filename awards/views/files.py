"""The files of a contest, made when they are asked for; each only once what it says can no longer change."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from awards.access import why_not_see_ties
from awards.models import AwardList
from awards.outputs.bundle import bundle_of, fixed_list
from awards.outputs.ceremony import hand_over_sheet, host_script
from awards.outputs.figures import is_delegation, report, summary, verification
from awards.outputs.files import in_order, in_year_order, json_bytes
from awards.outputs.labels import entry_labels
from awards.outputs.measured_tally import measured_tally_pdf
from awards.outputs.minutes import minutes_pdf
from awards.outputs.papers import award_list_pdf, score_sheets
from awards.outputs.tables import award_list_xlsx, standings_xlsx
from awards.outputs.tally import tally_pdf
from awards.outputs.unprintable import denial_of
from awards.pdf import DoesNotFit, GlyphMissing
from awards.selectors import CertificateCounts, certificate_counts, list_that_stands
from awards.services.certificates import print_certificates
from awards.services.file_signatures import signed
from awards.states import ListState
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import DOCX, JSON, PDF, TEXT, XLSX, ZIP, download
from competition.views.finding import find_contest
from judging.models import Assignment, Rubric
from judging.selectors import entries_taking_part

FIXED = (ListState.LOCKED, ListState.PUBLISHED)


@dataclass(frozen=True)
class Material:
    """The contest with its companions, and their lists: those that stand, and those of them that are fixed."""

    contest: Contest
    contests: tuple[Contest, ...]
    lists: tuple[AwardList, ...]

    @property
    def fixed(self) -> list[AwardList]:
        return in_order([one for one in self.lists if one.state in FIXED])

    @property
    def is_fixed(self) -> bool:
        return any(one.contest == self.contest for one in self.fixed)


def material_of(contest: Contest) -> Material:
    contests = (contest, *contest.companions.order_by("pk"))
    lists = AwardList.objects.standing().filter(contest__in=contests).select_related("contest", "plan", "run")
    return Material(contest, contests, tuple(lists))


@dataclass(frozen=True)
class File:
    """`is_there` says whether it can be made now; `make` makes its bytes; `is_signed` where a certificate is set up."""

    name: str
    label: object
    kind: str
    is_there: Callable[[Material], bool]
    make: Callable[[Material], bytes]
    is_signed: bool = False


def ranked(material: Material) -> list[AwardList]:
    return in_order([one for one in material.lists if one.run_id])


def own(material: Material) -> list[AwardList]:
    """Without the delegations: their certificates and lists come from the higher level."""
    return [one for one in material.fixed if not is_delegation(one.contest)] or material.fixed


def certified(material: Material) -> list[Contest]:
    """Those whose certificates are all of the list that stands: an older one is never printed again."""
    return [one.contest for one in own(material) if is_certified(certificate_counts(one.contest))]


def is_certified(counts: CertificateCounts) -> bool:
    return bool(counts.valid) and not counts.stale


def assigned(material: Material) -> list[Contest]:
    rows = Assignment.objects.filter(round__contest__in=material.contests).order_by()
    found = set(rows.values_list("round__contest", flat=True).distinct())
    return [one for one in material.contests if one.pk in found]


def summary_bytes(material: Material) -> bytes:
    return json_bytes(summary(material.fixed, [], material.contest.input_digest))


FILES = (
    File("award-list.xlsx", gettext_lazy("Award list"), XLSX, lambda m: m.is_fixed, lambda m: award_list_xlsx(m.fixed)),
    File("award-list.pdf", gettext_lazy("Award list"), PDF, lambda m: m.is_fixed, lambda m: award_list_pdf(own(m)),
         is_signed=True),
    File("certificates.pdf", gettext_lazy("Certificates"), PDF, lambda m: bool(certified(m)),
         lambda m: print_certificates(certified(m))),
    File("host-script.docx", gettext_lazy("Script for the host"), DOCX, lambda m: m.is_fixed,
         lambda m: host_script(own(m))),
    File("handover.pdf", gettext_lazy("Hand-over sheet of certificates"), PDF,
         lambda m: m.contest in certified(m), lambda m: hand_over_sheet(m.contest)),
    File("standings.xlsx", gettext_lazy("Standings"), XLSX, lambda m: bool(ranked(m)),
         lambda m: standings_xlsx(ranked(m))),
    File("score-sheets.pdf", gettext_lazy("Score sheets"), PDF, lambda m: bool(assigned(m)),
         lambda m: score_sheets(assigned(m), address=settings.PUBLIC_URL)),
    File("report.txt", gettext_lazy("Paragraph for the report"), TEXT, lambda m: m.is_fixed,
         lambda m: report(in_year_order(m.fixed)).encode()),
    File("summary.json", gettext_lazy("Figures"), JSON, lambda m: m.is_fixed, summary_bytes),
    File("bundle.zip", gettext_lazy("Bundle for checking the results, without names"), ZIP, lambda m: m.is_fixed,
         lambda m: bundle_of(fixed_list(m.contest))),
    File("verify.json", gettext_lazy("Proof of the log"), JSON, lambda m: True,
         lambda m: json_bytes(verification(m.contests))),
)  # fmt: skip


def files_of(contest: Contest) -> list[File]:
    """Those that can be made now."""
    material = material_of(contest)
    return [one for one in FILES if one.is_there(material)]


@require_GET
@allowed(why_not_organise, find_contest)
def file(request: SignedIn, contest: Contest, name: str) -> HttpResponse:
    material = material_of(contest)
    wanted = next((one for one in FILES if one.name == name and one.is_there(material)), None)
    if wanted is None:
        raise Http404(_("This file cannot be made now."))
    try:
        data = wanted.make(material)
        if wanted.is_signed:
            data = signed(data, at=timezone.now())
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("board", contest.key)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("board", contest.key)
    record_look(request.user, name, contest, at=timezone.now())
    return download(data, name, wanted.kind)


@require_GET
@allowed(why_not_organise, find_contest)
def tally(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """One track in one round, to be signed by its judges, or by its referees."""
    rubric = find_rubric(contest, track, place)
    try:
        make = measured_tally_pdf if rubric.is_measured else tally_pdf
        data = make(rubric, at=timezone.now())
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("progress", contest.key)
    record_look(request.user, "tally", contest, at=timezone.now())
    return download(data, "tally.pdf", PDF)


@require_GET
@allowed(why_not_see_ties, find_contest)
def minutes(request: SignedIn, contest: Contest) -> HttpResponse:
    """The ties, for the meeting of the committee and to be signed after it."""
    award_list = list_that_stands(contest)
    if award_list is None:
        raise Http404(_("This file cannot be made now."))
    try:
        data = minutes_pdf(award_list, at=timezone.now())
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("ties", contest.key)
    record_look(request.user, "ties", contest, at=timezone.now())
    return download(data, "minutes.pdf", PDF)


@require_GET
@allowed(why_not_organise, find_contest)
def labels(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """One track in one round, to be stuck on pictures that are judged on paper."""
    rubric = find_rubric(contest, track, place)
    if not entries_taking_part(rubric).exists():
        raise Http404(_("This file cannot be made now."))
    try:
        data = entry_labels(rubric)
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("progress", contest.key)
    record_look(request.user, "labels", contest, at=timezone.now())
    return download(data, "labels.pdf", PDF)


def find_rubric(contest: Contest, track: int, place: int) -> Rubric:
    rubrics = Rubric.objects.select_related("round__contest", "track").prefetch_related("criteria")
    return get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)


def unprintable(fault: GlyphMissing | DoesNotFit) -> str:
    return denial_of(fault).message

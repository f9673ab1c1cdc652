"""Works to practise on, as the office sees them. They are no entries, and nothing here counts."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.services.announcing import Upload
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from judging.access import why_not_assign_judges, why_not_release_comparison
from judging.forms.marking import typed_from
from judging.forms.practice import PracticeForm, PracticeWorkForm, reference_values, remark_of, remarks_from
from judging.models import PracticeFile, PracticeSet, PracticeSheet, PracticeWork, Rubric
from judging.practice_compared import practice_grid
from judging.practising import scale_of
from judging.selectors import picture_tracks
from judging.services import practice as services
from judging.sheet_rows import criterion_rows
from judging.views.common import rubric_in

DOING = {
    "drop": services.drop_practice,
    "release": services.release_practice,
    "take-back": services.take_back_practice,
}


def practice_of(rubric: Rubric) -> PracticeSet | None:
    sets = PracticeSet.objects.select_related("round__contest", "track")
    return sets.filter(round=rubric.round_id, track=rubric.track_id).first()


def work_in(rubric: Rubric, key: str) -> PracticeWork:
    works = PracticeWork.objects.select_related("practice__round__contest", "practice__track")
    return get_object_or_404(works, practice__round=rubric.round_id, practice__track=rubric.track_id, key=key)


def facts_of(request: SignedIn, contest: Contest, rubric: Rubric) -> dict[str, Any]:
    closed = why_not_assign_judges(request.user, contest, at=timezone.now())
    return {"contest": contest, "rubric": rubric, "closed": closed, "tab": "judging", "subtab": "assign"}


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def practice(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """The works, who has practised, and what judges are shown of it."""
    rubric, now = rubric_in(contest, track, place), timezone.now()
    one = practice_of(rubric)
    if request.method == "POST":
        is_first = bool(request.POST.get("is_first"))
        do = partial(services.offer_practice, rubric=rubric, is_first=is_first, by=request.user, at=now)
        return answer(request, do, reverse("practice", args=[contest.key, track, place]), str(_("Saved.")))
    record_look(request.user, "judges", contest, at=now)
    facts = facts_of(request, contest, rubric) | {
        "practice": one,
        "grid": practice_grid(one, rubric) if one else None,
        "sheets": services.sheets_on(one) if one else 0,
        "form": PracticeForm(initial={"is_first": one is not None and one.is_first}),
        "fewest": services.FEWEST,
        "is_on_wall": rubric.track_id in picture_tracks(contest),
        "release_closed": why_not_release_comparison(request.user, contest, at=now),
    }
    return render(request, "judging/practice.html", facts)


@require_POST
@allowed(why_not_organise, find_contest)
def do(request: SignedIn, contest: Contest, track: int, place: int, action: str) -> HttpResponse:
    one = practice_of(rubric_in(contest, track, place))
    if one is None:
        raise Http404("Nothing to practise on.")
    done = {
        "drop": _("The practice works are gone. They counted nowhere."),
        "release": _("Judges see now how they marked the practice works."),
        "take-back": _("Judges see the comparison no more."),
    }
    run = partial(DOING[action], practice=one, by=request.user, at=timezone.now())
    return answer(request, run, reverse("practice", args=[contest.key, track, place]), str(done[action]))


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def work_new(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    rubric = rubric_in(contest, track, place)
    one = practice_of(rubric)
    if one is None:
        raise Http404("Nothing to practise on.")
    form = PracticeWorkForm(*sent(request))
    if form.is_bound and (made := saved(request, form, partial(services.add_practice_work, practice=one))):
        messages.success(request, _("%(number)s is put in.") % {"number": made.number})
        return redirect("practice", contest.key, track, place)
    facts = facts_of(request, contest, rubric) | {"form": form, "work": None}
    return render(request, "judging/practice_work.html", facts, status=422 if form.is_bound else 200)


def sent(request: SignedIn) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def saved(request: SignedIn, form: PracticeWorkForm, do: partial[PracticeWork]) -> PracticeWork | None:
    """None where it was refused; the form says why."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    uploads = [Upload(one.name or "", one.size or 0, one.chunks()) for one in said.pop("added")]
    try:
        with events.via(Via.WEB):
            return do(uploads=uploads, by=request.user, at=timezone.now(), **said)
    except Refused as refused:
        form.add_error("added" if uploads else None, str(refused))
        return None


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def work(request: SignedIn, contest: Contest, track: int, place: int, work: str) -> HttpResponse:
    rubric = rubric_in(contest, track, place)
    found = work_in(rubric, work)
    initial = {"title": found.title, "abstract": found.abstract}
    form = PracticeWorkForm(*sent(request), initial=initial)
    if form.is_bound and saved(request, form, partial(services.change_practice_work, work=found)):
        messages.success(request, _("Saved."))
        return redirect("practice-work", contest.key, track, place, found.key)
    return work_page(request, contest, rubric, found, form)


def work_page(
    request: SignedIn,
    contest: Contest,
    rubric: Rubric,
    found: PracticeWork,
    form: PracticeWorkForm,
    said: dict[str, str] | None = None,
    refused: str = "",
) -> HttpResponse:
    """said   what was typed as reference and is not saved"""
    sheets = PracticeSheet.objects.filter(work=found, judge=None, scale=scale_of(rubric)).prefetch_related("marks")
    values = reference_values(sheets.first(), rubric) if said is None else said
    names = [remark_of(one) for one in rubric.criteria.all()]
    facts = facts_of(request, contest, rubric) | {
        "work": found,
        "form": form,
        "files": [(one, named(one)) for one in found.files.select_related("copy", "work")],
        "sheets": found.sheets.filter(judge__isnull=False).count(),
        "criteria": [
            (row, name, values.get(name, "")) for row, name in zip(criterion_rows(rubric, values), names, strict=True)
        ],
        "refused": refused,
    }
    return render(request, "judging/practice_work.html", facts, status=422 if form.is_bound or refused else 200)


def named(one: PracticeFile) -> str:
    """The neutral name, as judges see it."""
    return f"{one.work.number}-{one.order}{ENDINGS.get(one.copy.media_type, '')}"


@require_POST
@allowed(why_not_organise, find_contest)
def reference(request: SignedIn, contest: Contest, track: int, place: int, work: str) -> HttpResponse:
    """What the office would give; all blank: nothing."""
    rubric = rubric_in(contest, track, place)
    found, said = work_in(rubric, work), request.POST.dict()
    try:
        marks = typed_from(said, rubric).marks
        with events.via(Via.WEB):
            services.set_reference(
                work=found, marks=marks, remarks=remarks_from(said, rubric), by=request.user, at=timezone.now()
            )
    except Refused as refused:
        form = PracticeWorkForm(initial={"title": found.title, "abstract": found.abstract})
        return work_page(request, contest, rubric, found, form, {k: str(v) for k, v in said.items()}, str(refused))
    messages.success(request, _("Saved.") if marks else _("There is no reference any more."))
    return redirect("practice-work", contest.key, track, place, found.key)


@require_POST
@allowed(why_not_organise, find_contest)
def work_remove(request: SignedIn, contest: Contest, track: int, place: int, work: str) -> HttpResponse:
    found = work_in(rubric_in(contest, track, place), work)
    done = str(_("%(number)s is taken away.") % {"number": found.number})
    do = partial(services.remove_practice_work, work=found, by=request.user, at=timezone.now())
    return answer(request, do, reverse("practice", args=[contest.key, track, place]), done)


def file_in(rubric: Rubric, work: str, file: str) -> PracticeFile:
    files = PracticeFile.objects.select_related("copy", "work__practice__round__contest", "work__practice__track")
    return get_object_or_404(files, work=work_in(rubric, work), key=file)


@require_GET
@allowed(why_not_organise, find_contest)
def file(request: HttpRequest, contest: Contest, track: int, place: int, work: str, file: str) -> FileResponse:
    """The copy, as judges get it."""
    found = file_in(rubric_in(contest, track, place), work, file)
    return stored(found.copy, named(found))


@require_POST
@allowed(why_not_organise, find_contest)
def file_remove(request: SignedIn, contest: Contest, track: int, place: int, work: str, file: str) -> HttpResponse:
    found = file_in(rubric_in(contest, track, place), work, file)
    do = partial(services.remove_practice_file, file=found, by=request.user, at=timezone.now())
    to = reverse("practice-work", args=[contest.key, track, place, work])
    return answer(request, do, to, str(_("%(name)s is taken out.") % {"name": named(found)}))

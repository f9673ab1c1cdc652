"""Trainings: all of an office, one with its participants, its list coming in, its papers."""

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access_to_certificates import why_not_design_certificates
from awards.access_to_trainings import (
    has_numbers,
    why_not_erase_training,
    why_not_organise_training,
    why_not_see_trainings,
    why_not_set_training,
    why_not_use_training,
)
from awards.core.attending import PARTICIPANT_LIST
from awards.models import Participant, Training
from awards.outputs.attendance import hand_over_sheet, sign_in_sheet
from awards.pdf import DoesNotFit, GlyphMissing
from awards.selectors import attendance_counts, trainings_of
from awards.services.attendance import printed
from awards.services.printing import print_attendance
from awards.services.trainings import (
    change_training,
    drop_training,
    erase_training,
    import_participants,
    issue_attendance,
    make_training,
)
from awards.states import ParticipantState, TemplateKind
from awards.template_forms import PrintForm, TrainingShopForm
from awards.training_forms import ParticipantsForm, TrainingForm
from awards.training_list import participants_plan
from awards.views.certificates import chosen, download_or_refuse
from awards.views.files import unprintable
from competition import events
from competition.access import is_organiser
from competition.errors import Refused
from competition.events import record_look
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import Via
from competition.views import listed
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import PDF, XLSX, download
from competition.views.kept import keep
from competition.views.paging import page_of, size_of
from competition.wording import speaks_chinese

MOST_PRINTS = 10  # shown
PAPERS = {
    "hand-over.pdf": hand_over_sheet,
    "sign-in.pdf": sign_in_sheet,
}


def find_training(request: HttpRequest, key: str) -> Training:
    return get_object_or_404(Training.objects.select_related("contest"), key=key)


def address_of(training: Training) -> str:
    return reverse("training", args=[training.key])


@require_GET
@allowed(why_not_see_trainings)
def trainings(request: SignedIn, thing: None) -> HttpResponse:
    rows = trainings_of(request.user).annotate(
        people=Count("participants", filter=Q(participants__state__in=("listed", "issued"))),
        issued=Count("participants", filter=Q(participants__state="issued")),
    )
    rows = rows.order_by("-year", "-order")  # grouping forgets the model's own
    for word in request.GET.get("q", "")[:100].split():
        rows = rows.filter(Q(label_zh__icontains=word) | Q(label_en__icontains=word) | Q(place__icontains=word))
    facts = {"page": page_of(request, rows), "size": size_of(request), "is_office": is_organiser(request.user, None)}
    return render(request, "awards/trainings.html", facts)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_trainings)
def training_new(request: SignedIn, thing: None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = TrainingForm(data, user=request.user, is_office=is_organiser(request.user, None))
    return form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise_training, find_training)
def training_terms(request: SignedIn, training: Training) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = TrainingForm(data, user=request.user, is_office=False, training=training, fixed=has_numbers(training))
    return form_page(request, form, training)


def form_page(request: SignedIn, form: TrainingForm, training: Training | None) -> HttpResponse:
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            with events.via(Via.WEB):
                saved = save(request, form, training)
            messages.success(request, _("The training was saved."))
            return redirect("training", saved.key)
        except Refused as denied:
            refused = str(denied)
    facts = {"form": form, "training": training, "refused": refused, "fixed": training and has_numbers(training)}
    return render(request, "awards/training_form.html", facts, status=422 if form.is_bound else 200)


def save(request: SignedIn, form: TrainingForm, training: Training | None) -> Training:
    who: dict[str, Any] = {"details": form.details, "by": request.user, "at": timezone.now()}
    if training:
        return change_training(training=training, **who)
    return make_training(contest=form.of_contest, **who)


def shown(request: SignedIn, training: Training) -> QuerySet[Participant]:
    rows = training.participants.order_by("order", "version")
    for word in request.GET.get("q", "")[:100].split():
        rows = rows.filter(Q(name__icontains=word) | Q(unit__icontains=word) | Q(number__icontains=word))
    state = request.GET.get("state", "")
    return rows.filter(state=state) if state in ParticipantState else rows


@require_GET
@allowed(why_not_organise_training, find_training)
def training(request: SignedIn, training: Training) -> HttpResponse:
    now = timezone.now()
    record_look(request.user, "participants", training, at=now)
    facts = {
        "training": training,
        "page": page_of(request, shown(request, training)),
        "size": size_of(request),
        "counts": attendance_counts(training),
        "states": ParticipantState.choices,
        "print_form": PrintForm(),
        "shop_form": TrainingShopForm(auto_id="shop-%s"),
        "template": template_url(request, training),
        "prints": training.prints.filter(participant=None).select_related("by").order_by("-pk")[:MOST_PRINTS],
        "is_open": why_not_use_training(request.user, training, at=now) is None,
        "may_drop": why_not_set_training(request.user, training, at=now) is None,
        "may_erase": why_not_erase_training(request.user, training, at=now) is None,
    }
    return render(request, "awards/training.html", facts)


def template_url(request: SignedIn, training: Training) -> str:
    """The editor with this training's list in the preview; "" for who may not design."""
    contest = training.contest
    if why_not_design_certificates(request.user, contest, at=timezone.now()):
        return ""
    place = [contest.key, TemplateKind.ATTENDANCE.value] if contest else []
    return f"{reverse('certificate-template', args=place)}?{urlencode({'shown_training': training.key})}"


@require_POST
@allowed(why_not_organise_training, find_training)
def training_print(request: SignedIn, training: Training) -> HttpResponse:
    now = timezone.now()
    do = partial(print_attendance, training=training, printed_as=chosen(request), by=request.user, at=now)
    response = download_or_refuse(request, do, "certificates.pdf", address_of(training))
    if response.status_code == HTTPStatus.OK:
        record_look(request.user, "certificates.pdf", training, at=now)
    return response


@require_POST
@allowed(why_not_organise_training, find_training)
def training_drop(request: SignedIn, training: Training) -> HttpResponse:
    do = partial(drop_training, training=training, by=request.user, at=timezone.now())
    try:
        with events.via(Via.WEB):
            do()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("training", training.key)
    messages.success(request, _("The training was dropped with its list."))
    return redirect("trainings")


@require_POST
@allowed(why_not_organise_training, find_training)
def training_issue(request: SignedIn, training: Training) -> HttpResponse:
    do = partial(issue_attendance, training=training, by=request.user, at=timezone.now())
    return answer(request, do, address_of(training), _("%(result)s certificates were issued. Print them now."))


@require_POST
@allowed(why_not_organise_training, find_training)
def training_erase(request: SignedIn, training: Training) -> HttpResponse:
    do = partial(erase_training, training=training, by=request.user, at=timezone.now())
    return answer(
        request, do, address_of(training), _("The names are erased. %(result)s numbers can still be checked.")
    )


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise_training, find_training)
def training_import(request: SignedIn, training: Training) -> HttpResponse:
    form = ParticipantsForm(request.POST, request.FILES) if request.method == "POST" else ParticipantsForm()
    facts: dict[str, Any] = {"training": training, "form": form}
    if denial := why_not_use_training(request.user, training, at=timezone.now()):
        messages.error(request, denial.message)
        return redirect("training", training.key)
    if not form.is_bound or not form.is_valid():
        return render(request, "awards/training_import.html", facts, status=422 if form.is_bound else 200)
    data = form.data_of_list
    return preview(request, training, data, keep(data))


def preview(request: SignedIn, training: Training, data: bytes, sha256: str) -> HttpResponse:
    plan = participants_plan(data, training)
    record_look(request.user, "participants", training, at=timezone.now())
    facts = {"training": training, **listed.shown(request, plan, sha256)}
    return render(request, "awards/training_preview.html", facts, status=200 if plan.is_whole else 422)


@require_POST
@allowed(why_not_organise_training, find_training)
def training_import_apply(request: SignedIn, training: Training) -> HttpResponse:
    return listed.take_in(
        request,
        lambda data, shown: import_participants(
            training=training, data=data, shown=shown, by=request.user, at=timezone.now()
        ),
        partial(preview, request, training),
        done=_("Taken in: %(new)s new participants, %(changed)s changed."),
        to=reverse("training", args=[training.key]),
        again=reverse("training-import", args=[training.key]),
    )


@require_GET
@allowed(why_not_organise_training, find_training)
def training_list(request: SignedIn, training: Training) -> HttpResponse:
    """The list as it stands, in the columns that an import reads: fill in hours and bring it back."""
    record_look(request.user, "participants.xlsx", training, at=timezone.now())
    english = not speaks_chinese()
    states = (ParticipantState.LISTED, ParticipantState.ISSUED)
    people = training.participants.filter(state__in=states).order_by("order", "version")
    rows = [
        [one.name, one.unit, PARTICIPANT_LIST.column("role").choices[one.role][english], one.hours, one.remarks]
        for one in people
    ]
    headings = [Heading(one.en if english else one.zh, "", 18) for one in PARTICIPANT_LIST.columns]
    told = [[one.en, one.help_en] if english else [one.zh, one.help_zh] for one in PARTICIPANT_LIST.columns]
    explained = Sheet(_("How to fill it in"), [Heading(_("Column"), "", 20), Heading(_("Meaning"), "", 70)], told)
    title = PARTICIPANT_LIST.en if english else PARTICIPANT_LIST.zh
    data = workbook_bytes([Sheet(title, headings, rows), explained], at=timezone.now())
    return download(data, "participants.xlsx", XLSX)


@require_GET
@allowed(why_not_organise_training, find_training)
def training_paper(request: SignedIn, training: Training, name: str) -> HttpResponse:
    """The sheet to sign when certificates are handed over, the sheet to sign on each day."""
    make = PAPERS.get(name)
    if make is None or training.erased_at or (name != "sign-in.pdf" and not printed(training)):
        raise Http404(_("This file cannot be made now."))
    try:
        data = make(training)
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("training", training.key)
    record_look(request.user, name, training, at=timezone.now())
    return download(data, name, PDF)

"""Objections for the office: what came in and until when it is due, typed in from letters, decided, answered."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, F, QuerySet, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from awards.access import notice_objected_to, why_not_see_notices, why_not_see_objection
from awards.models import Objection
from awards.outputs.answer_letter import answer_letter_pdf
from awards.outputs.objection_record import objection_record_pdf
from awards.services.objections import Ruling, decide_objection
from awards.states import ObjectionState, ObjectionWay
from awards.views.objecting import ObjectionForm, received
from awards.views.papers import printed
from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

WAYS = [(way.value, way.label) for way in ObjectionWay if way != ObjectionWay.WEB]
OUTCOMES = [(state.value, state.label) for state in ObjectionState if state != ObjectionState.OPEN]


class OfficeObjectionForm(ObjectionForm):
    """From a letter or a call. Without a name it is recorded, and no answer is due."""

    way = forms.ChoiceField(label=gettext_lazy("How it came"), choices=WAYS)
    field_order = ("way", "name", "contact", "entry", "reason", "evidence")

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        for name in ("name", "contact"):
            self.fields[name].required = False
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("Blank: anonymous. It is recorded, and no answer is due.")
        self.fields["contact"].help_text = ""


class RulingForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[("", "—"), *OUTCOMES])
    decision = forms.CharField(
        label=gettext_lazy("What was found and decided"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It stands in the letter word for word, and whoever objected reads it on the web."),
    )  # fmt: skip
    decider = forms.CharField(
        label=gettext_lazy("Who decided"), max_length=100,
        help_text=gettext_lazy("Nobody who judged in this contest."),
    )  # fmt: skip
    decider_role = forms.CharField(
        label=gettext_lazy("In which office"), max_length=100,
        help_text=gettext_lazy("Such as: supervisor, or head of the organising committee's office."),
    )  # fmt: skip

    @property
    def ruling(self) -> Ruling:
        return Ruling(**self.cleaned_data | {"outcome": ObjectionState(self.cleaned_data["outcome"])})


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_notices, find_contest)
def objections(request: SignedIn, contest: Contest) -> HttpResponse:
    """Open ones first, by the day their answer is due."""
    notice = notice_objected_to(contest, at=timezone.now())
    form = None
    if notice is not None:
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = OfficeObjectionForm(*sent, notice=notice)
        if form.is_bound and form.is_valid() and (made := received(form, contest, by=request.user)):
            messages.success(request, _("Recorded under number %(number)s.") % {"number": made.number})
            return redirect("objection", contest.key, made.key)
    record_look(request.user, "objections", contest, at=timezone.now())
    page = page_of(request, in_order(contest))
    facts = {
        "contest": contest, "form": form, "page": page, "size": size_of(request), "tab": "awards",
        "today": timezone.now().astimezone(contest.tz).date(),
    }  # fmt: skip
    return render(request, "awards/objections.html", facts, status=422 if form and form.errors else 200)


def in_order(contest: Contest) -> QuerySet[Objection]:
    is_closed = Case(When(state=ObjectionState.OPEN, then=Value(0)), default=Value(1))
    rows = contest.objections.select_related("entry")
    return rows.order_by(is_closed, F("due_on").asc(nulls_last=True), "-received_at", "pk")


def find_objection(request: HttpRequest, key: str, objection: str) -> Objection:
    rows = Objection.objects.select_related("contest", "notice__list", "entry", "recorded_by")
    return get_object_or_404(rows, contest__key=key, key=objection)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_objection, find_objection)
def objection(request: SignedIn, found: Objection) -> HttpResponse:
    form = RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with events.via(Via.WEB):
                decide_objection(objection=found, ruling=form.ruling, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Decided. Print the letter, or tell them that the answer stands on the web."))
            return redirect("objection", found.contest.key, found.key)
    record_look(request.user, "objection", found, at=timezone.now())
    facts = {
        "contest": found.contest, "objection": found, "form": form, "tab": "awards",
        "evidence": range(1, found.evidence.count() + 1), "today": timezone.now().astimezone(found.contest.tz).date(),
    }  # fmt: skip
    return render(request, "awards/objection.html", facts, status=422 if form.errors else 200)


@require_GET
@allowed(why_not_see_objection, find_objection)
def objection_evidence(request: SignedIn, found: Objection, place: int) -> FileResponse:
    """By its place, so that no name of a file tells anything."""
    papers = list(found.evidence.order_by("pk"))
    if not 1 <= place <= len(papers):
        raise Http404("There is no such file.")
    record_look(request.user, "objection-evidence", found, at=timezone.now())
    paper = papers[place - 1]
    return stored(paper, f"evidence-{place}{ENDINGS.get(paper.media_type, '')}")


@require_GET
@allowed(why_not_see_objection, find_objection)
def objection_letter(request: SignedIn, found: Objection) -> HttpResponse:
    if found.decided_at is None:
        raise Http404("It is not decided yet.")
    record_look(request.user, "objection-letter", found, at=timezone.now())
    return printed(request, partial(answer_letter_pdf, found, at=found.decided_at), f"answer-{found.number}.pdf")


@require_GET
@allowed(why_not_see_objection, find_objection)
def objection_record(request: SignedIn, found: Objection) -> HttpResponse:
    """For the file, as it stands now."""
    now = timezone.now()
    record_look(request.user, "objection-record", found, at=now)
    return printed(request, partial(objection_record_pdf, found, at=now), f"objection-{found.number}.pdf")

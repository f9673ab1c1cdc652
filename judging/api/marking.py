"""Saving, handing in, stepping back, asking: what a page sends may be sent again, and is done once."""

from functools import cached_property
from typing import Any

from django.contrib.auth import authenticate, login
from django.forms import Form
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from competition import events
from competition.access import why_not_anyone
from competition.api.doors import Door
from competition.errors import Denial, Refused
from competition.selectors import second_factor_of
from competition.services.accounts import is_only_a_pin
from competition.states import Via
from competition.tries import WAIT_MINUTES, Tries, address_of
from judging.access import why_not_send
from judging.forms.marking import QuestionForm, RecuseForm, clean, typed_from
from judging.models import Assignment, Draft, Judge, Rubric, Sheet
from judging.services import marking
from judging.services.sorting import sort_work
from judging.sheet_rows import typed_marks
from judging.states import QuestionKind, SortedAs
from judging.views.finding import find_assignment, find_judge

LONGEST_SAVE_KEY = 40


def said_in(request: Request) -> dict[str, Any]:
    """The object that was sent."""
    if not isinstance(request.data, dict):
        raise exceptions.ValidationError({})
    return request.data


def words_in(request: Request) -> dict[str, str]:
    """The same for a form of words."""
    return {name: clean(value) for name, value in said_in(request).items()}


def faults_of(form: Form) -> dict[str, Any]:
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


class OfWork(Door):
    """About one entry in the pile of one judge."""

    rule = staticmethod(why_not_send)
    thing: Assignment

    def find(self, **names: Any) -> Assignment:
        return find_assignment(self.request, names["key"], names["work"])

    @cached_property
    def rubric(self) -> Rubric:
        rubrics = Rubric.objects.prefetch_related("criteria")
        return rubrics.get(round=self.thing.round_id, track=self.thing.entry.track_id)

    @cached_property
    def common(self) -> dict[str, Any]:
        """What every write here needs. `save`: the client's key for this write."""
        save = clean(said_in(self.request).get("save"))
        if not 8 <= len(save) <= LONGEST_SAVE_KEY:
            raise exceptions.ValidationError({"save": [_("A key of 8 to 40 characters.")]})
        return {"assignment": self.thing, "save": save, "by": self.request.user, "at": timezone.now()}

    @property
    def values(self) -> dict[str, Any]:
        values = said_in(self.request).get("values") or {}
        if not isinstance(values, dict):
            raise exceptions.ValidationError({"values": [_("An object of fields and what stands in them.")]})
        return values

    @property
    def base(self) -> int:
        base = said_in(self.request).get("base", 0)
        if not isinstance(base, int) or isinstance(base, bool) or not 0 <= base < 10**9:
            raise exceptions.ValidationError({"base": [_("The number of the version that the page had.")]})
        return base


def with_theirs(fault: Refused, work: OfWork) -> Response:
    """Both versions, so that a person can choose."""
    draft = Draft.objects.select_related("assignment").filter(assignment=work.thing).first()
    theirs = draft_as_data(draft, work.rubric) if draft else None
    return Response({"code": fault.denial.code, "message": str(fault), "fields": {}, "theirs": theirs}, status=409)


def draft_as_data(draft: Draft, rubric: Rubric) -> dict[str, Any]:
    return {
        "revision": draft.assignment.revision,
        "save": draft.last_save,
        "saved_at": draft.saved_at.isoformat(),
        "values": typed_marks(draft.marks, rubric) | {"comment": draft.comment, "feedback": draft.feedback},
    }


class SaveDraft(OfWork):
    def post(self, request: Request, key: str, work: str) -> Response:
        typed = typed_from(self.values, self.rubric)
        try:
            draft = marking.save_draft(typed=typed, base=self.base, **self.common)
        except Refused as fault:
            if fault.denial.code != "draft-changed":
                raise
            return with_theirs(fault, self)
        return Response(draft_as_data(draft, self.rubric))


class SubmitSheet(OfWork):
    def post(self, request: Request, key: str, work: str) -> Response:
        typed = typed_from(self.values, self.rubric)
        try:
            with events.via(Via.API):
                sheet = marking.submit_sheet(typed=typed, base=self.base, **self.common)
        except Refused as fault:
            if fault.denial.code != "draft-changed":
                raise
            return with_theirs(fault, self)
        return Response(receipt(sheet))


class Recuse(OfWork):
    def post(self, request: Request, key: str, work: str) -> Response:
        form = RecuseForm(words_in(request))
        if not form.is_valid():
            raise exceptions.ValidationError(faults_of(form))
        with events.via(Via.API):
            sheet = marking.recuse(reason=form.cleaned_data["reason"], **self.common)
        return Response(receipt(sheet))


class Ask(OfWork):
    def post(self, request: Request, key: str, work: str) -> Response:
        form = QuestionForm(words_in(request))
        if not form.is_valid():
            raise exceptions.ValidationError(faults_of(form))
        said = form.cleaned_data
        with events.via(Via.API):
            made = marking.ask_question(kind=QuestionKind(said["kind"]), text=said["text"], **self.common)
        return Response({"key": made.key, "save": self.common["save"]})


class SortWork(OfWork):
    """A picture on the wall. Sent again it is the same; what is sent last stands."""

    def post(self, request: Request, key: str, work: str) -> Response:
        said = said_in(request).get("sorted_as")
        if said not in SortedAs.values:
            raise exceptions.ValidationError({"sorted_as": SortedAs.values})
        who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        sort_work(assignment=self.thing, sorted_as=SortedAs(said), **who)
        return Response({"work": work, "sorted_as": said})


def receipt(sheet: Sheet) -> dict[str, Any]:
    """`save`: the client's own key again, so that it knows the answer is ours and to this request."""
    return {
        "key": sheet.key,
        "save": sheet.save_key,
        "version": sheet.version,
        "state": sheet.state,
        "submitted_at": sheet.submitted_at.isoformat(),
        "url": reverse("sheet", args=[sheet.assignment.judge.key, sheet.key]),
    }


@method_decorator([csrf_protect, sensitive_post_parameters("pin")], name="dispatch")
class SignInAgain(Door):
    """Where the session ended while the page was open: the PIN, and then what was kept goes out."""

    rule = staticmethod(why_not_anyone)
    thing: Judge

    def find(self, **names: Any) -> Judge:
        return find_judge(self.request, names["key"])

    def post(self, request: Request, key: str) -> Response:
        judge = self.thing
        username = judge.user.username if judge.user else ""
        tries = Tries(username, address_of(request))  # the same account as at the other door
        if tries.is_over():
            raise Refused(Denial("pin-wait", {"minutes": WAIT_MINUTES}))
        pin = clean(said_in(request).get("pin"))
        user = authenticate(request, username=username, password=pin) if username else None
        if user is None or is_only_a_pin(user, pin):
            tries.count()
            raise Refused(Denial("pin-wrong"))
        if second_factor_of(user) is not None:
            raise Refused(Denial("pin-elsewhere"))
        tries.forget()
        login(request._request, user)
        return Response({"token": get_token(request._request)})

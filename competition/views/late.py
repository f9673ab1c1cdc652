"""上报信息 of one chosen entry, as its school fills it in: consent first, then the answers, shown masked."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from competition import events
from competition.access_to_late import (
    late_terms_of,
    why_not_answer_late,
    why_not_see_late,
    why_not_withdraw_late,
)
from competition.core.late_fields import PHOTO
from competition.errors import Refused
from competition.events import record_look
from competition.forms.late import MB, PHOTO_MB, AnswersForm, ConsentForm
from competition.inspection import FileKind, Limits, Unfit, portrait
from competition.late import LatePerson, late_people, texts_of
from competition.models import Entry, Person
from competition.services.late_answers import (
    erase_late_answers_of,
    record_late_consent,
    save_late_answers,
)
from competition.states import Via
from competition.unfit import sentence
from competition.views.doors import SignedIn, allowed, answer
from competition.views.entering import find_entry

LONGEST_PX = 800
LIMITS = Limits(frozenset({FileKind.IMAGE}), PHOTO_MB * MB)
OfEntry = tuple[Entry, Person]


def find_person(request: HttpRequest, key: str, person: str) -> OfEntry:
    """Of whom something is kept in this entry."""
    found = get_object_or_404(Person, key=person, late_consents__choice__entry__key=key)
    return find_entry(request, key), found


def why_not_withdraw_of(user: Any, found: OfEntry, *, at: Any) -> Any:
    return why_not_withdraw_late(user, found[0], at=at)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@allowed(why_not_see_late, find_entry)
def late_form(request: SignedIn, entry: Entry) -> HttpResponse:
    people = late_people(entry)
    form = answers_form(request, entry, people)
    if form.is_valid() and (number := save(request, entry, form)) is not None:
        text = ngettext("%(number)s value was saved.", "%(number)s values were saved.", number) % {"number": number}
        messages.success(request, text if number else _("Nothing was typed, so nothing was changed."))
        return redirect("late-form", entry.key)
    return page(request, entry, people, form)


def answers_form(request: SignedIn, entry: Entry, people: Sequence[LatePerson]) -> AnswersForm:
    texts = texts_of(entry.contest, people, at=timezone.now())
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AnswersForm(data, files, people, texts)


def save(request: SignedIn, entry: Entry, form: AnswersForm) -> int | None:
    """None where something is wrong; the form says it."""
    now = timezone.now()
    if denial := why_not_answer_late(request.user, entry, at=now):  # before pictures are looked into
        form.show(denial)
        return None
    photos = photos_in(form)
    if form.errors:
        return None
    try:
        with events.via(Via.WEB):
            return save_late_answers(entry=entry, given=form.given(photos), by=request.user, at=now)
    except Refused as refused:
        form.show(refused.denial)
        return None


def photos_in(form: AnswersForm) -> dict[tuple[str, str], bytes]:
    found = {}
    for key, said in form.typed.items():
        if PHOTO in said:
            try:
                found[key, PHOTO] = portrait(said[PHOTO].read(), LIMITS, LONGEST_PX)
            except Unfit as unfit:
                form.add_error(f"{key}-{PHOTO}", sentence(unfit))
    return found


def page(
    request: SignedIn,
    entry: Entry,
    people: Sequence[LatePerson],
    form: AnswersForm,
    consent: ConsentForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    record_look(request.user, "late-masked", entry, at=now)
    facts = {
        "entry": entry,
        "contest": entry.contest,
        "school": entry.school,
        "terms": late_terms_of(entry.contest),
        "people": people,
        "missing": sum(len(one.missing) for one in people),
        "form": form,
        "consent": consent or ConsentForm(None, people),
        "closed": why_not_answer_late(request.user, entry, at=now),
    }
    is_wrong = bool(form.errors) or bool(consent and consent.errors)
    return render(request, "competition/late_form.html", facts, status=422 if is_wrong else 200)


@require_POST
@allowed(why_not_see_late, find_entry)
def late_consent(request: SignedIn, entry: Entry) -> HttpResponse:
    people = late_people(entry)
    consent = ConsentForm(request.POST, people)
    if not consent.is_valid():
        form = AnswersForm(None, None, people, texts_of(entry.contest, people, at=timezone.now()))
        return page(request, entry, people, form, consent)
    do = partial(record_late_consent, entry=entry, **consent.cleaned_data, by=request.user, at=timezone.now())
    return answer(request, do, reverse("late-form", args=[entry.key]), _("Recorded. Fill in the details now."))


@require_POST
@allowed(why_not_withdraw_of, find_person)
def late_withdraw(request: SignedIn, found: OfEntry) -> HttpResponse:
    """The consent of one person is taken back: everything of theirs goes, in this contest."""
    entry, person = found
    do = partial(erase_late_answers_of, person=person, contest=entry.contest, by=request.user, at=timezone.now())
    done = _("Taken back. %(result)s values were erased.")
    to = reverse("late-form", args=[entry.key])
    if request.POST.get("from") == "office":
        to = reverse("late-entry", args=[entry.contest.key, entry.key])
    return answer(request, do, to, done)

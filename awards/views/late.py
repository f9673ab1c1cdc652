"""上报信息 at the office: what is asked, of which entries, what is there; read in full and taken along, each look
recorded."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.outputs.late import late_xlsx, photos_zip
from competition import events
from competition.access import why_not_send_up
from competition.access_to_late import late_terms_of, why_not_over, why_not_read_late, why_not_read_late_of
from competition.core.late_fields import PHOTO
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.forms.late import LateTermsForm
from competition.late import LatePerson, chosen, late_people, photo_of, progress_of, texts_of
from competition.late_wording import field_label, value_text
from competition.models import Contest, Entry, LateConsent, LateTerms
from competition.services.late import Asked, drop_late_choice, erase_late, save_late_terms
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer, refuse
from competition.views.downloads import XLSX, ZIP, download
from competition.views.finding import find_contest


def find_entry(request: HttpRequest, key: str, entry: str) -> Entry:
    rows = Entry.objects.select_related("contest", "track", "school__district")
    return get_object_or_404(rows, key=entry, contest__key=key)


def find_person(request: HttpRequest, key: str, entry: str, person: str) -> tuple[Entry, str]:
    return find_entry(request, key, entry), person


def why_not_drop(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    return why_not_send_up(user, entry.contest, at=at)


def why_not_read_photo(user: Any, found: tuple[Entry, str], *, at: datetime) -> Denial | None:
    return why_not_read_late_of(user, found[0], at=at)


def address_of(contest: Contest) -> str:
    return reverse("late", args=[contest.key])


@require_GET
@allowed(why_not_send_up, find_contest)
def late(request: SignedIn, contest: Contest) -> HttpResponse:
    """Which entries, what of each is there, and what to do next."""
    terms, now = late_terms_of(contest), timezone.now()
    choices = list(chosen(contest)) if terms else []
    lines = [(one, progress_of(one, terms)) for one in choices] if terms else []
    facts = {
        "contest": contest,
        "terms": terms,
        "over": why_not_over(contest, terms, at=now),
        "is_late": bool(terms and terms.is_late(at=now)),
        "asked": words_of(terms),
        "lines": lines,
        "complete": sum(not progress.missing for _one, progress in lines),
        "has_photos": bool(terms and PHOTO in terms.author_fields),
        "tab": "awards",
    }
    return render(request, "awards/late.html", facts)


def words_of(terms: LateTerms | None) -> list[tuple[str, str]]:
    if terms is None:
        return []
    sides = ((_("Of each author"), terms.author_fields), (_("Of each tutor"), terms.tutor_fields))
    return [(who, pgettext("list", ", ").join(field_label(name) for name in fields)) for who, fields in sides if fields]


@require_http_methods(["GET", "POST"])
@allowed(why_not_send_up, find_contest)
def late_terms(request: SignedIn, contest: Contest) -> HttpResponse:
    terms = late_terms_of(contest)
    form = LateTermsForm(request.POST if request.method == "POST" else None, terms)
    if form.is_bound and form.is_valid() and saved(request, contest, form):
        messages.success(request, _("Saved. Choose now which entries go up."))
        return redirect("late", contest.key)
    is_agreed = LateConsent.objects.filter(choice__entry__contest=contest).exists()
    facts = {"contest": contest, "form": form, "is_agreed": is_agreed, "tab": "awards"}
    return render(request, "awards/late_terms.html", facts, status=422 if form.errors else 200)


def saved(request: SignedIn, contest: Contest, form: LateTermsForm) -> bool:
    asked: Asked = form.asked
    try:
        with events.via(Via.WEB):
            save_late_terms(contest=contest, asked=asked, by=request.user, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_POST
@allowed(why_not_drop, find_entry)
def late_drop(request: SignedIn, entry: Entry) -> HttpResponse:
    do = partial(drop_late_choice, entry=entry, by=request.user, at=timezone.now())
    done = _("Nothing is asked of it any more. %(result)s values were erased.")
    return answer(request, do, address_of(entry.contest), done)


@require_POST
@allowed(why_not_send_up, find_contest)
def late_erase(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(erase_late, contest=contest, by=request.user, at=timezone.now())
    return answer(request, do, address_of(contest), _("Erased: %(result)s values."))


@require_GET
@allowed(why_not_read_late_of, find_entry)
def late_entry(request: SignedIn, entry: Entry) -> HttpResponse:
    """In full."""
    now, people = timezone.now(), late_people(entry)
    record_look(request.user, "late", entry, at=now)
    texts = texts_of(entry.contest, people, at=now)
    facts = {
        "contest": entry.contest,
        "entry": entry,
        "people": [(one, values_in_words(one, texts)) for one in people],
        "unreadable": None in texts.values() and Denial("late-unreadable"),
        "tab": "awards",
    }
    return render(request, "awards/late_entry.html", facts)


def values_in_words(person: LatePerson, texts: dict[int, str | None]) -> list[tuple[str, str, bool]]:
    """(field, value, whether it is a photo that is there); "" where nothing is there or it cannot be read."""
    found = []
    for name in person.fields:
        one = person.answers.get(name)
        text = value_text(name, texts.get(one.pk) or "") if one and name != PHOTO else ""
        found.append((field_label(name), text, name == PHOTO and one is not None))
    return found


@require_GET
@allowed(why_not_read_photo, find_person)
def late_photo(request: SignedIn, found: tuple[Entry, str]) -> HttpResponse:
    entry, key = found
    person = next((one for one in late_people(entry) if one.person.key == key), None)
    if person is None or PHOTO not in person.answers:
        raise Http404
    now = timezone.now()
    try:
        data = photo_of(entry.contest, person, at=now)
    except Refused as refused:
        return refuse(request, refused.denial)
    record_look(request.user, "late-photo", entry, at=now)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline", "X-Robots-Tag": "noindex"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


@require_GET
@allowed(why_not_read_late, find_contest)
def late_list(request: SignedIn, contest: Contest) -> HttpResponse:
    return taken_along(request, contest, "details.xlsx", late_xlsx, XLSX)


@require_GET
@allowed(why_not_read_late, find_contest)
def late_photos(request: SignedIn, contest: Contest) -> HttpResponse:
    return taken_along(request, contest, "photos.zip", photos_zip, ZIP)


def taken_along(request: SignedIn, contest: Contest, name: str, make: Callable[..., bytes], kind: str) -> HttpResponse:
    """A look at all of them; it is recorded before anything leaves."""
    now = timezone.now()
    try:
        data = make(contest, late_terms_of(contest), at=now)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("late", contest.key)
    record_look(request.user, f"late-{name}", contest, at=now)
    return download(data, name, kind)

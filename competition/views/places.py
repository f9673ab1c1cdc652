"""Units, schools and their people: the office's page; registering; links that sign in; one's own password."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_anyone, why_not_organise, why_not_signed_in
from competition.core.school_names import likest, plain
from competition.errors import Refused
from competition.events import record_look
from competition.forms.places import ContactForm, InviteForm, JoinForm, PasswordForm, names_form
from competition.models import District, Role, School, User
from competition.selectors import with_second_factor
from competition.services.accounts import (
    invite,
    make_link,
    only_judges,
    open_link,
    register_school,
    set_password,
    use_link,
)
from competition.services.places import decide_school, save_contacts
from competition.states import RoleKind, SchoolState, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.signing_in import sign_in


@require_GET
@allowed(why_not_organise)
def places(request: SignedIn, thing: None) -> HttpResponse:
    """Those that wait first; then every unit with its schools and people."""
    word = request.GET.get("q", "").strip()
    every = School.objects.select_related("district").order_by("district", "name")
    schools = [one for one in every if is_called(one, word)]
    people: dict[tuple[str, int], list[Role]] = defaultdict(list)
    for role in Role.objects.filter(kind__in=[RoleKind.SCHOOL, RoleKind.DISTRICT]).select_related("user"):
        people["school" if role.school_id else "unit", role.school_id or role.district_id or 0].append(role)
    by_unit: dict[int, list[tuple[School, list[Role]]]] = defaultdict(list)
    for school in schools:
        if school.state != SchoolState.PENDING:
            by_unit[school.district_id].append((school, people["school", school.pk]))
    units = [(unit, people["unit", unit.pk], by_unit[unit.pk]) for unit in District.objects.order_by("pk")]
    record_look(request.user, "places", request.user, at=timezone.now())
    facts = {
        "waiting": [(one, perhaps(one, every)) for one in schools if one.state == SchoolState.PENDING],
        "units": [one for one in units if one[2] or not word or is_called(one[0], word)],
        "word": word,
        "without": sum(one.state == SchoolState.ACTIVE and not people["school", one.pk] for one in every),
    }
    return render(request, "competition/places.html", facts)


def perhaps(school: School, every: Iterable[School]) -> list[str]:
    """What schools of the unit are called that the one may be: who registers types a name as it comes."""
    others = [one for one in every if one.district_id == school.district_id and one.pk != school.pk]
    return likest(school.name, [name for one in others for name in (one.name, *one.aliases)], school.district.label_zh)


def is_called(place: School | District, word: str) -> bool:
    """By any of its names; width, case and spaces do not count."""
    names = [place.name, place.name_en] if isinstance(place, School) else [place.label_zh, place.label_en]
    return any(plain(word) in plain(name) for name in (*names, *place.aliases))


def find_school(request: HttpRequest, key: str) -> School:
    return get_object_or_404(School.objects.select_related("district"), key=key)


@require_POST
@allowed(why_not_organise)
def school_decide(request: SignedIn, thing: None, key: str) -> HttpResponse:
    school = find_school(request, key)
    is_approved = request.POST.get("verdict") == "approve"
    do = partial(decide_school, school=school, is_approved=is_approved, by=request.user, at=timezone.now())
    done = _("%(school)s is approved.") if is_approved else _("%(school)s is refused.")
    return answer(request, do, reverse("places"), done % {"school": school.name.replace("%", "%%")})


def find_place(kind: str, key: str) -> School | District:
    return get_object_or_404(School, key=key) if kind == "school" else get_object_or_404(District, key=key)


def roles_of(place: School | District) -> QuerySet[Role]:
    """Who acts for it."""
    mine = Role.objects.filter(school=place) if isinstance(place, School) else Role.objects.filter(district=place)
    return mine.select_related("user")


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise)
def place(request: SignedIn, thing: None, kind: str, key: str) -> HttpResponse:
    """One school or unit: whom to call, what it is called, who acts for it, invite another."""
    found = find_place(kind, key)
    contact = ContactForm(request.POST or None, initial={"contact": found.contact, "phone": found.phone})
    if request.method == "POST" and contact.is_valid():
        do = partial(save_contacts, place=found, by=request.user, at=timezone.now(), **contact.cleaned_data)
        return answer(request, do, reverse("place", args=[kind, key]), str(_("Saved.")))
    return place_page(request, found, contact=contact)


def place_page(request: SignedIn, found: School | District, **forms: Any) -> HttpResponse:
    """forms    one that was sent and is not good, in place of the one that shows what is here"""
    roles = roles_of(found)
    facts: dict[str, Any] = {
        "place": found,
        "kind": "school" if isinstance(found, School) else "unit",
        "contact": ContactForm(initial={"contact": found.contact, "phone": found.phone}),
        "names": names_form(found),
        "invite": InviteForm(),
        "roles": roles,
        "with_second_factor": with_second_factor(role.user_id for role in roles),
    } | forms
    is_bad = any(form.is_bound for form in forms.values())
    return render(request, "competition/place.html", facts, status=422 if is_bad else 200)


@require_POST
@allowed(why_not_organise)
def place_invite(request: SignedIn, thing: None, kind: str, key: str) -> HttpResponse:
    """A new person, or a new link for one who is there."""
    found, now = find_place(kind, key), timezone.now()
    user = User.objects.filter(roles__in=roles_of(found), key=request.POST.get("user", "")).first()
    form = InviteForm(request.POST)
    with events.via(Via.WEB):
        if user is not None:
            token = make_link(user=user, by=request.user, at=now)
        elif form.is_valid():
            is_school = isinstance(found, School)
            user, token = invite(
                name=form.cleaned_data["name"],
                kind=RoleKind.SCHOOL if is_school else RoleKind.DISTRICT,
                by=request.user,
                at=now,
                school=found if isinstance(found, School) else None,
                district=found if isinstance(found, District) else None,
            )
        else:
            messages.error(request, _("Give the name of the person."))
            return redirect("place", kind, key)
    url = f"{settings.PUBLIC_URL}{reverse('link', args=[token])}"
    facts = {"place": found, "kind": kind, "invited": user, "url": url, "qr": qr_svg(url)}
    return render(request, "competition/invited.html", facts)


def qr_svg(text: str) -> str:
    """Drawn by ourselves, from our own address; without a size of its own it fits its box, however long the text."""
    return mark_safe(segno.make(text, error="m").svg_inline(omitsize=True, border=2))  # noqa: S308 - segno's own markup


@require_http_methods(["GET", "POST"])
@allowed(why_not_anyone)
def link(request: HttpRequest, thing: None, token: str) -> HttpResponse:
    """GET shows a button, since scanners of mail and chat open links; POST signs in, once."""
    if request.method == "GET":
        found = open_link(token, at=timezone.now())
        return render(request, "competition/link.html", {"found": found, "token": token}, status=200 if found else 410)
    try:
        with events.via(Via.LINK):
            user = use_link(token=token, at=timezone.now())
    except Refused as refused:
        return render(request, "competition/link.html", {"found": None, "refused": str(refused)}, status=410)
    return sign_in(request, user, to=first_page(user))


def first_page(user: User) -> str:
    """Judges set their PIN where they answer the invitation."""
    if user.has_usable_password() or only_judges(user):
        return f"{reverse('home')}?from=sign-in"
    return reverse("password")


@require_http_methods(["GET", "POST"])
@allowed(why_not_signed_in)
def password(request: SignedIn, thing: None) -> HttpResponse:
    """Set or change one's own; whoever came by a link may do without."""
    form = PasswordForm(request.POST or None)
    if only_judges(request.user):
        form.fields["password"].help_text = _(
            "Six digits, not a row and not all alike; or a password of eight or more."
        )
    if request.method == "POST" and form.is_valid():
        chosen, now = form.cleaned_data["password"], timezone.now()
        try:
            with events.via(Via.WEB):
                set_password(user=request.user, password=chosen, by=request.user, at=now, may_be_pin=True)
        except Refused as refused:
            form.add_error("password", str(refused))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(
                request, _("The password is set. Your name for signing in: %(name)s") % {"name": request.user.username}
            )
            return redirect("home")
    return render(request, "competition/password.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(why_not_anyone)
def join(request: HttpRequest, thing: None) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with events.via(Via.WEB):
                register_school(**form.cleaned_data, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "competition/joined.html", {"name": form.cleaned_data["name"]})
    return render(request, "competition/join.html", {"form": form}, status=422 if form.errors else 200)

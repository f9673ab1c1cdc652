"""The form of an entry: in steps, saved by itself, with what is missing always in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events, parts
from competition.access import (
    Entrance,
    why_not_begin,
    why_not_edit,
    why_not_see_form,
    why_not_sign_form,
    why_not_take_up,
    why_not_withdraw,
)
from competition.core.entering import Shortfall
from competition.drafts import draft_of, is_with_school, lacking, typed_from_rows
from competition.errors import Refused
from competition.events import record_look
from competition.forms.entry import PeopleForm, PledgeForm, WorkForm
from competition.forms.papers import PaperForm
from competition.models import Contest, Entry, Review, School
from competition.reasons import sentences
from competition.services.entering import (
    delete_draft,
    save_draft,
    start_entry,
    submit_entry,
    take_up_entry,
    withdraw_entry,
)
from competition.services.findings import named_in_words
from competition.shortfalls import sentence
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer, answer_once_seen

STEPS = ("work", "people", "materials", "pledges", "check")


def find_entrance(request: HttpRequest, key: str, school: str) -> Entrance:
    return Entrance(get_object_or_404(Contest, key=key), get_object_or_404(School, key=school))


def find_entry(request: HttpRequest, key: str) -> Entry:
    entries = Entry.objects.select_related("contest", "track", "division", "subject", "school__district")
    return get_object_or_404(entries, key=key)


@require_http_methods(["GET", "POST"])
@allowed(why_not_begin, find_entrance)
def begin(request: SignedIn, entrance: Entrance) -> HttpResponse:
    """Which track? For an award: whom?"""
    if entrance.contest.is_award:
        return redirect("nominate-from", entrance.contest.key, entrance.school.key)
    tracks = list(entrance.contest.tracks.prefetch_related("material_kinds"))
    chosen = next((one for one in tracks if str(one.order) == request.POST.get("track")), None)
    if chosen is not None:
        now = timezone.now()
        with events.via(Via.WEB):
            entry = start_entry(contest=entrance.contest, school=entrance.school, track=chosen, by=request.user, at=now)
        return redirect("form", entry.key)
    return render(request, "competition/begin.html", {"entrance": entrance, "tracks": tracks})


@dataclass(frozen=True)
class Lack:
    """A line of what is missing, with the way to its field."""

    step: str
    text: str
    url: str


def lacks_of(entry: Entry) -> list[Lack]:
    found = lacking(entry, today=timezone.now().astimezone(entry.contest.tz).date())
    return [Lack(one.step, sentence(one), address(entry, one)) for one in found]


def address(entry: Entry, one: Shortfall) -> str:
    return f"{reverse('form', args=[entry.key])}?step={one.step}#id_{one.where}"


@dataclass(frozen=True)
class StepLink:
    """One step of the bar."""

    label: str
    state: str
    count: str
    url: str
    note: str = ""


def step_links(entry: Entry, here: str, lacks: Sequence[Lack]) -> list[StepLink]:
    is_nomination = entry.contest.is_award
    labels = {
        "work": _("Work and recommendation") if is_nomination else _("Work"),
        "people": _("Nominee") if is_nomination else _("Authors and tutors"),
        "materials": _("Materials"),
        "pledges": _("Pledges"),
        "check": _("Check and hand in"),
    }
    links = []
    for step in STEPS:
        missing = len(lacks) if step == "check" else sum(one.step == step for one in lacks)
        state = "now" if step == here else "waiting" if missing else "done"
        count = _("%(number)s missing") % {"number": missing} if missing else ""
        links.append(StepLink(labels[step], state, count, f"{reverse('form', args=[entry.key])}?step={step}"))
    return links


def form_of(entry: Entry, step: str, data: Any) -> Any:
    typed = entry.draft or typed_from_rows(entry)
    if step == "people":
        return PeopleForm(data, entry, typed)
    if step == "pledges":
        return PledgeForm(data, entry.contest.pledges.all(), typed.get("pledges", ()))
    return WorkForm(data, entry) if step == "work" else None


@require_GET
@allowed(why_not_see_form, find_entry)
def form(request: SignedIn, entry: Entry) -> HttpResponse:
    """Where it can be typed on, the step; else how it stands."""
    record_look(request.user, "entry", entry, at=timezone.now())
    if not is_with_school(entry):
        return render(request, "competition/handed_in.html", standing_of(request, entry))
    step = request.GET.get("step", "work")
    return render(request, "competition/form.html", page_of_step(request, entry, step if step in STEPS else "work"))


def page_of_step(request: SignedIn, entry: Entry, step: str) -> dict[str, Any]:
    lacks = lacks_of(entry)
    facts: dict[str, Any] = {
        "entry": entry,
        "step": step,
        "template": f"competition/_step_{step}.html",
        "steps": step_links(entry, step, lacks),
        "lacks": lacks,
        "form": form_of(entry, step, None),
        "refused": why_not_edit(request.user, entry, at=timezone.now()),
        "panels": parts.panels_of(entry),
        "reasons": reasons_of(entry),
        "next": STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)],
    }
    if entry.number:
        facts |= signed_facts(entry) | {"paper": PaperForm()}
        facts["may_sign"] = why_not_sign_form(request.user, entry, at=timezone.now()) is None
    if step == "people":
        facts["schools"] = School.objects.filter(district__in=districts_near(entry)).order_by("name")
    if step == "materials":
        facts |= materials_of(entry)
    if step == "check":
        facts |= {"draft": draft_of(entry), "named": named_in_words(entry), **materials_of(entry)}
    return facts


def districts_near(entry: Entry) -> list[int]:
    """Of a team of one area only its own; else any."""
    from competition.models import District

    if entry.contest.team_same_area and entry.school:
        return [entry.school.district_id]
    return list(District.objects.values_list("pk", flat=True))


def materials_of(entry: Entry) -> dict[str, Any]:
    """(kind, its files) of the track, for the school: with names of files."""
    files = list(entry.materials.filter(is_removed=False).select_related("kind", "file"))
    kinds = entry.track.material_kinds.all()
    return {"kinds": [(kind, [one for one in files if one.kind_id == kind.pk]) for kind in kinds]}


def reasons_of(entry: Entry) -> list[str]:
    """Why it came back."""
    last: Review | None = entry.reviews.order_by("-pk").first()
    return sentences(last.reasons, last.text) if last else []


def standing_of(request: SignedIn, entry: Entry) -> dict[str, Any]:
    now = timezone.now()
    return {
        "entry": entry,
        "panels": parts.panels_of(entry),
        "draft": draft_of(entry),
        "receipt": entry.submissions.filter(version=entry.handed_in_version).first(),
        "corrections": entry.corrections.select_related("entry", "by", "request"),
        "reviews": [(one, sentences(one.reasons, one.text)) for one in entry.reviews.select_related("by")],
        "may_withdraw": why_not_withdraw(request.user, entry, at=now) is None,
        "may_take_up": why_not_take_up(request.user, entry, at=now) is None,
        "may_sign": why_not_sign_form(request.user, entry, at=now) is None,
        "paper": PaperForm(),
        **signed_facts(entry),
        **materials_of(entry),
    }


def signed_facts(entry: Entry) -> dict[str, Any]:
    """The last scan of the signed form, and whether it is of the version that stands."""
    last = entry.signed_forms.select_related("submission", "file", "by").order_by("-pk").first()
    fits = last is not None and last.submission.version >= entry.handed_in_version
    return {"signed": last, "signed_fits": fits}


@require_POST
@allowed(why_not_see_form, find_entry)
def save(request: SignedIn, entry: Entry) -> HttpResponse:
    """At every field: htmx gets what is missing now, everyone else the next step."""
    step = request.POST.get("step", "work")
    sent = form_of(entry, step, request.POST)
    now = timezone.now()
    try:
        with events.via(Via.WEB):
            if sent is not None:
                entry = save_draft(entry=entry, changes=sent.changes(), by=request.user, at=now)
    except Refused as refused:
        if request.headers.get("HX-Request"):
            return render(request, "competition/_lacks.html", {"entry": entry, "refused": str(refused)}, status=409)
        messages.error(request, str(refused))
        return redirect("form", entry.key)
    if request.headers.get("HX-Request"):
        lacks = lacks_of(entry)
        facts = {"entry": entry, "lacks": lacks, "saved": True, "steps": step_links(entry, step, lacks),
                 "panels": parts.panels_of(entry)}  # fmt: skip
        return render(request, "competition/_lacks.html", facts)
    then = request.POST.get("then", step)
    return redirect(f"{reverse('form', args=[entry.key])}?step={then}")


@require_POST
@allowed(why_not_see_form, find_entry)
def submit(request: SignedIn, entry: Entry) -> HttpResponse:
    do = partial(submit_entry, entry=entry, by=request.user, at=timezone.now())
    to = f"{reverse('form', args=[entry.key])}?step=check"
    return answer(request, do, to, str(_("Handed in. The receipt is on this page.")))


@require_POST
@allowed(why_not_see_form, find_entry)
def withdraw(request: SignedIn, entry: Entry) -> HttpResponse:
    """Where it is judged already, the office sees first who moves."""
    do = partial(withdraw_entry, entry=entry, by=request.user, at=timezone.now())
    to, done = reverse("form", args=[entry.key]), str(_("Withdrawn. Nothing is lost."))
    heading = _("Withdraw %(entry)s?") % {"entry": entry}
    return answer_once_seen(request, entry.contest, do, to, done, heading=heading, button=_("Withdraw"))


@require_POST
@allowed(why_not_see_form, find_entry)
def take_up(request: SignedIn, entry: Entry) -> HttpResponse:
    do = partial(take_up_entry, entry=entry, by=request.user, at=timezone.now())
    return answer(request, do, reverse("form", args=[entry.key]), str(_("It is a draft again.")))


@require_POST
@allowed(why_not_see_form, find_entry)
def delete(request: SignedIn, entry: Entry) -> HttpResponse:
    do = partial(delete_draft, entry=entry, by=request.user, at=timezone.now())
    to = reverse("school", args=[entry.school.key]) if entry.school else "/"
    return answer(request, do, to, str(_("The draft is gone.")))

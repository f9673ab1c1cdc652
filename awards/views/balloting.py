"""The committee's ballot for the office: members, meetings, who is there, and the rounds."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.access import why_not_keep_member, why_not_run_ballots, why_not_run_meeting
from awards.ballot_forms import AttendanceForm, MeetingForm, MemberForm, OpenRoundForm, RuleForm
from awards.models import Meeting, Member
from awards.outputs.ballot_papers import meeting_minutes_pdf
from awards.services import meetings
from awards.services.balloting import open_round, outlook
from awards.services.mayor import members_of
from awards.states import RoundState, Runoff
from awards.views.room import find_award
from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.services.accounts import LINK_DAYS
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import PDF, download
from competition.views.places import qr_svg


def find_member(request: HttpRequest, key: str, member: str) -> Member:
    return get_object_or_404(Member.objects.select_related("contest", "user"), contest__key=key, key=member)


def find_meeting(request: HttpRequest, key: str, number: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("contest"), contest__key=key, number=number)


@require_GET
@allowed(why_not_run_ballots, find_award)
def ballots(request: SignedIn, contest: Contest) -> HttpResponse:
    record_look(request.user, "ballots", contest, at=timezone.now())
    meeting = meetings.open_meeting_of(contest)
    members = list(contest.members.select_related("user"))
    here = {one.member_id: one.recused for one in meeting.attendees.all()} if meeting else {}
    rule = {
        "is_secret": not contest.settings.get("ballot_open"),
        "runoff": contest.settings.get("ballot_runoff", Runoff.ALL),
    }
    kinds = [(one, outlook(contest, one)) for one in contest.tracks.select_related("terms") if hasattr(one, "terms")]
    facts = {
        "contest": contest,
        "members": members,
        "entitled": members_of(contest),
        "meeting": meeting,
        "meetings": contest.meetings.all(),
        "present": len(here),
        "rounds": contest.ballots.exclude(meeting=None).select_related("track", "meeting"),
        "open_round": contest.ballots.filter(state=RoundState.OPEN).first(),
        "is_fixed": meetings.has_rounds(contest),
        "kinds": kinds,
        "rule_form": RuleForm(initial=rule),
        "member_form": MemberForm(),
        "meeting_form": MeetingForm(initial={"held_on": timezone.localdate()}),
        "attendance": AttendanceForm(None, members, here),
        "round_form": OpenRoundForm(None, contest),
        "tab": "room",
    }
    return render(request, "awards/ballots.html", facts)


def refuse_form(request: HttpRequest, contest: Contest, form: Form) -> HttpResponse:
    """What the browser would not have let through: in words, on the page."""
    said = [
        f"{form.fields[name].label}: {texts[0]}" if name in form.fields else texts[0]
        for name, texts in form.errors.items()
    ]
    messages.error(request, " ".join(str(one) for one in said))
    return redirect("ballots", contest.key)


@require_POST
@allowed(why_not_run_ballots, find_award)
def ballot_rule(request: SignedIn, contest: Contest) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        return refuse_form(request, contest, form)
    do = partial(meetings.rule_ballots, contest=contest, **form.cleaned_data, by=request.user, at=timezone.now())
    return answer(request, do, reverse("ballots", args=[contest.key]), _("Saved."))


@require_POST
@allowed(why_not_run_ballots, find_award)
def member_add(request: SignedIn, contest: Contest) -> HttpResponse:
    form = MemberForm(request.POST)
    if not form.is_valid():
        return refuse_form(request, contest, form)
    do = partial(meetings.add_member, contest=contest, **form.cleaned_data, by=request.user, at=timezone.now())
    return answer(request, do, reverse("ballots", args=[contest.key]), _("%(result)s is a member."))


@require_POST
@allowed(why_not_keep_member, find_member)
def member_drop(request: SignedIn, member: Member) -> HttpResponse:
    do = partial(meetings.drop_member, member=member, by=request.user, at=timezone.now())
    return answer(request, do, reverse("ballots", args=[member.contest.key]), _("Taken off the list."))


@require_POST
@allowed(why_not_keep_member, find_member)
def member_link(request: SignedIn, member: Member) -> HttpResponse:
    """The answer is the link itself, since it is kept nowhere."""
    try:
        with events.via(Via.WEB):
            token = meetings.link_member(member=member, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("ballots", member.contest.key)
    url = f"{settings.PUBLIC_URL}{reverse('link', args=[token])}" if token else f"{settings.PUBLIC_URL}/"
    facts = {"contest": member.contest, "member": member, "url": url, "qr": qr_svg(url), "days": LINK_DAYS}
    return render(request, "awards/member_link.html", facts)


@require_POST
@allowed(why_not_run_ballots, find_award)
def meeting_open(request: SignedIn, contest: Contest) -> HttpResponse:
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return refuse_form(request, contest, form)
    do = partial(meetings.open_meeting, contest=contest, details=form.details, by=request.user, at=timezone.now())
    return answer(request, do, reverse("ballots", args=[contest.key]), _("The meeting is open."))


@require_POST
@allowed(why_not_run_meeting, find_meeting)
def meeting_attendance(request: SignedIn, meeting: Meeting) -> HttpResponse:
    contest = meeting.contest
    form = AttendanceForm(request.POST, list(contest.members.all()))
    if not form.is_valid():
        return refuse_form(request, contest, form)
    do = partial(
        meetings.save_attendance, meeting=meeting, present=form.present, recused=form.recused, by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    return answer(request, do, reverse("ballots", args=[contest.key]), _("The attendance was saved."))


@require_POST
@allowed(why_not_run_meeting, find_meeting)
def meeting_end(request: SignedIn, meeting: Meeting) -> HttpResponse:
    do = partial(meetings.end_meeting, meeting=meeting, by=request.user, at=timezone.now())
    return answer(request, do, reverse("ballots", args=[meeting.contest.key]), _("The meeting is over."))


@require_GET
@allowed(why_not_run_meeting, find_meeting)
def meeting_minutes(request: SignedIn, meeting: Meeting) -> HttpResponse:
    record_look(request.user, "minutes", meeting.contest, at=timezone.now())
    return download(meeting_minutes_pdf(meeting, at=timezone.now()), f"minutes-{meeting.number}.pdf", PDF)


@require_POST
@allowed(why_not_run_meeting, find_meeting)
def round_open(request: SignedIn, meeting: Meeting) -> HttpResponse:
    contest = meeting.contest
    form = OpenRoundForm(request.POST, contest)
    if not form.is_valid():
        return refuse_form(request, contest, form)
    said = form.cleaned_data
    try:
        with events.via(Via.WEB):
            made = open_round(
                meeting=meeting, track=form.tracks[said["track"]], way=said["way"], is_drawn=said["is_drawn"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("ballots", contest.key)
    return redirect("ballot-round", contest.key, made.round)

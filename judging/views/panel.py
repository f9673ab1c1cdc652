"""The judges of a contest: who they are, whether they answered, their links, and what each has left to do."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.services.accounts import LINK_DAYS
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer, answer_once_seen
from competition.views.downloads import XLSX, download
from competition.views.finding import find_contest
from competition.views.places import qr_svg
from judging.access import why_not_keep_judges
from judging.conflicts import conflict_reasons
from judging.forms.panel import (
    ConflictForm,
    JudgeForm,
    PanelRulesForm,
    ReasonForm,
    SetAsideForm,
    judge_as_values,
)
from judging.models import Conflict, Judge
from judging.models import Sheet as SheetOfJudge
from judging.selectors import entries_over, judges_with_progress
from judging.services import panel as services
from judging.services.setting_aside import bring_sheets_back, set_sheets_aside
from judging.services.setting_up import save_panel_rules
from judging.sheet_rows import asides_of, rows_of, with_sheets
from judging.views.finding import find_judge_in

NAMED = 8  # entries that a message spells out


def of_judge(rule: Any) -> Any:
    """A rule about the contest, asked of its judge, or of anything else that is the contest's."""

    def asked(user: Any, judge: Any, *, at: Any) -> Any:
        return rule(user, judge.contest, at=at)

    return asked


see_judge = of_judge(why_not_organise)
keep_judge = of_judge(why_not_keep_judges)


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def judges(request: SignedIn, contest: Contest) -> HttpResponse:
    """All of them; and one more."""
    form = JudgeForm(contest, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        do = partial(services.add_judge, contest=contest, facts=form.facts(), by=request.user, at=timezone.now())
        return answer(request, do, reverse("judges", args=[contest.key]), str(_("%(result)s is on the list.")))
    record_look(request.user, "judges", contest, at=timezone.now())
    rows = list(judges_with_progress(contest).select_related("user"))
    facts = {
        "contest": contest,
        "judges": rows,
        "form": form,
        "closed": why_not_keep_judges(request.user, contest, at=timezone.now()),
        "rules": PanelRulesForm(initial=rules_of(contest)),
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "tab": "judging",
        "subtab": "judges",
    }
    return render(request, "judging/judges.html", facts, status=422 if form.is_bound else 200)


def rules_of(contest: Contest) -> dict[str, Any]:
    names = ("same_district_conflict", "institution_cap", "district_cap")
    return {name: contest.settings.get(name) or None for name in names}


@require_POST
@allowed(why_not_keep_judges, find_contest)
def rules(request: SignedIn, contest: Contest) -> HttpResponse:
    form = PanelRulesForm(request.POST)
    to = reverse("judges", args=[contest.key])
    if not form.is_valid():
        messages.error(request, _("At most so many judges goes from 1 to 20. Nothing was changed."))
        return redirect(to)
    do = partial(save_panel_rules, contest=contest, by=request.user, at=timezone.now(), **form.cleaned_data)
    return answer(
        request,
        do,
        to,
        str(_("Saved. Conflicts hold at once, at most so many judges of one kind from the next assignment on.")),
    )


@require_POST
@allowed(why_not_keep_judges, find_contest)
def invite(request: SignedIn, contest: Contest) -> HttpResponse:
    """The answer is the links themselves, since they are kept nowhere: a page of slips, or a file."""
    wanted = set(request.POST.getlist("judge"))
    chosen = [one for one in contest.judges.all() if one.key in wanted]
    try:
        with events.via(Via.WEB):
            made = services.invite_judges(contest=contest, judges=chosen, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("judges", contest.key)
    if request.POST.get("as") == "file":
        return download(links_xlsx(made), "judges-links.xlsx", XLSX)
    return slips(request, contest, made)


def url_of(one: services.JudgeInvitation) -> str:
    """Where there is no link, the start page: that account signs in as it always does."""
    if not one.token:
        return f"{settings.PUBLIC_URL}/"
    return f"{settings.PUBLIC_URL}{reverse('link', args=[one.token])}"


def slips(request: SignedIn, contest: Contest, made: Sequence[services.JudgeInvitation]) -> HttpResponse:
    rows = [{"judge": one.judge, "url": url_of(one), "qr": qr_svg(url_of(one))} for one in made]
    facts = {"contest": contest, "rows": rows, "days": LINK_DAYS, "tab": "judging", "subtab": "judges"}
    return render(request, "judging/slips.html", facts)


def links_xlsx(made: Sequence[services.JudgeInvitation]) -> bytes:
    headings = [
        Heading("编号", "Code", 8), Heading("姓名", "Name", 14), Heading("手机", "Phone", 16),
        Heading("邮箱", "E-mail", 28), Heading("单位", "Institution", 28),
        Heading("登录名", "Name for signing in", 16), Heading("链接", "Link", 70),
    ]  # fmt: skip
    rows = [
        [one.judge.code, one.judge.person.name, one.judge.phone, one.judge.email, one.judge.institution,
         one.judge.user.username if one.judge.user else "", url_of(one)]
        for one in made
    ]  # fmt: skip
    return workbook_bytes([Sheet(_("Links"), headings, rows)], at=timezone.now())


@require_http_methods(["GET", "POST"])
@allowed(see_judge, find_judge_in)
def judge(request: SignedIn, judge: Judge) -> HttpResponse:
    """One judge: facts, answer, conflicts, sheets."""
    contest = judge.contest
    form = JudgeForm(contest, request.POST if request.method == "POST" else None, initial=judge_as_values(judge))
    if form.is_bound and form.is_valid():
        do = partial(services.change_judge, judge=judge, facts=form.facts(), by=request.user, at=timezone.now())
        return answer(request, do, judge_url(judge), str(_("Saved.")))
    record_look(request.user, "judge", judge, at=timezone.now())
    reasons = conflict_reasons(contest, judge=judge)
    rows = [
        replace(row, is_barred=(judge.pk, row.assignment.entry_id) in reasons)
        for row in rows_of(with_sheets(judge.assignments.order_by("round__order", "entry__order")))
    ]
    entries = contest.entries.filter(pk__in=[entry for _, entry in reasons]).order_by("order")
    facts = {
        "contest": contest,
        "judge": judge,
        "form": form,
        "rows": rows,
        "asides": asides_of(judge),
        "conflicts": judge.conflicts.select_related("entry", "school", "person"),
        "barred": [(entry, reasons[judge.pk, entry.pk]) for entry in entries],
        "conflict_form": ConflictForm(),
        "reopen": ReasonForm(),
        "set_aside": SetAsideForm(auto_id="aside-%s") if any(row.is_standing for row in rows) else None,
        "is_aside": any(row.is_reopened for row in rows),
        "closed": why_not_keep_judges(request.user, contest, at=timezone.now()),
        "tab": "judging",
        "subtab": "judges",
    }
    return render(request, "judging/judge.html", facts, status=422 if form.is_bound else 200)


def judge_url(judge: Judge) -> str:
    return reverse("judge-of", args=[judge.contest.key, judge.key])


@require_POST
@allowed(keep_judge, find_judge_in)
def link(request: SignedIn, judge: Judge) -> HttpResponse:
    """A new link in place of the old, shown once."""
    try:
        with events.via(Via.WEB):
            made = services.invite_judges(contest=judge.contest, judges=[judge], by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(judge_url(judge))
    return slips(request, judge.contest, made)


@require_POST
@allowed(keep_judge, find_judge_in)
def do(request: SignedIn, judge: Judge, action: str) -> HttpResponse:
    """Revoke the link; out of the contest; back again."""
    service, done = {
        "revoke": (services.revoke_links, _("The link works no more.")),
        "dismiss": (services.dismiss_judge, _("Judges no more. Assign again, so that others get what was left.")),
        "take-back": (services.take_back_judge, _("Judges again.")),
    }[action]
    return answer(request, partial(service, judge=judge, by=request.user, at=timezone.now()), judge_url(judge), done)


@require_POST
@allowed(see_judge, find_judge_in)
def set_aside(request: SignedIn, judge: Judge) -> HttpResponse:
    """Sheets that came in count no more; who moves by it is seen first."""
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which sheets, and say why. Nothing was changed."))
        return redirect(judge_url(judge))
    only_conflicts = form.cleaned_data["which"] == "conflicts"
    do = partial(set_sheets_aside, judge=judge, reason=form.cleaned_data["reason"], only_conflicts=only_conflicts,
                 by=request.user, at=timezone.now())  # fmt: skip
    done = _("%(result)s sheets count no more. They stay readable, and you can bring them back.")
    heading = _("Set sheets of %(judge)s aside?") % {"judge": judge.code}
    said = {"heading": heading, "button": _("Set aside")}
    return answer_once_seen(request, judge.contest, do, judge_url(judge), done, **said)


@require_POST
@allowed(see_judge, find_judge_in)
def bring_back(request: SignedIn, judge: Judge) -> HttpResponse:
    """The way back: they count as they were handed in, beside those of whoever judged in their place."""
    do = partial(brought_back, request, judge)
    done = _("%(result)s sheets count again. Who left the contest is taken back on this page.")
    heading = _("Let the sheets of %(judge)s count again?") % {"judge": judge.code}
    said = {"heading": heading, "button": _("Bring back")}
    return answer_once_seen(request, judge.contest, do, judge_url(judge), done, **said)


def brought_back(request: SignedIn, judge: Judge) -> int:
    number = bring_sheets_back(judge=judge, by=request.user, at=timezone.now())
    if over := entries_over(judge):
        facts = {"entries": ", ".join(over[:NAMED]), "number": len(over)}
        word = _(
            "More sheets than asked on %(number)s works, and all of them count: %(entries)s. If that is not wanted, "
            "set the sheets of another judge aside."
        )
        messages.warning(request, word % facts)
    return number


@require_POST
@allowed(keep_judge, find_judge_in)
def conflict_add(request: SignedIn, judge: Judge) -> HttpResponse:
    form = ConflictForm(request.POST)
    found = form.found(judge.contest) if form.is_valid() else []
    if not found:
        messages.error(request, _("No entry, school or person of this contest is called so. Nothing was changed."))
        return redirect(judge_url(judge))
    for thing in found:
        run = partial(services.add_conflict, judge=judge, thing=thing, by=request.user, at=timezone.now())
        answer(request, run, judge_url(judge), _("Kept: does not judge %(thing)s.") % {"thing": thing})
    barred = {entry for _judge, entry in conflict_reasons(judge.contest, judge=judge)}
    open_works = judge.assignments.exclude(pk__in=SheetOfJudge.objects.current().values("assignment"))
    if barred.intersection(open_works.values_list("entry", flat=True)):
        messages.warning(request, _("They had works of these. Assign again, so that others get them."))
    counting = judge.assignments.filter(pk__in=SheetOfJudge.objects.standing().values("assignment"), entry__in=barred)
    if counting.exists():
        messages.warning(request, _("Sheets of such works are in and still count. Set them aside below."))
    return redirect(judge_url(judge))


@require_POST
@allowed(keep_judge, find_judge_in)
def conflict_take(request: SignedIn, judge: Judge, conflict: int) -> HttpResponse:
    found: Conflict = get_object_or_404(judge.conflicts, pk=conflict)
    run = partial(services.take_conflict, conflict=found, by=request.user, at=timezone.now())
    return answer(request, run, judge_url(judge), str(_("The conflict is off the list.")))

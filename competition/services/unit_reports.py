"""基层赛事情况: asked, filled in by units, stamped, confirmed or returned by the office; confirmed ones count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from competition import events
from competition.access import (
    UnitIn,
    why_not_decide_report,
    why_not_organise,
    why_not_report,
    why_not_stamp_report,
)
from competition.core.canon import digest
from competition.core.form_codes import mark_of
from competition.core.reporting import Odd, Reported, odd_in
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, District, StoredFile, UnitReport, User
from competition.services.locks import locked_contest
from competition.services.quotas import sent_up
from competition.states import ReportState


@transaction.atomic
def ask_for_reports(*, contest: Contest, is_asked: bool, until: datetime | None, by: User, at: datetime) -> None:
    """Whether units report the numbers of their own contests, and until when."""
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    contest.settings = locked_contest(contest.pk).settings
    wanted = {"asked": is_asked, "until": until.isoformat() if until else ""}
    if contest.settings.get("unit_reports", {"asked": False, "until": ""}) == wanted:
        return
    contest.settings = contest.settings | {"unit_reports": wanted}
    contest.save(update_fields=["settings"])
    events.record(contest, "unit-reports.asked", contest, by=by, at=at, body=wanted)


def standing_report(contest: Contest, unit: District) -> UnitReport | None:
    """The newest version."""
    rows = contest.unit_reports.filter(district=unit).select_related("by", "paper", "contest", "district")
    return rows.order_by("-version").first()


def confirmed_reports(contest: Contest) -> QuerySet[UnitReport]:
    """Those that count: the last confirmed of each unit, until a correction of it is confirmed."""
    return contest.unit_reports.filter(state=ReportState.CONFIRMED).order_by("district")


def sent_of(contest: Contest, unit: District) -> tuple[int, int]:
    """(schools, works) that this unit sends up."""
    sent = sent_up(contest.entries.filter(school__district=unit)).order_by()
    return sent.values("school").distinct().count(), sent.count()


def report_digest(place: UnitIn, said: Reported) -> str:
    lines = [list(line) for line in said.lines]
    return digest([place.contest.key, place.unit.key, said.schools, said.pupils, said.works, lines])


def odd_in_report(place: UnitIn, said: Reported) -> list[Odd]:
    schools, works = sent_of(place.contest, place.unit)
    return odd_in(said, schools_sent=schools, works_sent=works)


@transaction.atomic
def fill_report(*, place: UnitIn, said: Reported, seen: int, by: User, at: datetime) -> UnitReport:
    """The next version, to be printed and stamped. What was confirmed counts until this one is confirmed.

    seen     the version that the form was made from, 0 for none
    raises   Refused "report-changed", "report-odd", and why it may not be filled in
    """
    place = locked_place(place)
    if denial := why_not_report(by, place, at=at):
        raise Refused(denial)
    last = place.contest.unit_reports.filter(district=place.unit).aggregate(last=Max("version"))["last"] or 0
    if last != seen:
        raise Refused(Denial("report-changed", {"unit": place.unit}))
    if odd_in_report(place, said):
        raise Refused(Denial("report-odd", {"unit": place.unit}))
    for one in place.contest.unit_reports.filter(district=place.unit).exclude(
        state__in=(ReportState.REPLACED, ReportState.CONFIRMED)
    ):
        move(one, ReportState.REPLACED, by=by, at=at, facts={"version": one.version})
    made = UnitReport.objects.create(
        contest=place.contest, district=place.unit, version=last + 1, schools=said.schools, pupils=said.pupils,
        works=said.works, lines=[list(line) for line in said.lines], digest=report_digest(place, said), at=at, by=by,
    )  # fmt: skip
    body = {"version": made.version, "schools": said.schools, "pupils": said.pupils, "works": said.works}
    events.record(place.contest, "unit-report.filled", made, by=by, at=at, body=body)
    return made


def locked_place(place: UnitIn) -> UnitIn:
    return UnitIn(locked_contest(place.contest.pk), place.unit)


@transaction.atomic
def stamp_report(
    *, report: UnitReport, paper: StoredFile, by: User, at: datetime, codes: Sequence[tuple[str, str]] = ()
) -> UnitReport:
    """The stamped scan of the newest version.

    codes    (key, mark) of every code read on the scan
    raises   Refused "report-of-other" where a code is of something else, and why it may not be handed in
    """
    report = newest(report)
    if denial := why_not_stamp_report(by, report, at=at):
        raise Refused(denial)
    for key, mark in codes:
        if (key, mark) != (report.key, mark_of(report.digest)):
            raise Refused(Denial("report-of-other", {"unit": report.district, "version": report.version}))
    facts = {"version": report.version, "sha256": paper.sha256}
    move(report, ReportState.STAMPED, by=by, at=at, facts=facts, paper=paper)
    return report


def newest(report: UnitReport) -> UnitReport:
    """As it stands under the lock of its contest.

    raises   Refused "report-changed" where a newer version was filled in meanwhile
    """
    locked_contest(report.contest_id)
    rows = UnitReport.objects.select_related("contest", "district")
    found = rows.filter(contest=report.contest_id, district=report.district_id).order_by("-version")[0]
    if found.pk != report.pk:
        raise Refused(Denial("report-changed", {"unit": found.district}))
    return found


@transaction.atomic
def confirm_report(*, report: UnitReport, by: User, at: datetime) -> UnitReport:
    """From now on it counts, and the one that counted before does not."""
    report = newest(report)
    if denial := why_not_decide_report(by, report, at=at):
        raise Refused(denial)
    for one in report.contest.unit_reports.filter(district=report.district, state=ReportState.CONFIRMED):
        if one.pk != report.pk:
            move(one, ReportState.REPLACED, by=by, at=at, facts={"version": one.version})
    facts = {"version": report.version}
    move(report, ReportState.CONFIRMED, by=by, at=at, facts=facts, reason="", decided_at=at, decided_by=by)
    return report


@transaction.atomic
def return_report(*, report: UnitReport, reason: str, by: User, at: datetime) -> UnitReport:
    """With the reason; the unit fills in a new version. One that was confirmed counts no more."""
    report = newest(report)
    if denial := why_not_decide_report(by, report, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("report-without-reason", {"unit": report.district}))
    facts = {"version": report.version}
    move(report, ReportState.RETURNED, by=by, at=at, facts=facts, reason=reason.strip(), decided_at=at, decided_by=by)
    return report


@dataclass(frozen=True)
class InAll:
    """What all units together reported."""

    units: int
    schools: int
    pupils: int
    works: int


def reported_in_all(contest: Contest) -> InAll | None:
    """None where nothing is confirmed."""
    rows = confirmed_reports(contest).order_by()
    sums = rows.aggregate(schools=Sum("schools"), pupils=Sum("pupils"), works=Sum("works"))
    units = rows.count()
    return InAll(units, **sums) if units else None

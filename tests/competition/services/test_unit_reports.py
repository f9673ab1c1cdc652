"""Reports of units about their own contests: versions, paper, confirmed or returned, and which one counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from awards.outputs.report_paper import report_pdf
from competition.access import UnitIn
from competition.core.form_codes import mark_of
from competition.core.reporting import Reported
from competition.models import StoredFile, UnitReport
from competition.services.papers import keep_paper
from competition.services.unit_reports import (
    InAll,
    ask_for_reports,
    confirm_report,
    confirmed_reports,
    fill_report,
    reported_in_all,
    return_report,
    sent_of,
    stamp_report,
)
from competition.states import ContestState, Verdict
from competition.views.unit_reports import lines_of, read_report_code
from tests.factories.entering import (
    NOW,
    Open,
    give_quota,
    office_says,
    open_contest,
    recommended,
    recorded,
    refusal,
    ruled,
)

pytestmark = pytest.mark.django_db
SAID = Reported(5, 45, 30)


@pytest.fixture
def made() -> Open:
    made = open_contest()
    ask(made)
    return made


@pytest.fixture
def paper() -> StoredFile:
    return StoredFile.objects.create(sha256="1" * 64, size=1, kind="pdf", media_type="application/pdf", stored_at=NOW)


def ask(made: Open, until=None, is_asked: bool = True) -> None:
    ask_for_reports(contest=made.contest, is_asked=is_asked, until=until, by=made["office"], at=NOW)
    made.contest.refresh_from_db()


def place(made: Open, unit: str = "东区") -> UnitIn:
    return UnitIn(made.contest, made.units[unit])


def fill(made: Open, said: Reported = SAID, *, unit: str = "东区", by: str = "", seen: int | None = None, at=NOW):
    last = made.contest.unit_reports.filter(district=made.units[unit]).count()
    return fill_report(
        place=place(made, unit), said=said, seen=last if seen is None else seen, by=made[by or unit], at=at
    )


def stamp(made: Open, report: UnitReport, paper: StoredFile, **more):
    return stamp_report(report=report, paper=paper, **{"by": made[str(report.district)], "at": NOW} | more)


def confirm(made: Open, report: UnitReport, by: str = "office"):
    return confirm_report(report=report, by=made[by], at=NOW)


def confirmed(made: Open, paper: StoredFile, said: Reported = SAID, unit: str = "东区") -> UnitReport:
    return confirm(made, stamp(made, fill(made, said, unit=unit), paper))


def states(made: Open) -> list[str]:
    return list(made.contest.unit_reports.order_by("version").values_list("state", flat=True))


def test_filled_stamped_confirmed(made, paper):
    with recorded("unit-report.filled"):
        report = fill(made)
    assert reported_in_all(made.contest) is None
    with recorded("unitreport.stamped"):
        report = stamp(made, report, paper)
    assert reported_in_all(made.contest) is None
    with recorded("unitreport.confirmed"):
        confirm(made, report)
    assert reported_in_all(made.contest) == InAll(1, 5, 45, 30)
    confirmed(made, paper, Reported(1, 2, 3), "西区")
    assert reported_in_all(made.contest) == InAll(2, 6, 47, 33)


def test_a_correction_is_a_new_version_and_the_confirmed_one_counts_until_then(made, paper):
    confirmed(made, paper)
    second = fill(made, replace(SAID, works=31))
    assert (states(made), reported_in_all(made.contest)) == (["confirmed", "filled"], InAll(1, 5, 45, 30))
    second = stamp(made, second, paper)
    with recorded("unitreport.replaced", "unitreport.confirmed"):
        confirm(made, second)
    assert (states(made), reported_in_all(made.contest)) == (["replaced", "confirmed"], InAll(1, 5, 45, 31))


def test_a_returned_one_counts_no_more_and_says_why(made, paper):
    report = confirmed(made, paper)
    with refusal("report-without-reason"):
        return_report(report=report, reason=" ", by=made["office"], at=NOW)
    with recorded("unitreport.returned"):
        return_report(report=report, reason="学校数有误", by=made["office"], at=NOW)
    assert reported_in_all(made.contest) is None
    confirm(made, UnitReport.objects.get())  # returned by mistake
    assert reported_in_all(made.contest) is not None
    report = return_report(report=report, reason="再核", by=made["office"], at=NOW)
    fill(made)
    assert states(made) == ["replaced", "filled"]


def test_without_paper_nothing_is_confirmed(made):
    report = fill(made)
    with refusal("report-without-paper"):
        confirm(made, report)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitReport.objects.filter(pk=report.pk).update(state="confirmed")


def test_the_database_counts_one_of_a_unit(made, paper):
    confirmed(made, paper)
    second = stamp(made, fill(made), paper)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitReport.objects.filter(pk=second.pk).update(state="confirmed")
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitReport.objects.filter(pk=second.pk).update(state="returned", reason="")


def test_what_was_filled_in_meanwhile_is_not_written_over(made, paper):
    first = fill(made)
    with refusal("report-changed"):
        fill(made, seen=0)
    second = fill(made)
    with refusal("report-changed"):
        stamp(made, first, paper)
    assert stamp(made, second, paper)


def test_the_paper_is_of_this_version(made, paper):
    first = fill(made)
    code = (first.key, mark_of(first.digest))
    second = fill(made, replace(SAID, works=40))
    with refusal("report-of-other"):
        stamp(made, second, paper, codes=[code])
    with refusal("report-of-other"):
        stamp(made, second, paper, codes=[("", "")])
    assert stamp(made, second, paper, codes=[(second.key, mark_of(second.digest))])
    with refusal("report-stamped"):
        stamp(made, second, paper)


def test_the_code_of_a_printed_report_is_read(made):
    from competition import files
    from competition.inspection import FileKind, page_codes

    report = fill(made, Reported(5, 45, 30, (("primary", 5, 45, 30),)))
    kept = keep_paper(name="a.pdf", chunks=[report_pdf(report)], at=NOW)
    texts = [text for page in page_codes(files.path_of(kept.sha256), FileKind(kept.kind)) for text in page.texts]
    assert [read_report_code(text) for text in texts] == [(report.key, mark_of(report.digest))]


def test_less_than_what_goes_up_is_refused(made):
    recommended(made, "一")
    recommended(made, "二", school="晴川二中")
    with refusal("report-odd"):
        fill(made, Reported(2, 9, 1))
    with refusal("report-odd"):
        fill(made, Reported(1, 9, 2))
    assert fill(made, Reported(2, 9, 2))


def test_after_its_day_only_what_was_returned_is_filled_in_anew(made, paper):
    until = NOW + timedelta(days=1)
    ask(made, until)
    report = fill(made)
    late = until + timedelta(hours=1)
    with refusal("report-too-late"):
        fill(made, at=late)
    report = stamp(made, report, paper, at=late)  # paper comes after the day too
    return_report(report=report, reason="有误", by=made["office"], at=late)
    assert fill(made, at=late).version == 2


@pytest.mark.parametrize("who", ["西区", "晴川一中", "stranger"])
def test_only_the_unit_and_the_office(made, paper, who):
    with refusal("hidden"):
        fill(made, by=who)
    report = fill(made, by="office")
    with refusal("hidden"):
        stamp(made, report, paper, by=made[who])
    report = stamp(made, report, paper)
    for one in (who, "东区"):
        with refusal("hidden" if one else ""):
            confirm(made, report, by=one)


def test_where_nobody_asks_nothing_is_filled_in(made):
    ask(made, is_asked=False)
    with refusal("hidden"):
        fill(made)


def test_once_the_list_is_fixed_it_stays(made, paper):
    report = stamp(made, fill(made), paper)
    ruled(made, state=ContestState.LOCKED)
    report = UnitReport.objects.select_related("contest", "district").get(pk=report.pk)
    with refusal("wrong-state"):
        confirm(made, report)
    with refusal("wrong-state"):
        fill(made)


def test_the_table_has_every_unit_that_is_asked(made, paper):
    assert {str(one.unit): one.report for one in lines_of(made.contest)} == {"东区": None, "西区": None}
    give_quota(made, 3, district=made.units["西区"])
    recommended(made, "一")
    report = fill(made)
    recommended(made, "二")
    made.contest.unit_reports.filter(pk=report.pk).update(works=1)
    lines = {str(one.unit): one for one in lines_of(made.contest)}
    assert (lines["东区"].sent, lines["东区"].is_short, lines["西区"].report) == (2, True, None)
    assert not confirmed_reports(made.contest).exists()


def test_what_the_office_gave_back_is_sent_up_still(made):
    office_says(made, recommended(made, "一"), Verdict.RETURNED)
    unit = made.units["东区"]
    assert [one.sent for one in lines_of(made.contest) if one.unit == unit] == [sent_of(made.contest, unit)[1]] == [1]

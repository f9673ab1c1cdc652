"""The sums beside the check: by unit, by track, and what is really there."""

from dataclasses import replace

from competition.states import Verdict
from competition.views.checking import sums_of
from tests.factories.entering import handed_in, office_says, recommended, unit_says


def test_the_sums_add_up_by_unit_and_by_track(made):
    office_says(made, recommended(made, "一"))
    office_says(made, recommended(made, "二", authors=[{"name": "赵一", "grade": 5}]), Verdict.RETURNED)
    recommended(made, "三", "西山中学", track="实践", group_name="社团", authors=[])
    unit_says(made, handed_in(made, "四", authors=[{"name": "钱二", "grade": 5}]), Verdict.RETURNED)
    sums = sums_of(made.contest)
    assert sums.total.received == made.contest.entries.exclude(title="四").count() == 3
    assert {line.label: line.received for line in sums.lines} == {"东区": 2, "西区": 1}
    assert {line.label: line.received for line in sums.tracks} == {"创新": 2, "实践": 1, "科幻画": 0}
    assert sums.total.counts == (1, 1, 1, 0)
    assert sums.add_up


def test_sums_that_do_not_add_up_are_said(made):
    recommended(made)
    sums = sums_of(made.contest)
    assert not replace(sums, total=replace(sums.total, received=2)).add_up

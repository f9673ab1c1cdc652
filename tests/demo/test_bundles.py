"""Every list of the demo year is worked out again from its bundle, by a program that shares nothing with the product."""

import pytest

from awards.outputs.bundle import bundle_of, fixed_list
from competition.models import Contest
from verify.laurel_verify import verify


@pytest.mark.django_db
def test_every_list_of_the_demo_year_is_worked_out_again(demo_year):
    contests = list(Contest.objects.filter(award_lists__state="published"))
    assert len(contests) == 3
    for contest in contests:
        report = verify(bundle_of(fixed_list(contest)))
        assert [one.text(1) for one in report.faults] == []
        assert report.checked["awards"] == fixed_list(contest).awards.count() > 0
        assert "log-older" not in {one.code for one in report.not_recomputed}

"""What the page of a unit says of its quotas is what its services hold it to."""

import pytest

from competition.drafts import counted
from competition.services.quotas import sent_by, teams
from competition.views.unit import quota_lines
from tests.factories.entering import Open, give_quota
from tests.factories.growing import grow

pytestmark = pytest.mark.django_db


def test_quota_lines_count_as_the_services_do(made: Open) -> None:
    grow(made, range(4))
    unit, division = made.units["东区"], made.contest.divisions.all()[0]
    give_quota(made, 5, district=unit, team_percent=40)
    give_quota(made, 9, district=unit, division=division)
    give_quota(made, 9, district=unit, division=made.contest.divisions.all()[1], team_percent=10)
    lines, sent = quota_lines(unit, made.contest), sent_by(unit)
    assert len(lines) == 7
    for line in lines:
        quota = line.quota
        assert line.sent == counted(quota, sent)
        assert line.teams == (None if quota.team_percent is None else teams(quota, sent))
    assert {line.sent for line in lines} == {0, 3, 12}  # recommended, passed, returned by the office

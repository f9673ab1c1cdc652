"""A contest with a tie that the committee settled, and its bundle."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.services.running import decide
from judging.models import Mark
from tests.factories.bundles import published, settle
from tests.factories.contests import AT, Made, small_contest
from tests.factories.replay import replayed


@pytest.fixture
@replayed
def tied() -> Made:
    """A1 has the first prize; A2 and A3 both have 90, share the one second prize, and the committee gave it to A3."""
    made = small_contest()
    Mark.objects.filter(sheet__assignment__entry=made.entries["A3"]).update(points=90)
    decide(contest=made.contest, by=None, at=AT)
    settle(made, A2=None, A3="second")
    return made


@pytest.fixture
def data(tied) -> bytes:
    return bundle_of(published(tied.contest))

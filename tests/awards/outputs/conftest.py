"""A contest with a tie that the committee settled, and its bundle."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.services.running import decide
from judging.models import Mark
from tests.factories.bundles import published, settle
from tests.factories.contests import AT, Made, small_contest
from tests.factories.replay import replayed


@replayed
def tied_contest() -> Made:
    """A1 has the first prize; A2 and A3 both have 90, share the one second prize, and the committee gave it to A3."""
    made = small_contest()
    Mark.objects.filter(sheet__assignment__entry=made.entries["A3"]).update(points=90)
    decide(contest=made.contest, by=None, at=AT)
    settle(made, A2=None, A3="second")
    return made


@pytest.fixture
@replayed
def bundled() -> tuple[Made, bytes]:
    made = tied_contest()
    return made, bundle_of(published(made.contest))


@pytest.fixture
def tied(request: pytest.FixtureRequest) -> Made:
    """Published where the test asks for its bundle too."""
    return request.getfixturevalue("bundled")[0] if "data" in request.fixturenames else tied_contest()


@pytest.fixture
def data(bundled: tuple[Made, bytes]) -> bytes:
    return bundled[1]

"""The demo year and the fair as tables, made once a seed."""

import pytest

from awards.demo.chance import Tables
from awards.demo.fair import fair
from awards.demo.year import year

SEEDS = (2017, 1, 2)


@pytest.fixture(scope="session")
def years() -> dict[int, Tables]:
    return {seed: year(seed) for seed in SEEDS}


@pytest.fixture(scope="session", params=SEEDS)
def tables(request: pytest.FixtureRequest, years: dict[int, Tables]) -> Tables:
    return years[request.param]


@pytest.fixture(scope="session")
def a_fair() -> Tables:
    return fair(2017)

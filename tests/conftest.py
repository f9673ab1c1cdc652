"""What every test shares: how many examples a law is tried on, the database, how seldom garbage is looked for."""

import gc
import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("drill", max_examples=2000, deadline=None)
settings.load_profile("drill" if os.environ.get("LAUREL_DRILL") else "quick")


import pytest  # noqa: E402


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is loaded by now stays to the end. Looking through it again and again for garbage took a tenth of the time
    that tests with a database take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Asked just before the database of the tests is made: in memory it is there already and needs no migrating."""
    from django.db import connection

    from tests.factories.databases import flushed_if_filled, migrated_memory

    if connection.vendor != "sqlite":
        with flushed_if_filled():
            yield
        return
    with django_db_blocker.unblock(), migrated_memory():
        yield


@pytest.fixture(autouse=True)
def language_of_the_house():
    """A page in English leaves its language behind in this thread, for whichever test comes next."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="module")
def played_year(django_db_setup, django_db_blocker):
    """The demo year and its open edition, while the tests of a module run."""
    from tests.factories.databases import demo_memory

    with django_db_blocker.unblock(), demo_memory():
        yield


@pytest.fixture
def demo_year(played_year, db):
    """The demo year with its accounts; what a test changes is undone at its end."""


# What is dear to begin and begun once a process: these tests go to one process of xdist. By path, since the groups that
# xdist 3.8 reads from marks do not reach its scheduler under pytest 9.
BROWSER = "tests/browser/"  # a server for each module
PLAYED = (
    "tests/config/test_access",
    *(f"tests/demo/test_{one}" for one in ("by_hand", "events", "bundles", "going_up")),
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadGroupScheduling

    class Together(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            if nodeid.startswith(BROWSER):
                return nodeid.partition("::")[0]
            return "the demo year" if nodeid.startswith(PLAYED) else nodeid

    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None

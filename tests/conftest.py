"""What every test shares: how many examples a law is tried on."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("drill", max_examples=2000, deadline=None)
settings.load_profile("drill" if os.environ.get("LAUREL_DRILL") else "quick")


import pytest  # noqa: E402


@pytest.fixture
def demo_year(db):
    """The demo year, played with its accounts, in this test's transaction."""
    from django.core.management import call_command

    call_command("load_demo", verbosity=0)

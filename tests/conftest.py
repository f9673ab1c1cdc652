"""What every test shares. Nothing here touches the network; the database is the one DATABASE_URL names."""

import os
import tempfile

os.environ.setdefault("LAUREL_MODE", "desk")
os.environ.setdefault("LAUREL_VAR", tempfile.mkdtemp(prefix="laurel-tests-"))

from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("drill", max_examples=2000, deadline=None)
settings.load_profile("drill" if os.environ.get("LAUREL_DRILL") else "quick")

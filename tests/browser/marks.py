"""Where these tests run, and how to get what they need."""

import os
import shutil

import pytest

# The one that draws no windows keeps the processor less busy.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "LAUREL_LEAVE_OUT_NOTHING" not in os.environ,
        reason="left out: no chromium; on Debian: apt-get install chromium-headless-shell",
    ),
]

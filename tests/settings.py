"""The product's settings at a desk of the tests' own: fast password hashes, throw-away folders."""

import os
import tempfile

os.environ["LAUREL_MODE"] = "desk"
# Never the installation that the shell points at: its key is not the one that the demo year is signed with.
os.environ["LAUREL_VAR"] = os.environ.setdefault("LAUREL_TESTS_VAR", tempfile.mkdtemp(prefix="laurel-tests-"))
os.environ["PUBLIC_URL"] = "http://127.0.0.1:8000"
os.environ.pop("SECOND_FACTOR", None)  # a test asks for what it wants
os.environ.pop("PDF_SIGNING", None)

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Files are shared by content: what a test of one process takes out, a test of another may have just put in.
MEDIA_ROOT = VAR_DIR / "media" / os.environ.get("PYTEST_XDIST_WORKER", "")  # noqa: F405
INDEX_IN_BACKGROUND = False  # a thread of its own would outlive the transaction of a test

# One for all tests: certificates of the demo year, which is made once, are signed with a key that is derived from it.
if not (VAR_DIR / "key").exists():  # noqa: F405
    _scratch = VAR_DIR / f"key.{os.getpid()}"  # noqa: F405
    _scratch.write_text("0123456789abcdef" * 4)
    _scratch.rename(VAR_DIR / "key")  # noqa: F405

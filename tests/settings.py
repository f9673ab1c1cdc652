"""The product's settings at a desk of the tests' own: fast password hashes, throw-away folders."""

import os
import tempfile

os.environ["LAUREL_MODE"] = "desk"
os.environ.setdefault("LAUREL_VAR", tempfile.mkdtemp(prefix="laurel-tests-"))
os.environ["PUBLIC_URL"] = "http://127.0.0.1:8000"
os.environ.pop("SECOND_FACTOR", None)  # a test asks for what it wants

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INDEX_IN_BACKGROUND = False  # a thread of its own would outlive the transaction of a test

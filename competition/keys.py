"""The installation's own key: what tokens and salts of its contests are derived from."""

import os

from django.conf import settings

LENGTH = 32


def installation_key() -> bytes:
    """Made once, kept beside the database. Whoever loses it keeps the certificates: each contest has its own secret."""
    path = settings.VAR_DIR / "key"
    if not path.exists():
        scratch = path.with_name(f"key.{os.getpid()}")
        scratch.write_text(os.urandom(LENGTH).hex())
        scratch.chmod(0o600)
        scratch.rename(path)
    return path.read_bytes()

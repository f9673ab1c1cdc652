"""This process has the settings of the server that it measures, those of docs/operator.md, before any model is read."""

import os
import secrets
import sys
import tempfile
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

HOST = "contest.example"
ROOM = tempfile.TemporaryDirectory(prefix="laurel-load-")
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "LAUREL_MODE": "production",
    "LAUREL_VAR": ROOM.name,
    "DATABASE_URL": f"sqlite:///{ROOM.name}/laurel.sqlite3",
    "SECRET_KEY": secrets.token_hex(25),
    "ALLOWED_HOSTS": HOST,
    "PUBLIC_URL": f"https://{HOST}",
    "BEHIND_PROXY": "1",
}
django.setup()

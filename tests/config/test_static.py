"""On a server files have a digest in their names, but a module imports another by its own name."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client

IMPORT = re.compile(r"""from\s*["']\./([^"']+)["']""")


def test_the_service_worker_keeps_every_module_under_the_name_by_which_it_is_imported():
    modules = Path(settings.BASE_DIR) / "judging/static/judging"
    imported = {name for one in modules.glob("*.js") for name in IMPORT.findall(one.read_text(encoding="utf-8"))}
    worker = Client().get("/judging/worker.js").content.decode()
    assert imported == {"keeping.js", "offline.js", "sending.js"}
    assert all(f'"{settings.STATIC_URL}judging/{name}"' in worker for name in imported)

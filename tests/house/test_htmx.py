"""A page that swaps fragments loads what swaps them."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INCLUDED = re.compile(r'{% (?:include|extends) "([^"]+)"')
LOADS = "house/_htmx.html"


def parts_of(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The template and all that it includes, and what it extends."""
    found = {name}
    path = TEMPLATES / name
    if path.exists() and name not in seen:
        for other in INCLUDED.findall(path.read_text(encoding="utf-8")):
            found |= parts_of(other, seen | {name})
    return found


def test_every_page_that_swaps_loads_htmx():
    swapping = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(TEMPLATES))
        if "{% extends" not in text:
            continue
        parts = parts_of(name)
        if any("hx-" in (TEMPLATES / one).read_text(encoding="utf-8") for one in parts if (TEMPLATES / one).exists()):
            swapping.append(name)
            assert LOADS in parts, name
    assert {"awards/ballot_round.html", "competition/job.html"} <= set(swapping)

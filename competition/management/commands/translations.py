"""The Chinese words for our English ones: gathered from code and templates, checked, compiled. No gettext needed."""

import argparse
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

from competition.core import VERSION

LOCALE = "zh_Hans"
CREATED = datetime(2026, 11, 23, tzinfo=UTC)  # of the catalogues; a date of today would change them at every look
APPS = {
    "competition": ("competition", "config", "templates"),
    "judging": ("judging", "templates/judging"),
    "awards": ("awards", "templates/awards"),
}
NO_WORDS = {"migrations", "static"}
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "gettext_noop": None}
KEYWORDS |= {"pgettext_lazy": ((1, "c"), 2), "ngettext_lazy": (1, 2)}
CALLS = re.compile(r"""\b(?:_|n?p?gettext)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""")
PLACES = re.compile(r"%\([a-z_]+\)s|%%|\{[a-z_]*\}")


class Command(BaseCommand):
    help = "Brings the catalogues up to date with code and templates; or checks or compiles them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail where a translation is missing or wrong")
        parser.add_argument("--compile", action="store_true", help="only make the .mo files")

    def handle(self, *args, **options) -> None:
        problems: list[str] = []
        catalogs: dict[str, Catalog] = {}
        for app in APPS:
            catalog = stored(app)
            if not options["compile"]:
                catalog = updated(app, catalog)
                problems += faults(app, catalog, stored(app)) if options["check"] else []
                if not options["check"]:
                    save(app, catalog)
            compile_catalog(app, catalog)
            catalogs[app] = catalog
        if options["check"]:
            problems += said_twice(catalogs)
        if problems:
            raise CommandError("\n".join([*problems, f"{len(problems)} translations to mend."]))


def path_of(app: str, ending: str) -> Path:
    return Path(settings.BASE_DIR) / app / "locale" / LOCALE / "LC_MESSAGES" / f"django.{ending}"


def stored(app: str) -> Catalog:
    path = path_of(app, "po")
    if not path.exists():
        return Catalog(locale=LOCALE, domain="django", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, domain="django")


def updated(app: str, catalog: Catalog) -> Catalog:
    """The stored translations for exactly the messages that are in use."""
    fresh = Catalog(
        locale=LOCALE, domain="django", project="Laurel", version=VERSION, charset="utf-8", fuzzy=False,
        header_comment=f"# Laurel: {app}", creation_date=CREATED, revision_date=CREATED,
    )  # fmt: skip
    for path in sources(app):
        name = str(path.relative_to(settings.BASE_DIR))
        for _, function, message, _ in extract_python(stream_of(path), KEYWORDS, [], {"encoding": "utf-8"}):
            add(fresh, catalog, str(function), message, name)
    return fresh


def add(fresh: Catalog, catalog: Catalog, function: str, message: Any, name: str) -> None:
    context = None
    if function.startswith("pgettext") and isinstance(message, tuple):
        context, message = message[0], message[1]
    elif isinstance(message, tuple):
        parts = [part for part in message if part]
        message = tuple(parts) if function.startswith("ngettext") else parts[0]
    if not message:
        return
    known = catalog.get(message, context=context)
    string: Any = known.string if known and not known.fuzzy else None
    fresh.add(message, string, locations=[(name, 0)], context=context)


def sources(app: str) -> list[Path]:
    """Python and templates; a template folder of another app belongs to that app."""
    base = Path(settings.BASE_DIR)
    others = [base / "templates" / other for other in APPS if other != app]
    found: list[Path] = []
    for room in APPS[app]:
        for path in sorted((base / room).rglob("*")):
            is_other = any(other in path.parents for other in others) or NO_WORDS & set(path.parts)
            if path.suffix in (".py", ".html", ".txt", ".js") and not is_other:
                found.append(path)
    return found


def stream_of(path: Path) -> io.BytesIO:
    """Python as it is; of a template the calls that Django makes of it, one a line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(CALLS.findall(templatize(text, origin=str(path))))
    return io.BytesIO(text.encode())


def faults(app: str, catalog: Catalog, on_disk: Catalog) -> list[str]:
    found = []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not all(strings):
            found.append(f"{app}: no translation for {message.id!r} ({message.locations[0][0]})")
        elif any(wrong_places(message, string) for string in strings):
            found.append(f"{app}: other places in the translation of {message.id!r}")
    unused = {(m.id, m.context) for m in on_disk if m.id} - {(m.id, m.context) for m in catalog}
    found += [f"{app}: no longer used: {id_!r}" for id_, _ in sorted(unused, key=str)]
    return found


def said_twice(catalogs: Mapping[str, Catalog]) -> list[str]:
    """What two apps say in different words. One of them would win everywhere: what means two things takes a context
    of its own, `pgettext` or `{% translate … context … %}`."""
    said: dict[tuple[str, str | None], dict[str, str]] = {}
    for app, catalog in catalogs.items():
        for message in catalog:
            if message.id:
                said.setdefault((str(message.id), message.context), {})[app] = str(message.string)
    return [
        f"two translations of {id_!r}: " + "; ".join(f"{app} {word}" for app, word in words.items())
        for (id_, _context), words in said.items()
        if len(set(words.values())) > 1
    ]


def wrong_places(message: Any, string: str | None) -> bool:
    wanted = message.id[-1] if isinstance(message.id, tuple | list) else message.id
    return not set(PLACES.findall(string or "")) <= set(PLACES.findall(wanted))


def save(app: str, catalog: Catalog) -> None:
    path = path_of(app, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, omit_header=False, no_location=True, width=0)


def compile_catalog(app: str, catalog: Catalog) -> None:
    path = path_of(app, "mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".mo.new")
    with scratch.open("wb") as file:
        write_mo(file, catalog)
    scratch.replace(path)

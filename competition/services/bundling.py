"""The files of a zip attached to their entries, each by itself, for as long as there is time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from competition import files
from competition.bundling import UNREADABLE, BundleFile, member_chunks, opened
from competition.errors import Refused
from competition.models import User
from competition.services.materials import add_material, finish_material


def attach_bundle(
    *, path: Path, wanted: Iterable[BundleFile], has_time: Callable[[], bool], by: User, at: datetime
) -> list[tuple[str, str]]:
    """(path, why not) of those that were tried, "" where it was attached. At least one is tried.

    wanted   of `Bundle.new`; what stands after the time is over is not tried, and stays new in the next plan
    """
    tried: list[tuple[str, str]] = []
    with opened(path) as packed:
        for one in wanted:
            if tried and not has_time():
                break
            try:
                attach(packed, one, by=by, at=at)
            except Refused as refused:
                tried.append((one.path, str(refused)))
            except UNREADABLE:
                tried.append((one.path, str(_("It cannot be unpacked: damaged or with a password."))))
            else:
                tried.append((one.path, ""))
    return tried


def attach(packed, one: BundleFile, *, by: User, at: datetime) -> None:
    chunks = member_chunks(packed, one.path)
    if one.promised is not None:
        files.write_part(one.promised.key, chunks)
        finish_material(material=one.promised, by=by, at=at)
    elif one.entry is not None and one.kind is not None:
        name = one.path.replace("\\", "/").rsplit("/", 1)[-1]
        add_material(entry=one.entry, kind=one.kind, name=name, size=one.size, chunks=chunks, by=by, at=at)

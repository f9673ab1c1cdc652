"""Who nominates for an award: its office alone, or schools on the web, with or without their unit."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from awards import presets
from awards.states import Nominators
from competition.access import why_not_set_up
from competition.errors import Denial, Refused
from competition.models import Contest, MaterialKind, Pledge, Submission, User
from competition.models.contest import SCHOOLS
from competition.services.setting_up import save_material_kinds, save_pledges


def nominators_of(contest: Contest) -> Nominators:
    if not contest.is_entered_by_schools:
        return Nominators.OFFICE
    return Nominators.UNITS if contest.has_unit_step else Nominators.SCHOOLS


def set_nominators(contest: Contest, wanted: Nominators, *, by: User, at: datetime) -> None:
    """Part of the rules: their version and its event are the caller's.

    raises   Refused "nominators-used", and why the award is set up no more
    """
    if wanted == nominators_of(contest):
        return
    if denial := why_not_set_up(by, contest, at=at):
        raise Refused(denial)
    if Submission.objects.filter(entry__contest=contest).exists():
        raise Refused(Denial("nominators-used", {"contest": contest}))
    settings = {name: value for name, value in contest.settings.items() if name != "nominators"}
    contest.settings = settings if wanted == Nominators.OFFICE else settings | {"nominators": SCHOOLS}
    contest.has_unit_step = wanted == Nominators.UNITS
    contest.save(update_fields=["settings", "has_unit_step"])
    if wanted != Nominators.OFFICE:
        ask_the_usual(contest, by=by, at=at)


def ask_the_usual(contest: Contest, *, by: User, at: datetime) -> None:
    """Pledges and materials to begin with, where nobody has asked for any; the office changes what differs."""
    if not contest.pledges.exists():
        save_pledges(contest=contest, pledges=[Pledge(**one) for one in usual()["pledges"]], by=by, at=at)
    for track in contest.tracks.all():
        if not track.material_kinds.exists():
            kinds = [MaterialKind(**one) for one in usual()["materials"]]
            save_material_kinds(track=track, kinds=kinds, by=by, at=at)


@cache
def usual() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(
        (Path(presets.__file__).parent / "asked.json").read_text(encoding="utf-8")
    )
    return found

"""What units and schools are called. A new official name leaves the old one among the others, so that lists find it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events
from competition.access import why_not_organise
from competition.core.school_names import plain
from competition.errors import Denial, Refused
from competition.models import District, School, User
from competition.states import UnitKind


@transaction.atomic
def save_school_names(
    *, school: School, name: str, name_en: str, aliases: Iterable[str], by: User, at: datetime
) -> School:
    """raises   Refused "name-missing", "name-of-another" where another school of the unit is called so"""
    school = School.objects.select_for_update(of=("self",)).select_related("district").get(pk=school.pk)
    others = School.objects.filter(district=school.district_id).exclude(pk=school.pk)
    taken = {plain(word): one.name for one in others for word in (*one.aliases, one.name)}
    names = {"name": name, "name_en": name_en, "aliases": other_names(school.name, name, school.aliases, aliases)}
    return save_names(school, names, taken, by=by, at=at)


@transaction.atomic
def save_unit_names(
    *, unit: District, label_zh: str, label_en: str, kind: UnitKind, aliases: Iterable[str], by: User, at: datetime
) -> District:
    """raises   Refused "name-missing", "name-of-another" """
    unit = District.objects.select_for_update().get(pk=unit.pk)
    others = District.objects.exclude(pk=unit.pk)
    taken = {plain(word): one.label_zh for one in others for word in (*one.aliases, one.label_zh)}
    said = other_names(unit.label_zh, label_zh, unit.aliases, aliases)
    names = {"label_zh": label_zh, "label_en": label_en, "kind": kind, "aliases": said}
    return save_names(unit, names, taken, by=by, at=at)


def other_names(was: str, now: str, known: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Those that are wanted, each once, with the official name that was; those that were there keep their order."""
    every = dict.fromkeys([*wanted, *([was] if was != now else [])])
    return [name for name in dict.fromkeys([*known, *every]) if name in every and name not in ("", now)]


def save_names(place: Any, names: dict[str, Any], taken: dict[str, str], *, by: User, at: datetime) -> Any:
    """One event names the fields that changed, and none of their words."""
    if denial := why_not_organise(by, None, at=at):
        raise Refused(denial)
    official = "name" if isinstance(place, School) else "label_zh"
    if not names[official]:
        raise Refused(Denial("name-missing"))
    for name in (names[official], *names["aliases"]):
        if plain(name) in taken:
            raise Refused(Denial("name-of-another", {"name": name, "other": taken[plain(name)]}))
    changed = [name for name, value in names.items() if getattr(place, name) != value]
    for name in changed:
        setattr(place, name, names[name])
    if changed:
        place.save(update_fields=changed)
        action = "place.renamed" if official in changed else "place.names"
        events.record(None, action, place, by=by, at=at, body={"fields": sorted(changed)})
    return place

"""A list of units and schools goes in: what was shown and answered, all of it or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from competition import events
from competition.access import why_not_organise
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.importing_places import Line, Plan, Reading, added_names, places_plan
from competition.keys import installation_key
from competition.models import District, School, User

Place = TypeVar("Place", District, School)


@dataclass(frozen=True)
class Imported:
    """How many came in, and the plan as it was applied: what is wrong or held back stands in it."""

    units: int
    schools: int
    changed: int
    plan: Plan


def import_places(*, reading: Reading, answers: Mapping[str, str], shown: str, by: User, at: datetime) -> Imported:
    """Take in the good rows. Nothing is deleted, no school renamed, no state or account touched.

    answers  as of `places_plan`; rows whose question has none are held back
    shown    the digest of the plan that the person looked at, with the answers about units that it was made with
    raises   Refused "places-changed" where the same list would now do something else
    """
    try:
        return take_in(reading=reading, answers=answers, shown=shown, by=by, at=at)
    except IntegrityError as fault:  # somebody made the same place at the same moment
        raise Refused(Denial("places-changed")) from fault


@transaction.atomic
def take_in(*, reading: Reading, answers: Mapping[str, str], shown: str, by: User, at: datetime) -> Imported:
    if denial := why_not_organise(by, None, at=at):
        raise Refused(denial)
    list(District.objects.select_for_update().order_by("pk").values_list("pk"))
    list(School.objects.select_for_update().order_by("pk").values_list("pk"))
    about_units = {name: value for name, value in answers.items() if name.startswith("unit-")}
    if places_plan(reading, about_units).digest != shown:
        raise Refused(Denial("places-changed"))
    plan = places_plan(reading, answers)
    units = make_units(plan)
    schools = 0
    for line in plan.good:
        unit = line.unit or units[line.unit_name]
        if line.unit and line.kind not in ("", unit.kind):
            unit.kind = line.kind
            unit.save(update_fields=["kind"])
        if not line.is_of_unit:
            school = line.school or School(district=unit, name=line.school_name)
            schools += line.school is None
            keep(write(school, line), line.values)
        elif line.unit:
            keep(write(line.unit, line), line.values)
    body = {"units": len(units), "schools": schools, "changed": sum(line.status == "changed" for line in plan.good)}
    if any(body.values()):
        commitment = Mint(installation_key()).commitment(plan.digest)
        events.record(None, "places.imported", by=by, at=at, body=body | {"list": commitment})
    return Imported(plan=plan, **body)


def make_units(plan: Plan) -> dict[str, District]:
    """The units that are new, each with what its rows say of it."""
    found: dict[str, District] = {}
    for line in plan.good:
        if line.unit is None:
            unit = found.setdefault(line.unit_name, District(label_zh=line.unit_name))
            unit.kind = line.kind or unit.kind
            if line.is_of_unit:
                write(unit, line)
    for unit in found.values():
        unit.save(force_insert=True)
    return found


def write(place: Place, line: Line) -> Place:
    """What the row says, over what was there; other names are added to those that are known."""
    values: dict[str, Any] = dict(line.values)
    names: list[str] = added_names(place, values.pop("aliases", ()))
    for name, value in (values | {"aliases": [*place.aliases, *names]}).items():
        setattr(place, name, value)
    return place


def keep(place: District | School, fields: Iterable[str]) -> None:
    """Only what the row says: state and place stay what they are."""
    place.save(update_fields=None if place.pk is None else list(fields))

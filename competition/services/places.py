"""Districts, schools and people: they belong to the installation, not to a contest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from competition import events
from competition.access import why_not_organise
from competition.core.tokens import Mint
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import District, Person, School, User
from competition.services.upsert import upsert
from competition.states import SchoolState

# (district, its English name, school, its English name)
Place = tuple[str, str, str, str]
# (kind, name, school, code)
PersonKey = tuple[str, str, School | None, str]


@transaction.atomic
def save_places(*, places: Sequence[Place], mint: Mint, by: User | None, at: datetime) -> dict[tuple[str, str], School]:
    """The schools by (district, name) as written. What exists is found by its name, or by another name that a person
    has given to it alone, and is never made twice."""
    written, places = places, officially(places)
    names = {district: english for district, english, _, _ in reversed(places)}
    once = {(district, school): english for district, _, school, english in reversed(places)}
    in_order = dict.fromkeys(district for district, _, _, _ in places)
    wanted = [District(key=mint.key("district", zh), label_zh=zh, label_en=names[zh]) for zh in in_order]
    districts = upsert(District.objects.filter(label_zh__in=names), ["label_zh"], wanted, [])
    schools = upsert(
        School.objects.filter(district__in=[d.pk for d in districts.rows.values()]),
        ["district_id", "name"],
        [
            School(
                key=mint.key("school", district, school),
                district=districts.rows[district],
                name=school,
                name_en=english,
            )
            for (district, school), english in reversed(once.items())
        ],
        [],
    )
    if districts.created or schools.created:
        body = {"districts": len(districts.created), "schools": len(schools.created)}
        events.record(None, "places.added", by=by, at=at, body=body)
    return {
        (said[0], said[2]): schools.rows[districts.rows[district].pk, school]
        for said, (district, _, school, _) in zip(written, places, strict=True)
    }


def officially(places: Sequence[Place]) -> list[Place]:
    """With other names that are known put right; an official name means nothing else."""
    units = list(District.objects.all())
    unit_names = by_other_name((one.aliases, one.label_zh) for one in units)
    renamed = [(unit_names.get(unit, unit), unit_en, school, en) for unit, unit_en, school, en in places]
    of_unit: dict[str, list[School]] = defaultdict(list)
    known = School.objects.filter(district__label_zh__in={unit for unit, *_ in renamed})
    for school in known.select_related("district"):
        of_unit[school.district.label_zh].append(school)
    names = {unit: by_other_name((one.aliases, one.name) for one in found) for unit, found in of_unit.items()}
    return [(unit, unit_en, names.get(unit, {}).get(name, name), en) for unit, unit_en, name, en in renamed]


def by_other_name(places: Iterable[tuple[list[str], str]]) -> dict[str, str]:
    """(other names, official name) -> official name by each other name that is one place's alone."""
    found: dict[str, set[str]] = defaultdict(set)
    every = list(places)
    for aliases, name in every:
        for alias in aliases:
            found[alias].add(name)
    official = {name for _, name in every}
    return {alias: min(names) for alias, names in found.items() if len(names) == 1 and alias not in official}


@transaction.atomic
def decide_school(*, school: School, is_approved: bool, by: User, at: datetime) -> None:
    """The office's word on a school that registered itself."""
    if denial := why_not_organise(by, None, at=at):
        raise Refused(denial)
    move(school, SchoolState.ACTIVE if is_approved else SchoolState.REFUSED, by=by, at=at)


@transaction.atomic
def save_contacts(*, place: District | School, contact: str, phone: str, by: User | None, at: datetime) -> None:
    """Whom to call. An adult's name and number, so the event says only that they changed."""
    if by is not None and (denial := why_not_organise(by, None, at=at)):
        raise Refused(denial)
    if (place.contact, place.phone) == (contact, phone):
        return
    place.contact, place.phone = contact, phone
    place.save(update_fields=["contact", "phone"])
    events.record(None, "place.contacts", place, by=by, at=at)


@transaction.atomic
def save_people(*, people: Iterable[PersonKey], mint: Mint, by: User | None, at: datetime) -> dict[PersonKey, Person]:
    """The people by (kind, name, school, code). Same name in the same school without a code is the same person."""
    keys = list(dict.fromkeys(people))
    wanted = [
        Person(key=mint.key("person", kind, name, school.key if school else "", code), kind=kind, name=name,
               school=school, code=code)
        for kind, name, school, code in keys
    ]  # fmt: skip
    existing = Person.objects.filter(school__in=[school for _, _, school, _ in keys if school])
    nowhere = Person.objects.filter(school=None, name__in=[name for _, name, school, _ in keys if not school])
    saved = upsert(existing | nowhere, ["kind", "name", "school_id", "code"], wanted, [])
    if saved.created:
        events.record(None, "people.added", by=by, at=at, body={"people": len(saved.created)})
    return {
        (kind, name, school, code): saved.rows[kind, name, school.pk if school else None, code]
        for kind, name, school, code in keys
    }

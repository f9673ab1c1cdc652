"""Districts, schools and people: they belong to the installation, not to a contest."""

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
    """The schools by (district, name). What exists is found by its name, never made twice."""
    names = {district: english for district, english, _, _ in reversed(places)}
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
            for district, _, school, english in places
        ],
        [],
    )
    if districts.created or schools.created:
        body = {"districts": len(districts.created), "schools": len(schools.created)}
        events.record(None, "places.added", by=by, at=at, body=body)
    by_pk = {district.pk: district.label_zh for district in districts.rows.values()}
    return {(by_pk[pk], name): school for (pk, name), school in schools.rows.items()}


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

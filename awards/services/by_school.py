"""Certificates by who hands them out: units in their order, schools of a unit by sound, certificates by number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from awards.core.name_order import pinyin_key
from awards.models import Certificate, Participant, Training
from awards.services.stroke_order import stroke_places
from awards.states import CertificateState, ParticipantState
from competition.models import Contest, District, School

NOWHERE = "其他"
LAST = 1 << 60
HOMES = (
    "award__entry__school__district", "special__entry__school__district", "recognition__district",
    "recognition__school__district", "recognition__person__school__district",
)  # fmt: skip


One = TypeVar("One", bound=Certificate | Participant)


@dataclass(frozen=True)
class Home(Generic[One]):
    """One school with the certificates that it takes along, by number; without a school, a unit for itself. Of a
    training: one school or workplace."""

    unit: str
    school: str
    contact: str
    phone: str
    certificates: tuple[One, ...]

    @property
    def name(self) -> str:
        return self.school or self.unit


def homes_of(contest: Contest) -> list[Home[Certificate]]:
    """Of valid certificates, also before the publication: paper is printed and handed out on its day. Those without a
    unit stand last."""
    found: dict[tuple[int, str], dict[str, list[Certificate]]] = defaultdict(lambda: defaultdict(list))
    places: dict[tuple[str, str], School | District | None] = {}
    valid = contest.certificates.filter(state=CertificateState.VALID)
    for one in valid.select_related("recognition__rule", *HOMES).order_by("serial"):
        place, name = place_of(one), name_of(one)
        unit = place.district if isinstance(place, School) else place
        key = (unit.pk, unit.label_zh) if unit else (LAST, NOWHERE)
        found[key][name].append(one)
        places[key[1], name] = place
    return [
        home_from(unit, school, places[unit, school], ones)
        for (_, unit), schools in sorted(found.items())
        for school, ones in sorted(schools.items(), key=lambda pair: pinyin_key(pair[0], stroke_places()))
    ]


def homes_of_training(training: Training) -> list[Home[Participant]]:
    """Of certificates that count: schools and workplaces as the list says them, by sound. Those without stand last."""
    found: dict[str, list[Participant]] = defaultdict(list)
    for one in training.participants.filter(state=ParticipantState.ISSUED).order_by("serial"):
        found[one.unit].append(one)
    nowhere = found.pop("", [])
    homes = [
        Home("", unit, "", "", tuple(ones))
        for unit, ones in sorted(found.items(), key=lambda pair: pinyin_key(pair[0], stroke_places()))
    ]
    return [*homes, *([Home(NOWHERE, "", "", "", tuple(nowhere))] if nowhere else [])]


def home_from(
    unit: str, school: str, place: School | District | None, ones: Sequence[Certificate]
) -> Home[Certificate]:
    contact, phone = (place.contact, place.phone) if place else ("", "")
    return Home(unit, school, contact, phone, tuple(ones))


def place_of(one: Certificate) -> School | District | None:
    """Of whom it is handed to."""
    if one.recognition:
        of = one.recognition.person
        return one.recognition.district or one.recognition.school or (of.school if of else None)
    return one.work.entry.school if one.work else None


def name_of(one: Certificate) -> str:
    """The school as the list says it; "" for a unit, and where there is no school."""
    place = place_of(one)
    if not isinstance(place, School):
        return ""
    said: str = one.work.said.get("school", "") if one.work else ""
    return said or place.name


def of_units(homes: Iterable[Home]) -> list[tuple[str, list[Home]]]:
    """Each unit with its homes, both in their order."""
    return [(unit, list(ones)) for unit, ones in groupby(homes, key=lambda one: one.unit)]


def count_of(homes: Iterable[Home]) -> int:
    return sum(len(one.certificates) for one in homes)

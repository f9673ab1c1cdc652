"""Certificates by who hands them out: units in their order, schools of a unit by sound, certificates by number."""

from collections import defaultdict

from awards.core.name_order import pinyin_key
from awards.models import Certificate
from awards.services.stroke_order import stroke_places
from awards.states import CertificateState
from competition.models import Contest, Person

NOWHERE = "其他"
HOMES = (
    "award__entry__school__district", "special__entry__school__district", "recognition__district",
    "recognition__school__district", "recognition__person__school__district",
)  # fmt: skip

Schools = list[tuple[str, list[Certificate]]]  # a school, "" for the unit itself; its certificates


def by_school(contest: Contest) -> list[tuple[str, Schools]]:
    """Units with the valid certificates of their schools; those without a unit come last."""
    found: dict[tuple[int, str], dict[str, list[Certificate]]] = defaultdict(lambda: defaultdict(list))
    rows = contest.certificates.filter(state=CertificateState.VALID)
    for one in rows.select_related("recognition__rule", *HOMES).order_by("serial"):
        unit, school = home_of(one)
        found[unit][school].append(one)
    return [
        (name, sorted(schools.items(), key=lambda pair: pinyin_key(pair[0], stroke_places())))
        for (_, name), schools in sorted(found.items())
    ]


def home_of(one: Certificate) -> tuple[tuple[int, str], str]:
    """((place of the unit, its name), school) of whom it is handed to; those without stand last."""
    school = one.work.entry.school if one.work else None
    if one.recognition:
        of: Person | None = one.recognition.person
        school = one.recognition.school or (of.school if of else None)
        if one.recognition.district:
            return (one.recognition.district.pk, one.recognition.district.label_zh), ""
    if school is None:
        return (1 << 60, NOWHERE), ""
    said = one.work.said.get("school", "") if one.work else ""
    return (school.district.pk, school.district.label_zh), said or school.name

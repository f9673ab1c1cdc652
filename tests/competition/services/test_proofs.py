"""Names as certificates will print them, confirmed by each school."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from competition.models import Person
from competition.services.proofs import confirm_names, names_digest, proof_entries, standing_proof
from competition.states import EntryState
from tests.factories.entering import NOW, Open, begun, handed_in, put, recorded, refusal

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=90)


def read(made: Open, school: str = "晴川一中") -> str:
    return names_digest(proof_entries(made.contest, made.schools[school]))


def confirm(made: Open, seen: str, *, school: str = "晴川一中", by: Any = None) -> Any:
    by = by or made.teacher(school)
    return confirm_names(contest=made.contest, school=made.schools[school], seen=seen, by=by, at=LATER)


def standing(made: Open) -> Any:
    school = made.schools["晴川一中"]
    return standing_proof(made.contest, school, proof_entries(made.contest, school))


def test_a_school_reads_what_is_alive_and_its_own(made: Open) -> None:
    for n, state in enumerate(EntryState):
        put(begun(made, f"题{n}"), state=state, number=f"A{n:03}")
    handed_in(made, "别校", "晴川二中")
    found = proof_entries(made.contest, made.schools["晴川一中"])
    assert {one.state for one in found} == {"submitted", "recommended", "returned", "passed"}
    assert {one.school.name for one in found} == {"晴川一中"}


def test_confirming_is_one_row_and_one_event(made: Open) -> None:
    handed_in(made)
    assert standing(made) is None
    with recorded("names.confirmed"):
        proof = confirm(made, read(made))
    assert (standing(made), proof.by, proof.at) == (proof, made["晴川一中"], LATER)


@pytest.mark.parametrize("who", ["东区", "office"])
def test_unit_and_office_may_confirm_for_a_school(made: Open, who: str) -> None:
    assert confirm(made, read(made), by=made[who]).by == made[who]


@pytest.mark.parametrize("who", ["stranger", "host", "晴川二中", "西区"])
def test_nobody_else_confirms(made: Open, who: str) -> None:
    seen = read(made)
    with refusal("hidden"):
        confirm(made, seen, by=made[who])


def test_confirming_asks_to_sign_in(made: Open) -> None:
    with refusal("sign-in"):
        confirm(made, read(made), by=AnonymousUser())


def changed_title(entry: Any) -> None:
    put(entry, title="改了")


def changed_name(entry: Any) -> None:
    Person.objects.filter(authorships__entry=entry, name="张三").update(name="张叁")


def changed_tutor(entry: Any) -> None:
    Person.objects.filter(tutorships__entry=entry).update(name="汪老师")


def changed_group(entry: Any) -> None:
    put(entry, group_name="三班")


def changed_order(entry: Any) -> None:
    first, second = entry.authors.all()
    entry.authors.filter(pk=first.pk).update(order=9)
    entry.authors.filter(pk=second.pk).update(order=1)


def gone(entry: Any) -> None:
    put(entry, state=EntryState.WITHDRAWN)


@pytest.mark.parametrize("change", [changed_title, changed_name, changed_tutor, changed_group, changed_order, gone])
def test_what_changed_meanwhile_is_not_confirmed_and_takes_a_confirmation_back(made: Open, change: Any) -> None:
    entry = handed_in(made, authors=[{"name": "张三", "grade": 5}, {"name": "李四", "grade": 5}])
    seen = read(made)
    confirm(made, seen)
    change(entry)
    assert standing(made) is None
    with refusal("names-changed"):
        confirm(made, seen)
    confirm(made, read(made))
    assert standing(made)


def test_another_schools_change_takes_nothing_back(made: Open) -> None:
    handed_in(made)
    confirm(made, read(made))
    handed_in(made, "别校", "晴川二中")
    assert standing(made)


def test_names_are_read_in_three_queries_however_many(made: Open, django_assert_num_queries: Any) -> None:
    for n in range(3):
        handed_in(made, f"题{n}")
    with django_assert_num_queries(3):
        read(made)

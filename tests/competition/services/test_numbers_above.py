"""授权号 and 上级编号: what a list would do, and that a number belongs to one entry."""

import pytest
from django.db import IntegrityError, transaction

from competition.core.number_columns import NUMBER_LIST
from competition.core.pasted import pasted_rows
from competition.listed import CHANGED, NEW, SAME, WRONG
from competition.models import Contest, Event, NumberAbove
from competition.numbers_above import (
    GIVEN,
    Numbers,
    numbers_given_by,
    numbers_in_words,
    numbers_plan,
    seen_digest,
    standing,
)
from competition.services.numbers_above import import_numbers_above, save_numbers_above
from tests.competition.core.books import book
from tests.factories.entering import recorded, refusal
from tests.factories.noticing import NOW, account, locked_contest, office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    return locked_contest()


@pytest.fixture
def office(contest):
    return office_of(contest)


def key(contest: Contest, number: str) -> str:
    return contest.entries.get(number=number).key


def save(contest: Contest, office, seen: str | None = None, **numbers: tuple[str, str]) -> int:
    said = {key(contest, number): Numbers(*both) for number, both in numbers.items()}
    seen = seen_digest(said, standing(contest)) if seen is None else seen
    return save_numbers_above(contest=contest, numbers=said, seen=seen, by=office, at=NOW)


def above(contest: Contest) -> dict[str, tuple[str, str]]:
    rows = NumberAbove.objects.filter(contest=contest).order_by("entry__order")
    return {number: (one, two) for number, one, two in rows.values_list("entry__number", "authorisation", "number")}


def listed(contest: Contest, *rows: list, head=("作品编号", "授权号", "上级编号")):
    return numbers_plan(book(名单=[list(head), *map(list, rows)]), contest)


def faults(plan) -> list[str]:
    return [f"{fault.column}{line.number} {fault.text}" for line in plan.lines for fault in line.faults]


def test_numbers_are_saved_replaced_and_taken_away(contest, office):
    with recorded("numbers-above.saved"):
        assert save(contest, office, A1=("１２３", " AH-1 "), A2=("456", "")) == 2
    assert above(contest) == {"A1": ("123", "AH-1"), "A2": ("456", "")}
    with recorded("numbers-above.saved"):
        assert save(contest, office, A1=("", ""), A2=("789", "")) == 2
    assert above(contest) == {"A2": ("789", "")}
    event = Event.objects.latest("pk")
    assert (event.body["entries"], event.body["removed"]) == (2, 1)
    with recorded():
        assert save(contest, office, A2=("789", "")) == 0


def test_no_number_stands_in_the_log(contest, office):
    save(contest, office, A1=("8765432109", "AH-77"))
    event = Event.objects.latest("pk")
    assert event.subject.endswith(key(contest, "A1"))
    assert "8765432109" not in str(event.body) and "AH-77" not in str(event.body)
    assert event.body["content"].startswith("hmac:")


def test_a_number_belongs_to_one_entry(contest, office):
    save(contest, office, A1=("1", "x"))
    with refusal("number-above-twice"):
        save(contest, office, A2=("1", ""))
    with refusal("number-above-twice"):
        save(contest, office, A2=("2", "y"), A3=("3", "y"))
    save(contest, office, A1=("2", ""), A2=("1", "x"))  # exchanged in one go
    assert above(contest) == {"A1": ("2", ""), "A2": ("1", "x")}


def test_the_database_refuses_a_number_twice(contest, office):
    one, other = contest.entries.order_by("order")[:2]
    NumberAbove.objects.create(entry=one, contest=contest, authorisation="1", number="x", at=NOW)
    for said in ({"authorisation": "1"}, {"number": "x"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NumberAbove.objects.create(entry=other, contest=contest, at=NOW, **said)


@pytest.mark.parametrize("bad", ["1 2", "a\tb", "x" * 61])
def test_what_is_no_number_is_refused(contest, office, bad):
    with refusal("number-above-bad"):
        save(contest, office, A1=(bad, ""))


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(contest, office):
    seen = seen_digest([key(contest, "A1")], standing(contest))
    save(contest, office, A1=("1", ""))
    with refusal("numbers-changed"):
        save(contest, office, seen, A1=("2", ""))


def test_only_its_office_and_only_once_the_list_is_fixed(contest, office):
    nobody = account("nobody")
    with refusal("hidden"):
        save(contest, nobody, A1=("1", ""))
    Contest.objects.filter(pk=contest.pk).update(state="decision")
    with refusal("wrong-state"):
        save(contest, office, A1=("1", ""))


def test_an_entry_that_did_not_pass_gets_none(contest, office):
    contest.entries.filter(number="A1").update(state="not_passed")
    with refusal("numbers-of-others"):
        save(contest, office, A1=("1", ""))


def test_a_list_in_any_order_by_number_or_title(contest, office):
    title = contest.entries.get(number="A2").title
    head = ("授权号", "项目名称", "省级编号", "编号")
    plan = listed(contest, ["11", "", "P1", "A1"], ["22", title, "", ""], head=head)
    assert [line.status for line in plan.lines] == [NEW, NEW] and plan.is_whole
    assert {line.entry.number: line.numbers for line in plan.lines} == {
        "A1": Numbers("11", "P1"), "A2": Numbers("22", ""),
    }  # fmt: skip


def test_typed_rows_without_headings_are_number_authorisation_number_there(contest):
    plan = numbers_plan(pasted_rows("A1，11，P1\nA2，22", NUMBER_LIST), contest)
    assert [line.numbers for line in plan.lines] == [Numbers("11", "P1"), Numbers("22", "")]


def test_a_column_that_is_not_there_changes_nothing_and_a_blank_cell_takes_away(contest, office):
    save(contest, office, A1=("1", "x"), A2=("2", "y"))
    plan = listed(contest, ["A1", "9"], ["A2", ""], head=("作品编号", "授权号"))
    assert [(line.status, line.numbers) for line in plan.lines] == [
        (CHANGED, Numbers("9", "x")), (CHANGED, Numbers("", "y")),
    ]  # fmt: skip
    assert listed(contest, ["A1", "1"], head=("作品编号", "授权号")).lines[0].status == SAME


@pytest.mark.parametrize(("rows", "said"), [
    ([["A1", "1", ""], ["A1", "2", ""]], "A3"),
    ([["A1", "1", ""], ["A2", "1", ""]], "B3"),
    ([["A1", "", "x"], ["A2", "", "x"]], "C3"),
    ([["A1", "7", ""]], "B2"),
    ([["A99", "1", ""]], "A2"),
    ([["", "1", ""]], "A2"),
    ([["A1", "1 2", ""]], "B2"),
    ([["A1", 1234567890123456, ""]], "B2"),
])  # fmt: skip
def test_a_fault_names_row_and_column_and_keeps_all_out(contest, office, rows, said):
    save(contest, office, A4=("7", ""))
    plan = listed(contest, *rows)
    assert [one.split()[0] for one in faults(plan)] == [said]
    assert not plan.is_whole and plan.count(WRONG) == 1
    with refusal("numbers-wrong"):
        import_numbers_above(
            contest=contest, data=book(名单=[["作品编号", "授权号", "上级编号"], *rows]), shown=plan.digest, by=office,
            at=NOW,
        )  # fmt: skip


def test_a_row_that_slipped_by_one_is_seen_by_its_title(contest):
    title = contest.entries.get(number="A2").title
    plan = listed(contest, ["A1", "1", title], head=("作品编号", "授权号", "作品名称"))
    assert [one.split()[0] for one in faults(plan)] == ["C2"]
    twins = contest.entries.filter(number__in=["A3", "A4"])
    twins.update(title="孪生")
    plan = listed(contest, ["孪生", "1"], head=("作品名称", "授权号"))
    assert [one.split()[0] for one in faults(plan)] == ["A2"]


def test_a_list_that_says_nothing_of_entries_or_numbers_is_refused_whole(contest):
    assert len(listed(contest, ["1"], head=("授权号",)).problems) == 1
    assert len(listed(contest, ["A1"], head=("作品编号",)).problems) == 1


def test_what_was_shown_is_taken_in_and_nothing_else(contest, office):
    data = book(名单=[["作品编号", "授权号"], ["A1", "11"], ["A2", "22"]])
    shown = numbers_plan(data, contest).digest
    with recorded("numbers-above.saved"):
        import_numbers_above(contest=contest, data=data, shown=shown, by=office, at=NOW)
    assert above(contest) == {"A1": ("11", ""), "A2": ("22", "")}
    with refusal("numbers-changed"):
        import_numbers_above(contest=contest, data=data, shown=shown, by=office, at=NOW)


# ---- several higher contests


def elsewhere(contest: Contest, name: str) -> Contest:
    """A delegation went to it."""
    return Contest.objects.create(
        series=contest.series, belongs_to=contest, label_zh=name, year=contest.year, as_of=contest.as_of
    )


def test_each_higher_contest_gives_numbers_of_its_own(contest, office):
    one, two = elsewhere(contest, "省赛"), elsewhere(contest, "国赛")
    said = {key(contest, "A1"): Numbers("123", "AH-1")}
    for higher in (None, one, two):  # the very same numbers
        seen = seen_digest(said, {}, higher)
        assert save_numbers_above(contest=contest, higher=higher, numbers=said, seen=seen, by=office, at=NOW) == 1
    assert Event.objects.latest("pk").body["higher"] == two.key
    gone = {key(contest, "A1"): Numbers()}
    seen = seen_digest(gone, standing(contest, one), one)
    save_numbers_above(contest=contest, higher=one, numbers=gone, seen=seen, by=office, at=NOW)
    assert [standing(contest, each) for each in (None, one, two)] == [said, {}, said]
    entry = contest.entries.prefetch_related(GIVEN).get(number="A1")
    assert numbers_given_by(two, entry) == numbers_given_by(one, entry) == Numbers("123", "AH-1")
    assert numbers_in_words(entry, "number") == "AH-1、AH-1（国赛）"


def test_a_number_that_a_higher_contest_did_not_give_is_the_one_without_a_name(contest, office):
    higher, entry = elsewhere(contest, "省赛"), contest.entries.get(number="A1")
    save(contest, office, A1=("3401", "OLD"))
    said = {entry.key: Numbers(number="AH-1")}
    save_numbers_above(
        contest=contest, higher=higher, numbers=said, seen=seen_digest(said, {}, higher), by=office, at=NOW
    )
    assert numbers_given_by(higher, entry) == Numbers("3401", "AH-1")
    assert numbers_given_by(None, entry) == Numbers("3401", "OLD")


def test_of_one_higher_contest_a_number_belongs_to_one_entry_and_the_database_says_so(contest, office):
    higher = elsewhere(contest, "省赛")
    A1, A2 = (contest.entries.get(number=number) for number in ("A1", "A2"))
    both = {one.key: Numbers("7") for one in (A1, A2)}
    with refusal("number-above-twice"):
        save_numbers_above(
            contest=contest, higher=higher, numbers=both, seen=seen_digest(both, {}, higher), by=office, at=NOW
        )
    for where in (None, higher):
        NumberAbove.objects.create(entry=A1, contest=contest, higher=where, authorisation="7", number="x", at=NOW)
        for said in ({"entry": A2, "authorisation": "7"}, {"entry": A2, "number": "x"}, {"entry": A1, "number": "y"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                NumberAbove.objects.create(contest=contest, higher=where, at=NOW, **said)


def test_a_contest_that_nothing_went_up_to_gives_no_numbers(contest, office):
    other = elsewhere(contest, "省赛")
    Contest.objects.filter(pk=other.pk).update(belongs_to=None)
    said = {key(contest, "A1"): Numbers("7")}
    seen = seen_digest(said, {}, other)
    with refusal("hidden"):
        save_numbers_above(contest=contest, higher=other, numbers=said, seen=seen, by=office, at=NOW)


def test_what_was_seen_of_one_contest_is_not_taken_in_for_another(contest, office):
    higher = elsewhere(contest, "省赛")
    data = book(名单=[["作品编号", "授权号"], ["A1", "7"]])
    shown = numbers_plan(data, contest).digest
    with refusal("numbers-changed"):
        import_numbers_above(contest=contest, higher=higher, data=data, shown=shown, by=office, at=NOW)

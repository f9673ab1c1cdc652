"""What an entry lacks: each rule broken alone, each border, and laws that hold for whatever is typed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.entering import STEPS, EntryDraft, PersonDraft, Shortfall, Terms, is_for, shortfalls, years
from competition.core.grades import GRADES
from competition.shortfalls import SENTENCES, by_field, sentence

TODAY = date(2026, 3, 10)
BORN = date(2015, 5, 1)
A = PersonDraft("张三", area="1", grade=5, born_on=BORN)
B = PersonDraft("李四", area="1", grade=6, born_on=BORN)
T = PersonDraft("王老师", area="1", stage="primary")
U = PersonDraft("赵老师", area="1", stage="primary")
TERMS = Terms(
    max_authors=2, max_tutors=2, min_age=6, max_age=12, abstract_most=20, asks_lower_contest=True,
    divisions=("primary", "junior"), tutor_same_stage=True, tutor_same_area=True, work_since=date(2025, 1, 1),
    work_until=date(2026, 3, 1), materials={"report": "研究报告"}, pledges={"integrity": "诚信承诺"}, left=1,
)  # fmt: skip
DRAFT = EntryDraft(
    "浇花器", "primary", "它自己浇花。", date(2026, 1, 1), "区赛 2025", authors=(A, B), tutors=(T, U),
    materials={"report": 1}, pledges=frozenset({"integrity"}),
)  # fmt: skip
SUBJECTS = {"primary/LS": "primary", "junior/PH": "junior", "/EN": ""}
GROUP = replace(TERMS, is_group=True)

# code -> (what the draft says, what the terms say, step, input)
BROKEN: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "title-missing": ({"title": ""}, {}, "work", "title"),
    "division-missing": ({"division": ""}, {}, "work", "division"),
    "subject-missing": ({"subject": "junior/PH"}, {"subjects": SUBJECTS}, "work", "subject"),
    "abstract-missing": ({"abstract": ""}, {}, "work", "abstract"),
    "abstract-too-long": ({"abstract": "字" * 21}, {}, "work", "abstract"),
    "recommendation-missing": ({"abstract": ""}, {"is_nomination": True}, "work", "abstract"),
    "recommendation-too-long": ({"abstract": "字" * 21}, {"is_nomination": True}, "work", "abstract"),
    "nominee-missing": ({"authors": ()}, {"is_nomination": True}, "people", "authors-0-name"),
    "finished-missing": ({"finished_on": None}, {}, "work", "finished_on"),
    "finished-early": ({"finished_on": date(2024, 12, 31)}, {}, "work", "finished_on"),
    "finished-late": ({"finished_on": date(2026, 3, 2)}, {}, "work", "finished_on"),
    "lower-contest-missing": ({"lower_contest": ""}, {}, "work", "lower_contest"),
    "group-name-missing": ({"authors": ()}, {"is_group": True}, "people", "group_name"),
    "group-has-authors": ({"group_name": "三班"}, {"is_group": True}, "people", "authors-0-name"),
    "authors-missing": ({"authors": ()}, {}, "people", "authors-0-name"),
    "too-many-authors": ({"authors": (A, B, replace(B, name="孙五"))}, {}, "people", "authors-2-name"),
    "name-missing": ({"authors": (A, replace(B, name=""))}, {}, "people", "authors-1-name"),
    "grade-missing": ({"authors": (A, replace(B, grade=None))}, {}, "people", "authors-1-grade"),
    "born-missing": ({"authors": (A, replace(B, born_on=None))}, {}, "people", "authors-1-born_on"),
    "too-young": ({"authors": (replace(A, born_on=date(2020, 3, 11)), B)}, {}, "people", "authors-0-born_on"),
    "too-old": ({"authors": (A, replace(B, born_on=date(2013, 3, 10)))}, {}, "people", "authors-1-born_on"),
    "author-elsewhere": ({}, {"taken": {B.identity: ("A001 另一件",)}}, "people", "authors-1-name"),
    "person-twice": ({"authors": (A, A)}, {}, "people", "authors-1-name"),
    "stages-differ": ({"authors": (A, replace(B, grade=7))}, {}, "people", "authors-1-grade"),
    "areas-differ": ({"authors": (A, replace(B, area="2"))}, {}, "people", "authors-1-school"),
    "school-unknown": ({"tutors": (T, replace(U, school="?育红中学"))}, {}, "people", "tutors-1-school"),
    "division-differs": ({"division": "junior"}, {}, "people", "authors-0-grade"),
    "too-many-tutors": ({"tutors": (T, U, replace(U, name="钱老师"))}, {}, "people", "tutors-2-name"),
    "tutor-name-missing": ({"tutors": (T, replace(U, name=""))}, {}, "people", "tutors-1-name"),
    "tutor-stage-missing": ({"tutors": (replace(T, stage=""),)}, {}, "people", "tutors-0-stage"),
    "tutor-stage-differs": ({"tutors": (T, replace(U, stage="senior"))}, {}, "people", "tutors-1-stage"),
    "tutor-area-differs": ({"tutors": (T, replace(U, area="2"))}, {}, "people", "tutors-1-school"),
    "material-missing": ({"materials": {}}, {}, "materials", "material-report"),
    "pledge-missing": ({"pledges": frozenset()}, {}, "pledges", "pledge-integrity"),
    "quota-full": ({}, {"left": 0}, "work", "quota"),
}  # fmt: skip
# The same drafts where the contest has no such rule.
NO_RULE: dict[str, dict[str, Any]] = {
    "division-missing": {"divisions": ()},
    "subject-missing": {"subjects": {}},
    "abstract-missing": {"has_abstract": False},
    "abstract-too-long": {"has_abstract": False},
    "recommendation-missing": {"has_abstract": False},
    "recommendation-too-long": {"has_abstract": False},
    "nominee-missing": {"max_authors": 0},
    "finished-missing": {"work_since": None, "work_until": None},
    "finished-early": {"work_since": None},
    "finished-late": {"work_until": None},
    "lower-contest-missing": {"asks_lower_contest": False},
    "too-many-authors": {"max_authors": 3},
    "born-missing": {"min_age": None, "max_age": None},
    "too-young": {"min_age": None},
    "too-old": {"max_age": None},
    "author-elsewhere": {"entries_per_student": None, "taken": {B.identity: ("A001 另一件",)}},
    "stages-differ": {"team_same_stage": False},
    "areas-differ": {"team_same_area": False},
    "division-differs": {"divisions": ()},
    "too-many-tutors": {"max_tutors": 3},
    "tutor-stage-missing": {"tutor_same_stage": False},
    "tutor-stage-differs": {"tutor_same_stage": False},
    "tutor-area-differs": {"tutor_same_area": False},
    "material-missing": {"materials": {}},
    "pledge-missing": {"pledges": {}},
    "quota-full": {"left": None},
}
# On the right side of each border: nothing is missing.
BORDERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the longest description": ({"abstract": "字" * 20}, {}),
    "finished on the first day": ({"finished_on": date(2025, 1, 1)}, {}),
    "finished on the last day": ({"finished_on": date(2026, 3, 1)}, {}),
    "six today": ({"authors": (replace(A, born_on=date(2020, 3, 10)), B)}, {}),
    "thirteen tomorrow": ({"authors": (A, replace(B, born_on=date(2013, 3, 11)))}, {}),
    "in one of two": ({}, {"entries_per_student": 2, "taken": {A.identity: ("A001 另一件",)}}),
    "a namesake is in another entry": ({}, {"taken": {("张三", "", "7"): ("A001",), ("张三", "k", ""): ("A002",)}}),
    "namesakes told apart": ({"authors": (replace(A, code="1"), replace(A, code="2"))}, {}),
    "namesakes of two schools": ({"authors": (A, replace(A, school="k"))}, {}),
    "nobody tutors": ({"tutors": ()}, {}),
    "a group": ({"authors": (), "group_name": "三班", "tutors": (replace(T, area="9", stage=""),)}, {"is_group": True}),
    "a division that is no stage": ({"division": "open"}, {"divisions": ("open", "closed")}),
    "more than asked": ({"materials": {"report": 2, "video": 1}, "pledges": frozenset({"integrity", "x"})}, {}),
    "one author": ({"authors": (A,)}, {}),
    "a tutor is nominated": ({"authors": ()}, {"is_nomination": True, "max_authors": 0}),
    "a school is nominated": (
        {"authors": (), "tutors": ()},
        {"is_nomination": True, "max_authors": 0, "max_tutors": 0},
    ),
}


def codes(found: list[Shortfall]) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(("level", "division", "is_one"), [
    ("", "primary", True), ("primary", "primary", True), ("primary", "junior", False), ("secondary", "junior", True),
    ("secondary", "senior", True), ("secondary", "primary", False), ("primary", "", True),
])  # fmt: skip
def test_a_subject_is_for_its_level(level: str, division: str, is_one: bool) -> None:
    assert is_for(level, division) is is_one


def test_a_subject_of_all_levels_will_do() -> None:
    terms = replace(TERMS, subjects=SUBJECTS)
    assert shortfalls(replace(DRAFT, subject="/EN"), terms, today=TODAY) == []
    assert shortfalls(replace(DRAFT, subject="primary/LS"), terms, today=TODAY) == []


def test_a_complete_entry_lacks_nothing() -> None:
    assert shortfalls(DRAFT, TERMS, today=TODAY) == []


def test_every_sentence_has_its_case() -> None:
    assert set(BROKEN) == set(SENTENCES)
    assert set(NO_RULE) <= set(BROKEN)


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_is_this_shortfall_and_no_other(code: str) -> None:
    said, terms, step, where = BROKEN[code]
    (found,) = shortfalls(replace(DRAFT, **said), replace(TERMS, **terms), today=TODAY)
    assert (found.code, found.step, found.where) == (code, step, where)
    assert found.step in STEPS
    text = sentence(found)
    assert text
    assert "%(" not in text
    assert by_field([found]) == {where: text}


@pytest.mark.parametrize("code", NO_RULE)
def test_without_the_rule_nothing_is_missing(code: str) -> None:
    terms = replace(TERMS, **(BROKEN[code][1] | NO_RULE[code]))
    assert shortfalls(replace(DRAFT, **BROKEN[code][0]), terms, today=TODAY) == []


@pytest.mark.parametrize("case", BORDERS)
def test_at_its_border_a_rule_still_holds(case: str) -> None:
    said, terms = BORDERS[case]
    assert shortfalls(replace(DRAFT, **said), replace(TERMS, **terms), today=TODAY) == []


def test_an_empty_draft_lacks_each_thing_once_in_the_order_of_the_form() -> None:
    found = codes(shortfalls(EntryDraft(), TERMS, today=TODAY))
    assert found == ["title-missing", "division-missing", "abstract-missing", "finished-missing",
                     "lower-contest-missing", "authors-missing", "material-missing", "pledge-missing"]  # fmt: skip


def test_a_tutor_who_stands_twice_is_told() -> None:
    (found,) = shortfalls(replace(DRAFT, tutors=(T, T)), TERMS, today=TODAY)
    assert (found.code, found.where) == ("person-twice", "tutors-1-name")


def test_the_division_is_held_against_the_first_author_alone() -> None:
    """The first author's grade is not known yet, so nothing can be said about the division."""
    draft = replace(DRAFT, authors=(replace(A, grade=None), replace(B, grade=7)))
    terms = replace(TERMS, tutor_same_stage=False)
    assert codes(shortfalls(draft, terms, today=TODAY)) == ["grade-missing"]


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2012, 2, 29), date(2100, 2, 28), 87),
        (date(2012, 2, 28), date(2028, 2, 28), 16),
        (date(2012, 3, 1), date(2026, 2, 28), 13),
        (date(2012, 12, 31), date(2026, 1, 1), 13),
        (date(2012, 1, 1), date(2026, 1, 1), 14),
        (date(2026, 3, 10), date(2026, 3, 10), 0),
    ],
)
def test_years_golden(born: date, today: date, age: int) -> None:
    assert years(born, today) == age


DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(0, 30))
def test_a_birthday_makes_a_year_and_the_day_before_does_not(born: date, age: int) -> None:
    is_leap_day = (born.month, born.day) == (2, 29)
    year = born.year + age
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    birthday = date(year, 3, 1) if is_leap_day and not leap else born.replace(year=year)
    assert years(born, birthday) == age
    assert years(born, birthday - timedelta(days=1)) == age - 1


@given(DAYS, DAYS, st.integers(0, 400))
def test_age_never_falls_as_days_go_by(born: date, today: date, later: int) -> None:
    assert years(born, today) <= years(born, today + timedelta(days=later))


PEOPLE = st.builds(
    PersonDraft,
    name=st.sampled_from(["", "张三", "李四"]),
    code=st.sampled_from(["", "1"]),
    school=st.sampled_from(["", "k"]),
    area=st.sampled_from(["1", "2"]),
    grade=st.sampled_from([None, *GRADES, 99]),
    born_on=st.none() | st.dates(date(2008, 1, 1), date(2022, 1, 1)),
    stage=st.sampled_from(["", "primary", "junior"]),
)
DRAFTS = st.builds(
    EntryDraft,
    title=st.sampled_from(["", "浇花器"]),
    division=st.sampled_from(["", "primary", "junior", "open"]),
    abstract=st.sampled_from(["", "它自己浇花。", "字" * 30]),
    finished_on=st.none() | st.dates(date(2024, 6, 1), date(2026, 12, 1)),
    lower_contest=st.sampled_from(["", "区赛"]),
    group_name=st.sampled_from(["", "三班"]),
    authors=st.lists(PEOPLE, max_size=4).map(tuple),
    tutors=st.lists(PEOPLE, max_size=4).map(tuple),
    materials=st.dictionaries(st.sampled_from(["report", "photos"]), st.integers(0, 2)),
    pledges=st.frozensets(st.sampled_from(["integrity", "guardian"])),
)
TERMS_OF_ALL_KINDS = st.builds(
    Terms,
    is_group=st.booleans(),
    max_authors=st.integers(1, 3),
    max_tutors=st.integers(0, 3),
    min_age=st.none() | st.integers(4, 10),
    max_age=st.none() | st.integers(10, 18),
    has_abstract=st.booleans(),
    abstract_most=st.sampled_from([5, 20, 800]),
    asks_lower_contest=st.booleans(),
    divisions=st.sampled_from([(), ("primary", "junior"), ("open",)]),
    team_same_stage=st.booleans(),
    team_same_area=st.booleans(),
    tutor_same_stage=st.booleans(),
    tutor_same_area=st.booleans(),
    work_since=st.none() | st.just(date(2025, 1, 1)),
    work_until=st.none() | st.just(date(2026, 3, 1)),
    materials=st.sampled_from([{}, {"report": "研究报告"}, {"report": "研究报告", "photos": "照片"}]),
    pledges=st.sampled_from([{}, {"integrity": "诚信承诺", "guardian": "监护人"}]),
    entries_per_student=st.sampled_from([None, 1, 2]),
    taken=st.sampled_from([{}, {("张三", "", ""): ("A001",)}, {("张三", "", ""): ("A001", "A002")}]),
    left=st.sampled_from([None, 0, 1, 5]),
)
COMPLETED: dict[str, str] = {
    "title": "work", "abstract": "work", "finished_on": "work", "lower_contest": "work", "group_name": "people",
    "tutors": "people", "authors": "people", "materials": "materials", "pledges": "pledges",
}  # fmt: skip


def elsewhere(found: list[Shortfall], step: str) -> set[tuple[str, str]]:
    return {(one.where, one.code) for one in found if one.step != step}


@pytest.mark.parametrize("name", COMPLETED)
@given(draft=DRAFTS, terms=TERMS_OF_ALL_KINDS)
def test_completing_a_field_never_adds_a_shortfall_about_another_step(
    name: str, draft: EntryDraft, terms: Terms
) -> None:
    step = COMPLETED[name]
    good = {"group_name": "三班", "materials": {"report": 1, "photos": 1}, "pledges": frozenset(terms.pledges)}
    done = replace(draft, **{name: good.get(name, getattr(DRAFT, name))})
    before, after = (elsewhere(shortfalls(one, terms, today=TODAY), step) for one in (draft, done))
    assert after <= before


@given(DRAFTS, TERMS_OF_ALL_KINDS, st.randoms(use_true_random=False))
def test_the_order_of_tutors_never_matters_for_the_authors(draft: EntryDraft, terms: Terms, rng: Any) -> None:
    shuffled = list(draft.tutors)
    rng.shuffle(shuffled)
    first, second = (
        [one for one in shortfalls(each, terms, today=TODAY) if not one.where.startswith("tutors")]
        for each in (draft, replace(draft, tutors=tuple(shuffled)))
    )
    assert first == second


@given(DRAFTS, TERMS_OF_ALL_KINDS)
def test_every_shortfall_is_a_whole_sentence_at_an_input(draft: EntryDraft, terms: Terms) -> None:
    for one in shortfalls(draft, terms, today=TODAY):
        assert one.where
        assert one.step in STEPS
        assert "%(" not in sentence(one)


@given(DRAFTS, TERMS_OF_ALL_KINDS)
def test_a_looser_rule_never_adds_a_shortfall(draft: EntryDraft, terms: Terms) -> None:
    loose = replace(
        terms, max_authors=9, max_tutors=9, min_age=None, max_age=None, has_abstract=False, asks_lower_contest=False,
        team_same_stage=False, team_same_area=False, tutor_same_stage=False, tutor_same_area=False, work_since=None,
        work_until=None, materials={}, pledges={}, entries_per_student=None, left=None,
    )  # fmt: skip
    before = [(one.where, one.code) for one in shortfalls(draft, terms, today=TODAY)]
    after = [(one.where, one.code) for one in shortfalls(draft, loose, today=TODAY)]
    assert set(after) <= set(before)

"""Works to practise on: put in, marked, first where the office wants it, shown, taken away."""

from pathlib import Path

import pytest

from competition import files
from competition.errors import Refused
from competition.models import Contest, Entry, Event, StoredFile
from competition.services.announcing import Upload
from judging.access import why_not_enter_paper, why_not_see_work
from judging.access_to_practice import (
    PracticeOfJudge,
    WorkOfJudge,
    why_not_compare_practice,
    why_not_practise,
)
from judging.models import (
    Criterion,
    Judge,
    PracticeFile,
    PracticeMark,
    PracticeSet,
    PracticeSheet,
    PracticeWork,
    Rubric,
)
from judging.practice_compared import compared_for, practice_grid
from judging.practising import practice_sets_of
from judging.services import practice as services
from judging.services import practising
from judging.services.commons import choose_common_entries
from judging.sheet_rows import rows_of_judge
from tests.competition.inspection.samples import AUTHOR, pdf
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest
from tests.judging.services.test_commons import more_judges

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def rubric() -> Rubric:
    return Rubric.objects.select_related("round__contest", "track").prefetch_related("criteria").get()


def who(judged: Judged) -> dict:
    return {"by": judged.office, "at": AT}


def offered(judged: Judged, *, is_first: bool = False, **more) -> PracticeSet:
    return services.offer_practice(**({"rubric": rubric(), "is_first": is_first} | who(judged) | more))


def put_in(judged: Judged, practice: PracticeSet, title: str = "旧作", uploads=(), **more) -> PracticeWork:
    facts = {"practice": practice, "title": title, "abstract": "摘要", "uploads": uploads}
    return services.add_practice_work(**(facts | who(judged) | more))


def mark(judged: Judged, code: str, work: PracticeWork, points: int | None, **more) -> PracticeSheet:
    marks = {} if points is None else {Criterion.objects.get(): points}
    facts = {"judge": judged.judge(code), "work": work, "marks": marks, "by": judged.users[code], "at": AT}
    return practising.save_practice_sheet(**(facts | more))


def hand_in(judged: Judged, code: str, work: PracticeWork, points: int | None, **more) -> PracticeSheet:
    return mark(judged, code, work, points, hands_in=True, **more)


def save(judged: Judged, code: str, work: PracticeWork, points: int | None) -> PracticeSheet:
    return mark(judged, code, work, points, hands_in=False)


def release(judged: Judged, practice: PracticeSet) -> PracticeSet:
    return services.release_practice(practice=practice, **who(judged))


def denied(do, *args, **facts) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **facts)
    return fault.value.denial.code


def a_pdf(*pages: str) -> Upload:
    data = pdf(pages, author=AUTHOR)
    return Upload("李明的获奖作品.pdf", len(data), [data])


# ---- put in and taken away


def test_a_work_has_copies_alone_and_their_names_tell_nothing(judged, media):
    work = put_in(judged, offered(judged), uploads=[a_pdf("火星"), a_pdf("水星")])
    assert (work.number, work.files.count()) == ("T1", 2)
    assert StoredFile.objects.count() == 2  # the originals are gone
    for one in work.files.all():
        data = files.path_of(one.copy.sha256).read_bytes()
        assert AUTHOR.encode() not in data and "李明" not in str(one)
    assert Event.objects.get(action="practice.work-added").body == {
        "files": [one.copy.sha256 for one in work.files.all()]
    }


def test_a_file_that_is_not_fit_leaves_nothing(judged):
    practice = offered(judged)
    assert denied(put_in, judged, practice, uploads=[a_pdf("火星"), Upload("x.pdf", 3, [b"abc"])]) == "file-unfit"
    assert denied(put_in, judged, practice, uploads=[a_pdf("火星")] * 6) == "practice-files"
    assert not StoredFile.objects.exists() and not PracticeWork.objects.exists()


def test_there_are_not_too_many(judged):
    practice = offered(judged)
    for number in range(services.MOST_WORKS):
        put_in(judged, practice, f"旧作{number}")
    assert denied(put_in, judged, practice) == "practice-full"


def test_other_words_and_files(judged):
    work = put_in(judged, offered(judged), uploads=[a_pdf("火星")])
    facts = {"work": work, "title": "改名", "abstract": "", "uploads": [a_pdf("水星")]} | who(judged)
    services.change_practice_work(**facts)
    work.refresh_from_db()
    assert (work.title, [one.order for one in work.files.all()]) == ("改名", [1, 2])
    assert denied(services.change_practice_work, **facts | {"uploads": [a_pdf("土星")] * 4}) == "practice-files"
    services.remove_practice_file(
        file=PracticeFile.objects.select_related("work__practice__round", "copy").first(), **who(judged)
    )
    assert (work.files.count(), StoredFile.objects.count()) == (1, 1)


def test_a_work_that_is_taken_away_takes_marks_and_bytes_along(judged):
    practice = offered(judged)
    work, other = (put_in(judged, practice, uploads=[a_pdf("火星")]) for _ in range(2))  # the same bytes
    hand_in(judged, "J1", work, 40)
    hand_in(judged, "J1", other, 50)
    services.remove_practice_work(work=work, **who(judged))
    assert [one.number for one in practice.works.all()] == ["T2"]
    assert (PracticeSheet.objects.count(), PracticeMark.objects.count(), StoredFile.objects.count()) == (1, 1, 1)
    assert Event.objects.get(action="practice.work-removed").body == {"sheets": 1}
    services.drop_practice(practice=practice, **who(judged))
    assert not PracticeSet.objects.exists() and not PracticeMark.objects.exists() and not StoredFile.objects.exists()
    assert denied(services.drop_practice, practice=practice, **who(judged)) == "changed-meanwhile"


def test_only_the_office_and_only_before_the_decision(judged):
    practice = offered(judged)
    work = put_in(judged, practice)
    stranger = {"by": judged.users["J1"]}
    doing = {
        "offer": lambda **more: offered(judged, is_first=True, **more),
        "put in": lambda **more: put_in(judged, practice, **more),
        "change": lambda **more: services.change_practice_work(
            **({"work": work, "title": "改", "abstract": "", "uploads": []} | who(judged) | more)
        ),
        "reference": lambda **more: services.set_reference(
            **({"work": work, "marks": {}, "remarks": {}} | who(judged) | more)
        ),
        "remove": lambda **more: services.remove_practice_work(**({"work": work} | who(judged) | more)),
        "drop": lambda **more: services.drop_practice(**({"practice": practice} | who(judged) | more)),
    }
    assert {name: denied(do, **stranger) for name, do in doing.items()} == dict.fromkeys(doing, "hidden")
    Contest.objects.update(state="decision")
    judged.contest.refresh_from_db()
    practice, work = PracticeSet.objects.get(), PracticeWork.objects.select_related("practice").get()
    assert {name: denied(do) for name, do in doing.items()} == dict.fromkeys(doing, "wrong-state")


def test_where_a_referee_measures_nobody_practises(judged):
    Rubric.objects.update(kind="measured", measure="time", attempts=1, combine="best")
    assert denied(offered, judged) == "common-measured"


# ---- marked


def test_marks_are_saved_handed_in_and_stay(judged):
    work = put_in(judged, offered(judged))
    save(judged, "J1", work, None)
    assert denied(hand_in, judged, "J1", work, None) == "marks-missing"
    save(judged, "J1", work, 40)
    hand_in(judged, "J1", work, 41)
    assert list(PracticeMark.objects.values_list("points", flat=True)) == [41]
    assert denied(hand_in, judged, "J1", work, 42) == denied(save, judged, "J1", work, 42) == "practice-handed-in"
    assert Event.objects.filter(action="practice.handed-in").count() == 1


def test_who_does_not_read_the_pile_or_mark_the_track_practises_not(judged):
    work = put_in(judged, offered(judged))
    mine = WorkOfJudge(judged.judge("J1"), work)
    assert why_not_practise(judged.users["J1"], mine, at=AT) is None
    assert why_not_practise(judged.users["J2"], mine, at=AT).hide
    other = judged.contest.tracks.create(code="别", label_zh="别", order=9)
    judged.judge("J1").tracks.add(other)
    assert why_not_practise(judged.users["J1"], mine, at=AT).hide
    assert practice_sets_of(judged.judge("J1")) == []
    Judge.objects.filter(code="J3").update(state="invited")
    assert denied(save, judged, "J3", work, 40) == "judge-not-accepted"
    Contest.objects.update(state="decision")
    assert denied(save, judged, "J2", work, 40) == "wrong-state"


def test_other_criteria_make_marks_void_and_nothing_is_in_the_way(judged):
    """The rubric may change although there is practice; who practised does it again."""
    practice = offered(judged, is_first=True)
    work = put_in(judged, practice)
    hand_in(judged, "J1", work, 40)
    services.set_reference(work=work, marks={Criterion.objects.get(): 50}, remarks={}, **who(judged))
    Criterion.objects.update(maximum=50)
    grid = practice_grid(practice, rubric())
    assert [total for line in grid.lines for _number, total in line.cells] == ["", "", ""]
    assert not grid.has_references
    assert hand_in(judged, "J1", work, 20)
    Criterion.objects.all().delete()
    assert not PracticeMark.objects.exists()


# ---- first


def test_works_open_once_practice_is_handed_in(judged):
    practice = offered(judged, is_first=True)
    judged.save(70, code="J2", entry="A1")  # there is no work yet
    works = [put_in(judged, practice, title) for title in "一二"]
    assert denied(lambda: judged.save(71, code="J2", entry="A1", base=1)) == "practice-first"
    assert denied(lambda: judged.submit(71, code="J2", entry="A1", base=1)) == "practice-first"
    assert all(row.is_later for row in rows_of_judge(judged.judge("J2")))
    hand_in(judged, "J2", works[0], 40)
    save(judged, "J2", works[1], 40)
    assert denied(lambda: judged.submit(71, code="J2", entry="A1", base=1)) == "practice-first"
    hand_in(judged, "J2", works[1], 40)
    assert not any(row.is_later for row in rows_of_judge(judged.judge("J2")))
    assert judged.submit(71, code="J2", entry="A1", base=1)
    assert denied(lambda: judged.submit(71, code="J3", entry="A1")) == "practice-first"


def test_without_the_switch_nothing_is_closed(judged):
    put_in(judged, offered(judged))
    assert judged.submit(71, code="J2", entry="A1")


def test_what_was_handed_in_before_stays_readable(judged):
    judged.submit(71, code="J2", entry="A1")
    put_in(judged, offered(judged, is_first=True))
    assert why_not_see_work(judged.users["J2"], judged.work("J2", "A1"), at=AT) is None
    rows = {row.assignment.entry.number: row.is_later for row in rows_of_judge(judged.judge("J2"))}
    assert rows == {"A1": False, "A2": True, "A3": True}


def test_practice_comes_before_common_entries(judged):
    work = put_in(judged, offered(judged, is_first=True))
    entries = [Entry.objects.get(number="A1")]
    choose_common_entries(rubric=rubric(), entries=entries, is_first=True, **who(judged))
    assert denied(lambda: judged.submit(71, code="J2", entry="A1")) == "practice-first"
    assert denied(lambda: judged.submit(71, code="J2", entry="A2")) == "practice-first"
    hand_in(judged, "J2", work, 40)
    assert denied(lambda: judged.submit(71, code="J2", entry="A2")) == "common-first"
    assert judged.submit(71, code="J2", entry="A1")


def test_paper_needs_no_practice(judged):
    """The office types what a judge wrote; whether they practised is the judge's matter."""
    put_in(judged, offered(judged, is_first=True))
    assert why_not_enter_paper(judged.office, judged.work("J2", "A1"), at=AT) is None


# ---- shown

GIVEN = {"J1": 80, "J2": 90, "J3": 84, "J4": 70, "J5": 86}


@pytest.fixture
def all_in(judged) -> tuple[Judged, PracticeSet, PracticeWork]:
    more_judges(judged, "J4", "J5", "J6")
    practice = offered(judged)
    work = put_in(judged, practice)
    for code, points in GIVEN.items():
        hand_in(judged, code, work, points)
    return judged, practice, work


def looks(judged: Judged, code: str):
    practice = PracticeSet.objects.select_related("round__contest").get()
    return why_not_compare_practice(judged.users[code], PracticeOfJudge(judged.judge(code), practice), at=AT)


def test_a_judge_sees_it_once_it_is_shown_and_they_handed_in(all_in):
    judged, practice, work = all_in
    assert looks(judged, "J4").hide
    release(judged, practice)
    assert looks(judged, "J4") is None
    assert looks(judged, "J6").hide
    save(judged, "J6", work, 50)
    assert looks(judged, "J6").hide
    hand_in(judged, "J6", work, 50)
    assert looks(judged, "J6") is None
    services.take_back_practice(practice=practice, **who(judged))
    assert looks(judged, "J4").hide


def test_medians_of_the_others_as_for_common_entries(all_in):
    judged, practice, work = all_in
    release(judged, practice)
    found = compared_for(practice, judged.judge("J4"), rubric()).comparison
    (one,) = found.works
    assert (one.work, one.own, one.median, one.others, found.leaning) == (work, "70", "85", 4, -1)


def test_what_comes_later_changes_nothing_that_is_shown(all_in):
    """Also where it is taken back and shown again: otherwise the later sheet could be worked out."""
    judged, practice, work = all_in
    release(judged, practice)
    before = compared_for(practice, judged.judge("J1"), rubric())
    hand_in(judged, "J6", work, 0)
    services.take_back_practice(practice=practice, **who(judged))
    release(judged, PracticeSet.objects.get())
    assert compared_for(practice, judged.judge("J1"), rubric()) == before
    assert compared_for(practice, judged.judge("J6"), rubric()).comparison.works[0].others == 5


def test_of_too_few_others_nothing_is_shown(judged):
    practice = offered(judged)
    work, other = put_in(judged, practice), put_in(judged, practice)
    for code in ("J1", "J2", "J3"):
        hand_in(judged, code, work, 80)
    assert denied(release, judged, practice) == "practice-few"
    more_judges(judged, "J4")
    hand_in(judged, "J4", work, 80)
    for code in ("J1", "J2", "J3"):
        hand_in(judged, code, other, 70)
    release(judged, practice)
    found = compared_for(practice, judged.judge("J1"), rubric()).comparison
    assert ([one.work for one in found.works], found.hidden) == ([work], 1)
    assert not PracticeSheet.objects.filter(work=other, is_compared=True).exists()


def test_a_judge_sees_nothing_of_a_work_that_they_have_not_handed_in(all_in):
    judged, practice, _work = all_in
    other = put_in(judged, practice, "另一件")
    for code in ("J2", "J3", "J4", "J5"):
        hand_in(judged, code, other, 40)
    services.set_reference(work=other, marks={Criterion.objects.get(): 33}, remarks={}, **who(judged))
    save(judged, "J1", other, 10)
    release(judged, practice)
    found = compared_for(practice, judged.judge("J1"), rubric())
    assert ([one.work.number for one in found.comparison.works], found.references) == (["T1"], [])


def test_what_the_office_would_give_is_shown_with_why(all_in):
    judged, practice, work = all_in
    criterion = Criterion.objects.get()
    services.set_reference(work=work, marks={criterion: 85}, remarks={criterion: "数据充分"}, **who(judged))
    found = compared_for(practice, judged.judge("J4"), rubric())
    ((named, (row,)),) = found.references
    assert (named, row.own, row.given, row.remark) == (work, "70", "85", "数据充分")
    assert found.comparison.works == []  # not shown yet, and the reference is in no median
    assert practice_grid(practice, rubric()).references == [("T1", "85")]
    assert practice_grid(practice, rubric()).medians == [("T1", "84")]
    services.set_reference(work=work, marks={}, remarks={}, **who(judged))
    assert not PracticeSheet.objects.filter(judge=None).exists()


def test_half_a_reference_is_none(judged):
    work = put_in(judged, offered(judged))
    Criterion.objects.create(rubric=rubric(), order=9, label_zh="表达", maximum=10)
    marks = {Criterion.objects.get(order=9): 5}
    assert denied(services.set_reference, work=work, marks=marks, remarks={}, **who(judged)) == "marks-missing"


def test_the_grid_of_the_office(all_in):
    _judged, practice, _work = all_in
    grid = practice_grid(practice, rubric())
    assert {line.judge.code: (line.cells[0][1], line.deviation, line.leaning) for line in grid.lines} == {
        "J1": ("80", "-4", -1), "J2": ("90", "+6", 1), "J3": ("84", "0", 0), "J4": ("70", "-14", -1),
        "J5": ("86", "+2", 0), "J6": ("", "", 0),
    }  # fmt: skip
    assert grid.waiting == 1

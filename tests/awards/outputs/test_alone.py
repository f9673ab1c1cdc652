"""Every paper of a contest that one person runs says so; none of one that takes two does."""

from collections.abc import Callable

import pypdfium2
import pytest

from awards.models import AwardList
from awards.outputs.answer_letter import answer_letter_pdf
from awards.outputs.check_papers import prize_check_pdf
from awards.outputs.explanations import Explanation, explanation_of, explanation_pdf
from awards.outputs.measured_tally import measured_tally_pdf
from awards.outputs.minutes import minutes_pdf
from awards.outputs.notice_paper import notice_pdf
from awards.outputs.papers import award_list_pdf
from awards.outputs.tally import tally_pdf
from awards.services.lists import standing_list
from awards.states import ResultDetail
from competition.models import Contest, District
from competition.services.agreeing import switch_two_persons
from judging.models import Rubric
from tests.factories.measuring import robot_contest
from tests.factories.noticing import NOW, locked_contest, noticed, objected, office_of, ruled

pytestmark = pytest.mark.django_db
ZH, EN = "本届赛事未启用双人复核", "No second person"


def texts(paper: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper)]


def explained(award_list: AwardList) -> Explanation:
    told = explanation_of(award_list, award_list.contest.entries.get(number="A1"), ResultDetail.MARKS)
    assert told
    return told


def papers() -> tuple[Contest, dict[str, Callable[[], bytes]]]:
    contest = locked_contest()
    office = office_of(contest)
    notice, unit = noticed(contest, office), District.objects.first()
    assert unit
    objection = ruled(objected(contest), office)
    rubric = Rubric.objects.get(round__contest=contest)

    def listed():
        return standing_list(Contest.objects.get(pk=contest.pk))

    def fresh():
        return Contest.objects.get(pk=contest.pk)

    def renewed(one):
        return type(one).objects.get(pk=one.pk)

    return contest, {
        "award list": lambda: award_list_pdf([listed()]),
        "notice": lambda: notice_pdf(renewed(notice), at=NOW),
        "minutes": lambda: minutes_pdf(listed(), at=NOW),
        "tally": lambda: tally_pdf(renewed(rubric), at=NOW),
        "check": lambda: prize_check_pdf(fresh(), unit, listed().awards.all(), until="", at=NOW),
        "explanation": lambda: explanation_pdf(explained(listed()), at=NOW),
        "letter": lambda: answer_letter_pdf(renewed(objection), at=NOW),
    }


def test_papers_say_that_one_person_ran_it():
    contest, made = papers()
    for name, make in made.items():
        for page in texts(make()):
            assert ZH in page, name
            assert EN in page, name
    switch_two_persons(contest=contest, is_on=True, by=None, at=NOW)
    for name, make in made.items():
        assert not [page for page in texts(make()) if ZH in page or EN in page], name


def test_the_tally_of_measured_results_says_so_too():
    contest = robot_contest().contest
    rubric = Rubric.objects.measured().filter(round__contest=contest).first()
    assert rubric
    assert ZH in texts(measured_tally_pdf(rubric, at=NOW))[0]

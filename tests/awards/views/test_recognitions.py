"""The page of titles: the whole ranking, a look before saving, what the committee decides, and no more queries for
many schools."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from awards.models import RecognitionDecision, RecognitionRule
from awards.services.lists import lock_list, standing_list
from competition.models import Contest, Entry, Person, Role, School, Tutor, User
from competition.states import RoleKind
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
RULE = {"label_zh": "示范学校", "label_en": "", "kind": "school", "number": 1, "way": "points", "ties": "hold",
        "points_entry": "1", "points_first": "5", "do": "save"}  # fmt: skip


@pytest.fixture
def contest() -> Contest:
    return decided(small())


@pytest.fixture
def office(contest) -> Client:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=contest)
    client = Client()
    client.force_login(user)
    return client


def at(contest: Contest, name: str = "recognitions", *more: int) -> str:
    return reverse(name, args=[contest.key, *more])


def text(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def test_a_look_shows_the_ranking_and_saves_nothing(contest, office):
    answer = office.post(at(contest), RULE | {"do": "look"})
    assert answer.status_code == 200
    shown = text(answer)
    assert "预览结果" in shown and "晴川一中" in shown and "已授予" in shown and "100%" in shown
    assert not RecognitionRule.objects.exists()


def test_a_saved_title_is_shown_with_all_figures_and_changed(contest, office):
    assert office.post(at(contest), RULE, follow=True).status_code == 200
    rule = RecognitionRule.objects.get()
    assert rule.points == {"entry": "1", "first": "5"}
    shown = text(office.get(at(contest)))
    for word in ("名额 1，已定 1", "推荐件数", "通过", "合格率", "一等奖", "积分", "已授予"):
        assert word in shown
    form = text(office.get(at(contest, "recognition", rule.order)))
    assert "表彰对象" not in form  # whom it is about stays
    answer = office.post(at(contest, "recognition", rule.order), RULE | {"number": 2, "fewest": 1})
    assert answer.status_code == 302
    rule.refresh_from_db()
    assert (rule.number, rule.fewest) == (2, 1)
    assert office.post(at(contest, "recognition-drop", rule.order)).status_code == 302
    assert not contest.recognition_rules.filter(is_in_force=True).exists()


def test_what_was_typed_stays_where_it_is_refused(contest, office):
    answer = office.post(at(contest), RULE | {"points_entry": "", "points_first": ""})
    assert answer.status_code == 422
    assert "按什么计分" in text(answer) and "示范学校" in answer.content.decode()
    assert office.post(at(contest), RULE | {"number": "x"}).status_code == 422


def test_the_committee_names_and_takes_back(contest, office):
    office.post(at(contest), RULE | {"way": "committee"})
    rule = RecognitionRule.objects.get()
    one = School.objects.get(name="晴川二中")
    said = {"recipient": one.key, "minutes": ""}
    refused = office.post(at(contest, "recognition-name", rule.order), said)
    assert refused.status_code == 422 and "纪要" in text(refused)
    answer = office.post(at(contest, "recognition-name", rule.order), said | {"minutes": "9号"}, follow=True)
    assert "9号" in text(answer)
    assert [one.school.name for one in standing_list(contest).recognitions.all()] == ["晴川二中"]
    office.post(at(contest, "recognition-back", rule.order), {"recipient": one.key})
    assert not standing_list(contest).recognitions.exists()


def test_a_tie_is_settled_and_opened_again_on_the_page(contest, office):
    office.post(at(contest), RULE | {"points_first": "", "points_entry": "1"})
    rule = RecognitionRule.objects.get()
    for one in School.objects.all():
        mine = Entry.objects.countable().filter(contest=contest, school=one).order_by("order")
        mine.exclude(pk=mine[0].pk).update(state="not_passed")
    answer = office.get(at(contest))
    assert "并列于最后名额" in text(answer)
    [title] = answer.context["titles"]
    said = {"terms": title.ties[0].tie.terms, "named": [School.objects.get(name="晴川二中").key]}
    assert office.post(at(contest, "recognition-tie", rule.order), said | {"minutes": ""}).status_code == 422
    answer = office.post(at(contest, "recognition-tie", rule.order), said | {"minutes": "9号"}, follow=True)
    assert "已确定。" in text(answer) and RecognitionDecision.objects.count() == 2
    office.post(at(contest, "recognition-reopen", rule.order), {"terms": said["terms"]})
    assert not RecognitionDecision.objects.exists()


def test_after_the_lock_the_page_is_read_alone(contest, office):
    office.post(at(contest), RULE)
    lock_list(contest=contest, by=None, at=AT)
    shown = office.get(at(contest)).content.decode()
    assert "已锁定过名单" in shown and 'id="new"' not in shown and "recognition-drop" not in shown
    assert office.post(at(contest), RULE | {"label_zh": "别的"}).status_code == 422


def test_the_page_speaks_english(contest, office):
    office.post(at(contest), RULE)
    assert "1 of 1 named" in text(office.get(at(contest), headers={"accept-language": "en"}))


def more_schools(contest: Contest, number: int) -> None:
    district = School.objects.all()[0].district
    track = contest.tracks.all()[0]
    for place in range(number):
        one = School.objects.create(district=district, name=f"学校{number}-{place}")
        entry = Entry.objects.create(
            contest=contest,
            track=track,
            school=one,
            order=1000 * number + place,
            number=f"Z{number}-{place}",
            title="x",
            state="passed",
        )
        person = Person.objects.create(kind="tutor", name=f"教师{place}", school=one)
        Tutor.objects.create(entry=entry, person=person, order=1)


def test_a_hundred_schools_cost_no_more_queries_than_three(contest, office):
    for place, kind in enumerate(("school", "tutor", "district")):
        office.post(at(contest), RULE | {"kind": kind, "label_zh": f"称号{place}"})
    office.post(at(contest), RULE | {"way": "committee", "label_zh": "由评委会"})
    asked = []
    for number in (1, 97):
        more_schools(contest, number)
        with CaptureQueriesContext(connection) as queries:
            assert office.get(at(contest)).status_code == 200
        asked.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert office.post(at(contest), RULE | {"do": "look"}).status_code == 200
        asked.append(len(queries))
    assert asked[2:] == asked[:2]


def test_tutors_prizes_are_counted_on_the_list_and_switched_off(contest, office):
    url = reverse("award-list", args=[contest.key])
    assert office.get(url).context["tutor_prizes"]
    assert "指导教师奖" in text(office.get(url))
    assert office.post(reverse("tutor-prizes", args=[contest.key]), {}).status_code == 302
    assert office.get(url).context["tutor_prizes"] == []
    office.post(reverse("tutor-prizes", args=[contest.key]), {"tutor_prizes": "on"})
    assert office.get(url).context["tutor_prizes"]

"""The office's page of common entries, and the judge's two."""

import re

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from competition.core.tokens import random_mint
from competition.services.contests import save_contest
from judging.models import CommonSet, Judge, Rubric
from judging.services import commons
from judging.views.finding import find_common
from tests.factories.contests import AT, WHO, details
from tests.factories.judging import Judged
from tests.judging.services.test_commons import all_in, choose, judged, more_judges, release  # noqa: F401

pytestmark = pytest.mark.django_db


def signed_in(judged: Judged, who: str = "office") -> Client:  # noqa: F811
    client = Client()
    client.force_login(judged.office if who == "office" else judged.users[who])
    return client


def page_of(judged: Judged) -> str:  # noqa: F811
    return reverse("common", args=[judged.contest.key, Rubric.objects.get().track.order, 1])


def test_the_office_chooses_by_numbers_and_sees_who_waits(judged):  # noqa: F811
    office, page = signed_in(judged), page_of(judged)
    assert office.get(page).status_code == 200
    assert office.post(page, {"numbers": "A1，A2 a9"}).status_code == 422
    assert office.post(page, {"numbers": " "}).status_code == 422
    assert not CommonSet.objects.exists()
    assert office.post(page, {"numbers": "A1，A2", "is_first": "on"}).status_code == 302
    common = CommonSet.objects.get()
    assert (sorted(one.number for one in common.entries.all()), common.is_first) == (["A1", "A2"], True)
    text = office.get(page).content.decode()
    assert "J2 → A1" in text
    assert f'action="{reverse("common-release", args=[judged.contest.key, common.track.order, 1])}"' not in text


def test_the_proposal_of_the_assignment_is_filled_in(judged):  # noqa: F811
    assert 'value="A1 A3"' in signed_in(judged).get(page_of(judged), {"numbers": "A1 A3"}).content.decode()


def test_the_assignment_offers_common_entries_with_their_cost(judged):  # noqa: F811
    more_judges(judged, "J4")
    answer = signed_in(judged).get(reverse("assign", args=[judged.contest.key]))
    [linking] = answer.context["linkings"]
    text = answer.content.decode()
    assert "?numbers=A" in text
    assert re.search(rf"增加评分表：{linking.to_all}\b", text)


def test_the_office_releases_and_takes_back(all_in):  # noqa: F811
    office, page = signed_in(all_in), page_of(all_in)
    args = [all_in.contest.key, Rubric.objects.get().track.order, 1]
    assert reverse("common-release", args=args) in office.get(page).content.decode()
    office.post(reverse("common-release", args=args))
    assert CommonSet.objects.get().released_at
    assert reverse("common-take-back", args=args) in office.get(page).content.decode()
    office.post(reverse("common-take-back", args=args))
    assert CommonSet.objects.get().released_at is None
    office.post(reverse("common-drop", args=args))
    assert not CommonSet.objects.exists()
    assert office.post(reverse("common-drop", args=args)).status_code == 404


def test_other_works_are_closed_on_every_page_of_the_judge(judged):  # noqa: F811
    choose(judged, "A1", is_first=True)
    client, key = signed_in(judged, "J2"), judged.judge("J2").key
    closed = reverse("work", args=[key, judged.work("J2", "A2").key])
    for name in ("judge", "compare", "review"):
        assert closed not in client.get(reverse(name, args=[key])).content.decode()
    assert client.get(closed).status_code == 403
    sent = {"base": 0, "save": "a-save-of-a-test", "values": {}}
    for name in ("api-work-save", "api-work-submit"):
        address = reverse(name, args=[key, judged.work("J2", "A2").key])
        response = client.post(address, sent, content_type="application/json")
        assert (response.status_code, response.json()["code"]) == (409, "common-first")
    judged.submit(80, code="J2", entry="A1")
    assert closed in client.get(reverse("judge", args=[key])).content.decode()
    assert client.get(closed).status_code == 200


def test_the_judge_finds_the_comparison_when_it_is_shown(all_in):  # noqa: F811
    client, judge, common = signed_in(all_in, "J4"), all_in.judge("J4"), CommonSet.objects.get()
    page, pile = reverse("common-compared", args=[judge.key, common.key]), reverse("judge", args=[judge.key])
    assert page not in client.get(pile).content.decode()
    assert client.get(page).status_code == 404
    release(all_in)
    assert page in client.get(pile).content.decode()
    text = client.get(page).content.decode().split("<main", 1)[-1]
    assert ">70<" in text
    assert ">85<" in text
    assert not [one for one in ("J1", "J2", "J3", "J5", ">80<", ">90<", ">84<", ">86<") if one in text]
    commons.take_back_comparison(common=common, by=all_in.office, at=AT)
    assert client.get(page).status_code == 404


def test_a_set_of_another_contest_is_not_found(all_in):  # noqa: F811
    release(all_in)
    common = CommonSet.objects.get()
    contest = save_contest(
        details=details(name="另一大赛", series="另一大赛"), mint=random_mint(), has_verification=False, **WHO
    )
    elsewhere = Judge.objects.create(contest=contest, code="J1", person=all_in.judge("J1").person)
    with pytest.raises(Http404):
        find_common(RequestFactory().get("/"), elsewhere.key, common.key)
    assert find_common(RequestFactory().get("/"), all_in.judge("J1").key, common.key).common == common

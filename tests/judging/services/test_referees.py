"""Referees measure and do nothing else: what they enter another person confirms, and links end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from competition.errors import Refused
from competition.models import Event, SignInLink, Track, User
from competition.services.accounts import only_judges, set_password, use_link
from judging.models import Referee
from judging.services.measuring import save_measuring_rules
from judging.services.referees import add_referee, link_referee, remove_referee, revoke_referee_links
from tests.factories.contests import AT
from tests.factories.measuring import Measured, reading, robot_contest

pytestmark = pytest.mark.django_db
SAID = reading(50, "1:23.45")


@pytest.fixture
def robots() -> Measured:
    made = robot_contest()
    for name in ("裁判一", "裁判二"):
        made.users[name] = add(made, name).user
    return made


def add(made: Measured, name: str, *tracks: Track) -> Referee:
    return add_referee(contest=made.contest, name=name, tracks=tracks, by=made.users["甲"], at=AT)


def client(robots: Measured, who: str = "裁判一") -> Client:
    found = Client()
    found.force_login(robots.users[who])
    return found


def page(robots: Measured) -> str:
    return reverse("measured", args=[robots.contest.key, 1, 1])


def code_of(do, *args, **more) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    return fault.value.denial.code


def test_one_referee_enters_and_another_confirms(robots):
    robots.enter("R01", 1, SAID, by="裁判一")
    assert robots.confirm("R01", 1, SAID, by="裁判二").state == "confirmed"


@pytest.mark.parametrize("alone", [False, True])
def test_a_referee_never_confirms_the_own_even_where_the_office_may(robots, alone):
    save_measuring_rules(contest=robots.contest, is_alone=alone, by=robots.users["甲"], at=AT)
    robots.enter("R01", 1, SAID, by="裁判一")
    assert code_of(robots.confirm, "R01", 1, SAID, by="裁判一") == "second-person"
    assert 'value="confirm"' not in client(robots).get(page(robots)).content.decode()
    assert 'value="confirm"' in client(robots, "裁判二").get(page(robots)).content.decode()


def test_a_referee_sees_numbers_and_titles_and_no_name_of_a_pupil_or_school(robots):
    shown = client(robots).get(page(robots)).content.decode()
    assert "R01" in shown
    assert "队伍R01" in shown
    assert "晴川一中" not in shown
    assert "队员" not in shown
    assert reverse("entry", args=[robots.contest.key, robots.entry("R01").key]) not in shown
    assert "晴川一中" in client(robots, "甲").get(page(robots)).content.decode()


def test_of_certain_tracks_only(robots):
    other = Track.objects.create(contest=robots.contest, code="x", label_zh="别的", order=9)
    referee = add(robots, "裁判三", other)
    robots.users["裁判三"] = referee.user
    assert client(robots, "裁判三").get(page(robots)).status_code == 404
    assert code_of(robots.enter, "R01", 1, SAID, by="裁判三") == "hidden"
    assert client(robots, "裁判三").get(reverse("referee", args=[robots.contest.key])).context["measured"] == []
    referee.tracks.set([robots.track])
    assert client(robots, "裁判三").get(page(robots)).status_code == 200


def test_another_contest_is_closed(robots):
    other = robot_contest(1, name="别的机器人赛")
    assert client(robots).get(page(other)).status_code == 404
    assert client(robots).get(reverse("referee", args=[other.contest.key])).status_code == 404


def test_when_judging_has_ended_it_is_closed(robots):
    robots.contest.state = "decision"
    robots.contest.save(update_fields=["state"])
    assert client(robots).get(page(robots)).status_code == 404
    assert code_of(robots.enter, "R01", 1, SAID, by="裁判一") == "hidden"


def test_a_referee_signs_in_by_a_link_once_sets_a_pin_and_comes_to_the_page(robots):
    referee = Referee.objects.get(user=robots.users["裁判一"])
    token = link_referee(referee=referee, by=robots.users["甲"], at=AT)
    user = use_link(token=token, at=AT + timedelta(hours=1))
    assert user == referee.user
    assert only_judges(user)
    set_password(user=user, password="274915", by=user, at=AT, may_be_pin=True)
    robots.users["裁判一"] = user
    found = client(robots).get(reverse("home"), {"from": "sign-in"})

    assert found["Location"] == reverse("referee", args=[robots.contest.key])
    assert client(robots).get(found["Location"]).status_code == 200


def test_a_link_is_revoked_and_a_new_one_ends_the_old(robots):
    referee = Referee.objects.get(user=robots.users["裁判一"])
    common = {"referee": referee, "by": robots.users["甲"], "at": AT}
    first, second = link_referee(**common), link_referee(**common)
    assert code_of(use_link, token=first, at=AT) == "no-such-link"
    revoke_referee_links(**common)
    assert code_of(use_link, token=second, at=AT) == "no-such-link"
    assert code_of(revoke_referee_links, **common) == "no-open-link"


def test_who_is_removed_is_out_at_once_and_what_they_did_stays(robots):
    robots.enter("R01", 1, SAID, by="裁判一")
    signed_in, referee = client(robots), Referee.objects.get(user=robots.users["裁判一"])
    link_referee(referee=referee, by=robots.users["甲"], at=AT)
    remove_referee(referee=referee, by=robots.users["甲"], at=AT)
    assert signed_in.get(page(robots)).status_code == 404
    assert not SignInLink.objects.filter(user=robots.users["裁判一"], revoked_at=None).exists()
    assert robots.current("R01").entered_by == robots.users["裁判一"]
    assert Event.objects.filter(action="referee.removed").count() == 1


@pytest.mark.parametrize("who", ["裁判一", "外人"])
def test_only_the_office_makes_referees(robots, who):
    robots.users["外人"] = User.objects.create_user("outsider", name="外人")
    referee = Referee.objects.first()
    common = {"by": robots.users[who], "at": AT}
    assert code_of(add_referee, contest=robots.contest, name="x", tracks=(), **common) == "hidden"
    for do in (link_referee, revoke_referee_links, remove_referee):
        assert code_of(do, referee=referee, **common) == "hidden"


def test_the_office_adds_links_and_removes_on_the_page(robots):
    office, address = client(robots, "甲"), reverse("referees", args=[robots.contest.key])
    assert office.post(address, {"name": "裁判四", "tracks": [robots.track.pk]}).status_code == 302
    made = Referee.objects.get(user__name="裁判四")
    assert list(made.tracks.all()) == [robots.track]
    assert office.get(address).status_code == 200
    slip = office.post(reverse("referee-link", args=[robots.contest.key, made.key]))
    assert "裁判四" in slip.content.decode()
    assert office.post(reverse("referee-remove", args=[robots.contest.key, made.key])).status_code == 302
    assert not Referee.objects.filter(pk=made.pk).exists()

"""Pages of an award's rules: made, read back with counts, changed without JavaScript; what is said of each nominee."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import AwardTerms, Nomination
from competition.models import Contest, Event, Role, User
from competition.states import ContestState, RoleKind
from tests.factories.contests import loaded
from tests.factories.sheets import small, votes, with_mayor

pytestmark = pytest.mark.django_db
POINTS = {"M1": (90,) * 3, "M2": (85,) * 3, "M3": (80,) * 3, "M4": (75,) * 3}


def award_with(*ballots: list[dict[str, Any]]) -> Contest:
    below = loaded(with_mayor(small(), POINTS, [line for one in ballots for line in one])).contest
    Contest.objects.filter(pk=below.pk).update(state=ContestState.LOCKED)
    return below.companions.get(kind="award")


@pytest.fixture
def office() -> Client:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    client = Client()
    client.force_login(user)
    return client


def get(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def typed(**more: Any) -> dict[str, Any]:
    return {"base": 0, "track": "", "kind": "prize", "level": "", "names": "", "prize": "", "role": "", "years": "",
            "since": "", "until": "", "tracks_included": "", "tracks_excluded": ""} | more  # fmt: skip


def test_a_way_is_looked_at_with_who_meets_it_before_it_is_saved(office):
    award = award_with()
    address = reverse("award-way-new", args=[award.key])
    events = Event.objects.count()
    said = typed(level="nation", prize="1", names="全国赛\n别的赛", do="look")
    page = unescape(office.post(address, said).content.decode())
    assert "在国家级的“全国赛”或“别的赛”中获一等奖及以上。" in page and "4 名候选人中 0 名符合" in page
    assert Event.objects.count() == events
    assert office.post(address, said | {"do": "save"}).status_code == 302
    assert award.alternatives.count() == 2
    page = get(office, "award-rules", award.key)
    assert "4 名候选人中 4 名符合" in page and "4 名候选人中 0 名符合" in page


def test_ways_move_and_go(office):
    award = award_with()
    office.post(reverse("award-way-new", args=[award.key]), typed(level="world", do="save"))
    act = reverse("award-rules-act", args=[award.key])
    office.post(act, {"base": 1, "do": "up:2"})
    assert list(award.alternatives.values_list("level", flat=True)) == ["world", "nation"]
    office.post(act, {"base": 2, "do": "drop:1"})
    assert list(award.alternatives.values_list("level", flat=True)) == ["nation"]
    assert office.post(act, {"base": 3, "do": "up:9"}).status_code == 404


def test_a_fault_stands_at_its_field_and_after_votes_a_reason_is_asked_for(office):
    award = award_with(votes("M1", yes="abc"))
    address = reverse("award-way", args=[award.key, 1])
    assert "id_minutes" in office.get(address).content.decode()
    response = office.post(address, typed(level="world", do="save"))
    assert response.status_code == 422 and award.alternatives.get().level == "nation"
    bad = office.post(address, typed(kind="title", do="look"))
    assert bad.status_code == 422 and "哪个称号？" in bad.content.decode()
    office.post(address, typed(level="world", do="save", reason="r", minutes="m"))
    assert award.alternatives.get().level == "world"


def test_the_list_says_of_each_what_is_met_or_missing_and_filters(office):
    award = award_with()
    page = get(office, "nominees", award.key)
    assert page.count("符合条件 1：") + page.count("全国赛，二等奖") >= 4
    office.post(reverse("award-way", args=[award.key, 1]), typed(level="nation", prize="1", do="save"))
    page = get(office, "nominees", award.key, verdict="not")
    assert page.count("条件 1，最接近的成果（全国赛，二等奖）：奖项") == 4
    assert "候选1" not in get(office, "nominees", award.key, verdict="eligible")
    assert "候选3" not in get(office, "nominees", award.key, q="候选1")


def test_the_page_of_a_nominee_says_why_and_takes_the_offices_word(office):
    award = award_with()
    one = Nomination.objects.filter(entry__contest=award).first()
    assert "全国赛" in get(office, "entry", award.key, one.entry.key)
    say = reverse("nominee-say", args=[award.key, one.entry.key])
    office.post(say, {"word": "out", "why": ""})
    one.refresh_from_db()
    assert one.said_at is None
    office.post(say, {"word": "out", "why": "材料不实"})
    page = get(office, "entry", award.key, one.entry.key)
    assert "材料不实" in page and "不符合" in page
    assert one.entry.number not in get(office, "nominees", award.key, verdict="eligible")
    assert "办公室决定不接纳" in get(office, "room", award.key)


def test_an_edition_is_made_set_up_and_has_its_terms(office):
    said = {"series": "晴川市长奖", "title": "市长奖", "title_en": "Mayor's Award", "level": "city", "ordinal": "3",
            "year": "2026", "belongs_to": "", "kinds": ["student", "school"], "rules": "changzhou"}  # fmt: skip
    assert "常州办法" in get(office, "award-new")
    response = office.post(reverse("award-new"), said)
    made = Contest.objects.get(label_zh="第三届晴川市长奖")
    assert response.url == reverse("award-setup", args=[made.key])
    assert office.post(reverse("award-new"), said).status_code == 422
    assert office.get(reverse("setup", args=[made.key])).url == response.url
    assert "10 个名额" in get(office, "award-setup", made.key)
    names = {"label_zh": "第三届晴川市长奖", "title": "区长奖", "closes_at": "2026-11-10T18:00", "opens_at": ""}
    office.post(response.url, names)
    made.refresh_from_db()
    assert made.settings["title"] == "区长奖" and made.closes_at
    terms = {"student-is_honoured": "on", "student-places": "5", "student-money": "每人3000元", "base": "1",
             "majority": "1/2", "majority_of": "members", "quorum": "2/3", "places_in_all": "6"}  # fmt: skip
    assert office.post(reverse("award-terms", args=[made.key]), terms | {"majority": "3/2"}).status_code == 422
    assert office.post(reverse("award-terms", args=[made.key]), terms).status_code == 302
    one = AwardTerms.objects.get(track__contest=made)
    assert (one.places, one.money, one.majority_num, one.majority_den, one.majority_of) == (
        5,
        "每人3000元",
        1,
        2,
        "members",
    )
    assert "每人3000元" in get(office, "award-setup", made.key)
    assert office.post(reverse("contest-copy", args=[made.key])).status_code == 302
    assert Contest.objects.filter(label_zh="第四届晴川市长奖", kind="award").exists()


def test_all_pages_read_in_english_too(office):
    award = award_with()
    address = reverse("award-rules", args=[award.key])
    page = unescape(office.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode())
    assert "4 of 4 nominees are eligible now." in page
    assert "Third Prize or better at any contest of national level." in page

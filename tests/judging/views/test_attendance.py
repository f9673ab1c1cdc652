"""The pages of a round that is held in one place: the desk, the card's code, a unit's answer, the public schedule."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competition.models import AccessRecord, District, Role, User
from competition.states import RoleKind
from competition.views.places import qr_svg
from judging.models import Reply, Room, Round, RoundEntry
from judging.services.schedule import RoomDetails, draw_places, publish_schedule, save_room
from judging.views.attendance import check_in_url
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def office(judged) -> Client:
    return signed_in(judged.office)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(judged: Judged, name: str, *more: str) -> str:
    return reverse(name, args=[judged.contest.key, 1, *more])


def entry_key(judged: Judged, number: str = "A1") -> str:
    return str(judged.made.entries[number].key)


def states() -> dict[str, str]:
    return dict(RoundEntry.objects.values_list("entry__number", "state"))


def text(response) -> str:
    return response.content.decode()


def test_the_desk_writes_who_is_here_and_comes_back_to_its_search(judged, office):
    to = address(judged, "attendance-set", entry_key(judged))
    found = office.post(f"{to}?q=A1", {"to": "present"})
    assert found.url == f"{address(judged, 'attendance')}?q=A1#place-{entry_key(judged)}"
    assert states()["A1"] == "present"
    office.post(to, {"to": "expected"})
    assert states()["A1"] == "expected"
    office.post(to, {"to": "absent"})
    assert states()["A1"] == "absent"


@pytest.mark.parametrize("word", ["", "late", "ABSENT"])
def test_another_word_changes_nothing(judged, office, word):
    office.post(address(judged, "attendance-set", entry_key(judged)), {"to": word})
    assert set(states().values()) == {"expected"}


def test_the_list_shows_what_was_asked_for(judged, office):
    RoundEntry.objects.filter(entry__number="A2").update(state="absent")
    page = address(judged, "attendance")
    by_state, by_word = text(office.get(page, {"state": "absent"})), text(office.get(page, {"q": "作品A3"}))
    assert ("作品A2" in by_state, "作品A1" in by_state) == (True, False)
    assert ("作品A3" in by_word, "作品A1" in by_word) == (True, False)
    assert "作品A1" in text(office.get(page, {"state": "?"}))


def test_the_code_on_a_card_opens_its_entry_and_the_desk_comes_back_to_it(judged, office):
    page = address(judged, "check-in", entry_key(judged))
    place = RoundEntry.objects.select_related("round__contest", "entry").get(entry__number="A1")
    assert check_in_url(place) == f"{settings.PUBLIC_URL}{page}"
    assert qr_svg(check_in_url(place)) in text(office.get(address(judged, "attendance-cards")))
    assert "作品A1" in text(office.get(page))
    found = office.post(f"{address(judged, 'attendance-set', entry_key(judged))}?checked=1", {"to": "present"})
    assert found.url == page


def test_who_looks_is_recorded(judged, office):
    for name in ("attendance", "attendance-cards", "schedule"):
        office.get(address(judged, name))
    office.get(address(judged, "check-in", entry_key(judged)))
    assert AccessRecord.objects.filter(user=judged.office, what="attendance").count() == 4


@pytest.fixture
def unit(judged) -> tuple[Client, str]:
    Round.objects.update(reply_until=timezone.now() + timedelta(days=1))
    officer = User.objects.create_user("unit", name="东区")
    district = District.objects.get(label_zh="东区")
    Role.objects.create(user=officer, kind=RoleKind.DISTRICT, district=district)
    return signed_in(officer), reverse("reply", args=[district.key, judged.contest.key, 1])


def test_a_unit_answers_for_all_its_entries_on_one_page(judged, unit):
    client, page = unit
    assert "作品A1" in text(client.get(page))
    said = {f"comes-{entry_key(judged, n)}": "no" if n == "A3" else "yes" for n in ("A1", "A2", "A3")}
    client.post(page, said | {"leader": "领队甲", "phone": "139"})
    assert states() == {"A1": "coming", "A2": "coming", "A3": "cancelled"}
    assert Reply.objects.get().leader == "领队甲"
    assert "领队甲" in text(client.get(page))


def test_what_the_desk_wrote_is_not_asked(judged, unit):
    client, page = unit
    RoundEntry.objects.filter(entry__number="A1").update(state="absent")
    assert f'name="comes-{entry_key(judged)}"' not in text(client.get(page))
    client.post(page, {f"comes-{entry_key(judged)}": "yes", "leader": "领队甲", "phone": "139"})
    assert states()["A1"] == "absent"


def test_a_unit_finds_the_question_on_its_page_while_it_is_asked(judged, unit):
    client, page = unit
    home = reverse("unit", args=[District.objects.get(label_zh="东区").key])
    assert page in text(client.get(home))
    Round.objects.update(reply_until=None)
    assert page not in text(client.get(home))


def test_the_office_reads_leaders_and_copies_texts_for_the_silent(judged, unit, office):
    page = text(office.get(address(judged, "attendance")))
    assert unit[1] in page
    unit[0].post(unit[1], {f"comes-{entry_key(judged, n)}": "yes" for n in ("A1", "A2", "A3")} | {
        "leader": "领队甲", "phone": "139"})  # fmt: skip
    page = text(office.get(address(judged, "attendance")))
    assert "领队甲" in page
    assert "http" not in page.split("<main")[1].split("</main>")[0].replace("http://www.w3.org", "")


def a_room(judged: Judged) -> Room:
    one = Round.objects.select_related("contest").get(contest=judged.contest)
    details = RoomDetails("101", starts_at=AT, minutes=10, tracks=list(judged.made.tracks.values()))
    return save_room(one=one, room=None, details=details, by=judged.office, at=AT)


def test_a_room_is_made_and_changed_and_a_wrong_one_says_why(judged, office):
    track = judged.made.tracks["创新"].pk
    room = {"label_zh": "101", "starts_at": "2026-05-01T09:00", "minutes": "12", "tracks": [track]}
    assert office.post(address(judged, "room-new"), room).status_code == 302
    made = Room.objects.get()
    assert (made.minutes, list(made.tracks.all())) == (12, [judged.made.tracks["创新"]])
    half = room | {"pause_from": "2026-05-01T12:00"}
    assert office.post(address(judged, "room-of", made.key), half).status_code == 422
    whole = half | {"pause_until": "2026-05-01T13:00"}
    assert office.post(address(judged, "room-of", made.key), whole).status_code == 302
    made.refresh_from_db()
    assert made.pause_until is not None


def test_turns_typed_beside_the_entries_become_the_order(judged, office):
    room = a_room(judged)
    office.post(address(judged, "schedule-draw"))
    typed = {f"turn-{entry_key(judged, n)}": str(at) for at, n in enumerate(("A3", "A1", "A2"), 1)}
    office.post(address(judged, "room-order", room.key), typed)
    assert list(room.places.order_by("place").values_list("entry__number", flat=True)) == ["A3", "A1", "A2"]
    office.post(address(judged, "room-order", room.key), {f"turn-{entry_key(judged, 'A2')}": "9" * 40})
    assert room.places.count() == 3


def test_everybody_reads_a_published_schedule_without_a_name(judged):
    a_room(judged)
    one = Round.objects.select_related("contest").get(contest=judged.contest)
    draw_places(one=one, by=judged.office, at=AT)
    page = reverse("schedule-list", args=[judged.contest.key, 1])
    assert Client().get(page).status_code == 404
    publish_schedule(one=one, by=judged.office, at=AT)
    shown = text(Client().get(page))
    assert "作品A1" in shown
    assert "学生A1" not in shown
    assert "晴川一中" not in shown  # judges read it too
    assert page in text(Client().get(reverse("contest", args=[judged.contest.key])))


@pytest.mark.parametrize("year", ["0001", "1969", "2200", "9999"])
def test_a_room_of_another_age_is_refused(judged, office, year):
    track = judged.made.tracks["创新"].pk
    room = {"label_zh": "101", "starts_at": f"{year}-12-31T23:00", "minutes": "600", "tracks": [track]}
    assert office.post(address(judged, "room-new"), room).status_code == 422
    assert not Room.objects.exists()


@pytest.mark.parametrize("words", ["\0", "a\0b", "很" * 60_000, "%" * 60_000])
def test_no_search_is_too_much(judged, office, words):
    assert office.get(address(judged, "attendance"), {"q": words}).status_code == 200


def test_the_question_of_absence_asks_nothing_else_and_says_what_is_in(judged, office):
    judged.submit(80, code="J1", entry="A1")
    dialog = text(office.get(address(judged, "attendance"))).split(f'id="absent-{entry_key(judged)}"')[1]
    dialog = dialog.split("</dialog>")[0]
    assert "until" not in dialog
    assert "1" in dialog.split("<p>")[1].split("</p>")[0]

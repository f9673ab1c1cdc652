"""The page on which results are entered and confirmed, as two people meet it; without JavaScript."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from awards.services.running import decide
from competition.models import AccessRecord, Contest, Event
from judging.models import Attempt, Rubric
from judging.services.rounds import RoundDetails, change_rounds
from judging.states import RubricKind
from tests.factories.contests import AT
from tests.factories.measuring import VOID, Measured, reading, robot_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def robots() -> Measured:
    return robot_contest()


def client(robots: Measured, who: str = "甲") -> Client:
    found = Client()
    found.force_login(robots.users[who])
    return found


def address(robots: Measured) -> str:
    return reverse("measured", args=[robots.contest.key, 1, 1])


def fields(page: Any, number: int, do: str, place: int = 0) -> dict[str, str]:
    """The hidden fields of the form that is sent for one attempt of the entry at this place of the page."""
    cards = re.findall(r'<section class="card.*?</section>', page.content.decode(), re.S)
    for form in re.findall(r"<form.*?</form>", cards[place], re.S):
        if f'name="number" value="{number}"' in form and f'value="{do}"' in form:
            return dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', form)) | {"do": do}
    raise AssertionError(f"no form to {do} attempt {number}")


def send(robots: Measured, who: str, number: int, do: str, *, place: int = 0, query: str = "", **typed: str) -> Any:
    one = client(robots, who)
    return one.post(address(robots) + query, fields(one.get(address(robots)), number, do, place) | typed)


def text(page: Any) -> str:
    return page.content.decode()


def test_one_enters_and_another_confirms_from_the_paper(robots):
    done = send(robots, "甲", 1, "enter", points="50", time="1:23.45")
    assert done.status_code == 302
    own = text(client(robots).get(address(robots)))
    assert "50 · 1:23.45" in own
    other = client(robots, "乙").get(address(robots))
    assert "50 · 1:23.45" not in text(other), "who confirms does not see what was entered"
    with pytest.raises(AssertionError):
        fields(client(robots).get(address(robots)), 1, "confirm")
    assert send(robots, "乙", 1, "confirm", points="50", time="83.45").status_code == 302
    assert robots.current("R01").state == "confirmed"
    assert "50 · 1:23.45" in text(client(robots, "丙").get(address(robots)))


def test_full_width_digits_and_no_result(robots):
    send(robots, "甲", 1, "enter", points="５０", time="１：２３．４５")
    assert robots.current("R01").milliseconds == 83_450
    send(robots, "甲", 2, "enter", points="", time="", void="1")
    assert robots.current("R01", 2).outcome == "void"


@pytest.mark.parametrize(
    "typed", [{"points": "abc", "time": "1:00"}, {"points": "5", "time": "1:75"}, {"points": "", "time": "1:00"},
              {"points": "5", "time": "1:00", "void": "1"}, {"points": "1.5", "time": "1:00"}, {"points": "-1", "time": "1:00"},
              {"points": "9" * 10, "time": "1:00"}],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_as_it_was_typed(robots, typed):
    page = send(robots, "甲", 1, "enter", **typed)
    assert page.status_code == 409
    assert Attempt.objects.count() == 0
    for said in typed.values():
        assert f'value="{said}"' in text(page)
    assert 'class="field-error"' in text(page)


def test_a_difference_is_told_and_both_readings_stand_there(robots):
    send(robots, "甲", 1, "enter", points="50", time="1:00")
    page = send(robots, "乙", 1, "confirm", points="60", time="1:00")
    assert page.status_code == 409
    assert robots.current("R01").state == "differing"
    for who in "甲乙丙":
        shown = text(client(robots, who).get(address(robots)))
        assert "50 · 1:00.00" in shown
        assert "60 · 1:00.00" in shown
    assert send(robots, "乙", 1, "enter", points="60", time="1:00").status_code == 302
    assert send(robots, "甲", 1, "confirm", points="60", time="1:00").status_code == 302
    assert robots.current("R01").version == 2


def test_the_next_result_is_typed_where_the_last_one_ended(robots):
    done = send(robots, "甲", 1, "enter", points="5", time="1:00", query="?state=missing&q=R0")
    assert "state=missing" in done.url
    assert "q=R0" in done.url
    page = text(client(robots).get(done.url))
    assert page.count("autofocus") == 1
    card = re.findall(r'<section class="card.*?</section>', page, re.S)[0]
    second = card[card.index('name="number" value="2"') :]
    assert "autofocus" in second[: second.index("</form>")]


def test_filters_and_search(robots):
    robots.measure("R01", VOID, VOID, VOID)
    robots.enter("R02", 1, reading(5, "1:00"))

    def shown(**query: str) -> list[str]:
        page = client(robots, "乙").get(address(robots), query)
        return [entry.number for entry, _attempts in page.context["rows"]]

    assert shown() == ["R01", "R02", "R03"]
    assert shown(state="missing") == ["R02", "R03"]
    assert shown(state="to-settle") == ["R02"]
    assert shown(state="confirmed") == ["R01"]
    assert shown(q="r03") == ["R03"]
    assert shown(q="\0") == ["R01", "R02", "R03"]
    assert shown(state="nonsense") == ["R01", "R02", "R03"]
    robots.enter("R03", 1, reading(5, "1:00"))
    with pytest.raises(Exception, match="R03"):
        robots.confirm("R03", 1, VOID)
    assert shown(state="to-settle") == ["R03", "R02"], "what two people read differently first"


def test_after_the_judging_results_are_only_read(robots):
    robots.measure("R01", reading(5, "1:00"), VOID, VOID)
    Contest.objects.filter(pk=robots.contest.pk).update(state="decision")
    page = text(client(robots).get(address(robots)))
    assert "attempt-form" not in page
    assert "5 · 1:00.00" in page


@pytest.mark.parametrize(
    "wrong", [{"entry": "x" * 26}, {"number": "4"}, {"number": "x"}, {"entry": "\0"}, {"base": "7"}]
)
def test_a_form_of_another_page_does_nothing(robots, wrong):
    one = client(robots)
    said = fields(one.get(address(robots)), 1, "enter") | {"points": "5", "time": "1:00"} | wrong
    assert one.post(address(robots), said).status_code in (404, 409)
    assert Attempt.objects.count() == 0


def test_an_attempt_of_another_entry_is_not_confirmed_under_this_one(robots):
    robots.enter("R01", 1, reading(5, "1:00"))
    robots.enter("R02", 1, reading(5, "1:00"))
    one = client(robots, "乙")
    said = fields(one.get(address(robots)), 1, "confirm") | {"attempt": robots.current("R02").key}
    assert one.post(address(robots), said | {"points": "5", "time": "1:00"}).status_code == 404


def test_a_track_that_judges_mark_has_no_such_page(robots):
    Rubric.objects.update(kind=RubricKind.MARKS, measure="", attempts=0, combine="")
    assert client(robots).get(address(robots)).status_code == 404


def test_every_page_says_where_one_person_does_both(robots):
    rules = reverse("measuring-rules", args=[robots.contest.key])
    pages = [address(robots), reverse("progress", args=[robots.contest.key])]
    warning = "no second person checks"
    for page in pages:
        assert warning not in text(client(robots).get(page, headers={"accept-language": "en"}))
    assert client(robots).post(rules, {"is_alone": "on"}).status_code == 302
    for page in pages:
        assert warning in text(client(robots).get(page, headers={"accept-language": "en"}))
    send(robots, "甲", 1, "enter", points="5", time="1:00")
    send(robots, "甲", 1, "confirm", points="5", time="1:00")
    assert "the same person" in text(client(robots).get(address(robots), headers={"accept-language": "en"}))
    client(robots).post(rules, {})
    assert warning not in text(client(robots).get(address(robots), headers={"accept-language": "en"}))


def test_looking_is_recorded(robots):
    client(robots).get(address(robots))
    assert AccessRecord.objects.filter(what="attempts").exists()


# ---- where it is shown


def test_progress_and_board_ask_for_no_judges(robots):
    robots.enter("R01", 1, reading(5, "1:00"))
    progress = client(robots).get(reverse("progress", args=[robots.contest.key]), headers={"accept-language": "en"})
    assert "No judges yet" not in text(progress)
    assert address(robots) in text(progress)
    board = client(robots).get(reverse("board", args=[robots.contest.key]), headers={"accept-language": "en"})
    assert board.context["next"].url == reverse("progress", args=[robots.contest.key])
    assert "8 attempts are still to be entered, 1 to be confirmed." in text(board)
    for number in ("R01", "R02", "R03"):
        Attempt.objects.filter(entry__number=number).delete()
        robots.measure(number, VOID, VOID, VOID)
    board = client(robots).get(reverse("board", args=[robots.contest.key]))
    assert board.context["next"].url == reverse("decide", args=[robots.contest.key])


def test_standings_entry_page_api_and_tally_show_points_and_time(robots):
    robots.measure("R01", reading(50, "1:23.45"), VOID, reading(40, "1:00"))
    robots.enter("R02", 1, reading(33, "0:33"))
    decide(contest=robots.contest, by=None, at=AT)
    one, key = client(robots), robots.contest.key
    standings = text(one.get(reverse("standings", args=[key])))
    assert "50.00" in standings
    assert "1:23.45" in standings
    entry = text(one.get(reverse("entry", args=[key, robots.entries["R01"].key])))
    assert "40 · 1:00.00" in entry
    hidden = text(one.get(reverse("entry", args=[key, robots.entries["R02"].key])))
    assert "33 · 0:33.00" not in hidden, "who may have to confirm it does not see it here either"
    row = one.get(reverse("api-standings", args=[key])).json()["results"][0]
    assert (row["score"], row["time"], row["attempts"][0]["result"]) == ("50.00", "1:23.45", "50 · 1:23.45")
    tally = one.get(reverse("tally", args=[key, 1, 1]))
    assert tally.content.startswith(b"%PDF")


# ---- set up


def rubric_page(robots: Measured) -> str:
    Contest.objects.filter(pk=robots.contest.pk).update(state="setup")
    return reverse("rubric", args=[robots.contest.key, 1, 1])


LINES = {
    "criteria-TOTAL_FORMS": "1",
    "criteria-INITIAL_FORMS": "0",
    "criteria-0-label_zh": "",
    "criteria-0-maximum": "",
}
SAID = {"kind": "measured", "places": "1", "measure": "time", "attempts": "2", "combine": "sum", **LINES}


def test_a_measured_rubric_is_set_up_on_the_page_of_the_rubric(robots):
    page = rubric_page(robots)
    assert 'value="points_time" selected' in text(client(robots).get(page))
    assert client(robots).post(page, SAID).status_code == 302
    one = robots.rubric
    assert (one.kind, one.measure, one.attempts, one.combine, one.places) == ("measured", "time", 2, "sum", 1)
    marks = {"kind": "marks", "places": "0", "method": "mean", "reviews": "3", **LINES}
    marks |= {"criteria-0-label_zh": "总评", "criteria-0-maximum": "100"}
    assert client(robots).post(page, marks).status_code == 302
    one = robots.rubric
    assert (one.kind, one.measure, one.attempts, one.criteria.count()) == ("marks", "", 0, 1)
    assert client(robots).post(page, SAID).status_code == 302
    assert robots.rubric.criteria.count() == 0
    assert client(robots).post(page, {"kind": "marks", "places": "0", "method": "mean", "reviews": "3", **LINES})
    assert not Rubric.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"attempts": "0"}, {"attempts": "11"}, {"measure": "luck"}, {"combine": ""}, {"kind": ""}]
)
def test_a_measured_rubric_that_does_not_say_all_is_not_saved(robots, wrong):
    assert client(robots).post(rubric_page(robots), SAID | wrong).status_code == 422
    assert robots.rubric.measure == "points_time"


def test_the_page_of_rubrics_says_what_is_measured(robots):
    rubric_page(robots)
    shown = text(client(robots).get(reverse("rubrics", args=[robots.contest.key]), headers={"accept-language": "en"}))
    assert "of equal points the shorter time" in shown


def test_a_refused_set_up_says_why(robots):
    rubric_page(robots)
    robots.contest.refresh_from_db()
    wanted = [RoundDetails("比赛"), RoundDetails("决赛", is_for_finalists=True)]
    change_rounds(contest=robots.contest, rounds=wanted, by=robots.users["甲"], at=AT)
    before = Event.objects.count()
    page = client(robots).post(reverse("rubric", args=[robots.contest.key, 1, 2]), SAID, follow=True)
    assert Event.objects.count() == before
    assert "机器人" in text(page)
    assert Rubric.objects.count() == 1

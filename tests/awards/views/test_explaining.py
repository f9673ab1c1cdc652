"""Why this prize: the office reads all, a school what the office lets it read, and nobody reads who judged."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from awards.services.explaining import set_result_detail
from awards.services.running import run_all
from awards.states import ResultDetail
from competition.errors import Refused
from competition.models import Entry, Event, Role, School, User
from competition.states import RoleKind
from judging.models import Sheet
from tests.factories.contests import AT, Made, small_contest
from tests.factories.replay import replayed

pytestmark = pytest.mark.django_db
SCHOOLS_READ = {
    ResultDetail.PRIZE: (),
    ResultDetail.SCORE: ("3 sheets; their mean is 90.00.", "With 94.01, all others as they are"),
    ResultDetail.SHEETS: (">89<", ">90<", ">91<"),
    ResultDetail.MARKS: ("总评 91/100", "再做一次对照"),
}


@pytest.fixture
@replayed
def made() -> Made:
    found = small_contest()
    Sheet.objects.filter(assignment__entry=found.entries["A2"]).filter(assignment__judge__code="J2").update(
        feedback="再做一次对照", comment="只给委员会"
    )
    run_all(contest=found.contest, delegations=(), award=None, by=None, at=AT)
    return found


def person(name: str, **role) -> User:
    user = User.objects.create_user(name, name=name)
    Role.objects.create(user=user, **role)
    return user


@pytest.fixture
def office(made) -> User:
    return person("office", kind=RoleKind.ORGANISER, contest=made.contest)


@pytest.fixture
def school(made) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person("school", kind=RoleKind.SCHOOL, school=School.objects.get()))
    return client


def tell(made: Made, detail: ResultDetail, office: User) -> None:
    set_result_detail(contest=made.contest, detail=detail, by=office, at=AT)


def page(made: Made, number: str = "A2") -> str:
    return reverse("explanation", args=[made.entries[number].key])


def text(answer) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("detail", [ResultDetail.SCORE, ResultDetail.SHEETS, ResultDetail.MARKS])
def test_a_school_reads_as_much_as_the_office_tells(made, office, school, detail):
    tell(made, detail, office)
    said = text(school.get(page(made)))
    told = list(SCHOOLS_READ)[: list(SCHOOLS_READ).index(detail) + 1]
    for one, parts in SCHOOLS_READ.items():
        for part in parts:
            assert (part in said) == (one in told), part


def test_nobody_reads_who_judged_nor_what_was_for_the_committee(made, office, school):
    tell(made, ResultDetail.MARKS, office)
    said = text(school.get(page(made)))
    words = strip_tags(said)  # a token of a form may spell a code
    assert not [name for name in ("J1", "J2", "J3", "评委", "只给委员会") if name in words]
    assert said.index(">91<") < said.index(">90<") < said.index(">89<")


def test_a_school_knows_nothing_of_it_before_it_is_told_and_before_publication(made, office, school):
    assert school.get(page(made)).status_code == 404
    tell(made, ResultDetail.SCORE, office)
    assert school.get(page(made)).status_code == 200
    type(made.contest).objects.filter(pk=made.contest.pk).update(state="locked")
    assert school.get(page(made)).status_code == 404


def test_another_school_knows_nothing_of_it(made, office):
    tell(made, ResultDetail.MARKS, office)
    other = School.objects.create(name="别校", district=School.objects.get().district, key="o" * 26)
    client = Client()
    client.force_login(person("other", kind=RoleKind.SCHOOL, school=other))
    assert client.get(page(made)).status_code == 404
    assert client.get(reverse("explanation-pdf", args=[made.entries["A2"].key])).status_code == 404


def test_the_school_finds_it_beside_its_prizes(made, office, school):
    home = reverse("school", args=[School.objects.get().key])
    assert page(made) not in text(school.get(home))
    tell(made, ResultDetail.SCORE, office)
    assert page(made) in text(school.get(home))


def test_the_office_reads_all_and_sets_it_on_the_award_list(made, office):
    client = Client(headers={"accept-language": "en"})
    client.force_login(office)
    assert "再做一次对照" in text(client.get(page(made)))
    answer = client.post(reverse("result-detail", args=[made.contest.key]), {"detail": "sheets"}, follow=True)
    assert '<option value="sheets" selected>' in text(answer)
    assert Event.objects.filter(action="results.detail").count() == 1
    tell(made, ResultDetail.SHEETS, office)
    assert Event.objects.filter(action="results.detail").count() == 1, "nothing changed, so nothing happened"
    answer = client.post(reverse("result-detail", args=[made.contest.key]), {"detail": "names"}, follow=True)
    assert "Choose from the list how much schools read." in text(answer)


def test_the_office_alone_sets_it(made, office, school):
    with pytest.raises(Refused):
        tell(made, ResultDetail.MARKS, User.objects.get(username="school"))


def test_the_best_is_told_of_nothing_better_and_who_got_nothing_what_was_enough(made, office, school):
    tell(made, ResultDetail.SCORE, office)
    assert "all others as they are" not in text(school.get(page(made, "A1")))
    assert "With 90.01, all others as they are, it would have been Second Prize." in text(school.get(page(made, "A3")))


def test_the_paper_says_the_same(made, office, school):
    tell(made, ResultDetail.MARKS, office)
    answer = school.get(reverse("explanation-pdf", args=[made.entries["A2"].key]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="result-A2.pdf"'


def test_an_entry_that_was_not_judged_says_so(made, office, school):
    tell(made, ResultDetail.MARKS, office)
    Entry.objects.filter(pk=made.entries["A3"].pk).update(state="not_passed")
    assert "Not judged" in text(school.get(page(made, "A3")))

"""The public page on which people nominate themselves, and the office's: no account, no secret in an address, nothing
typed is lost, each look is recorded."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.core.self_nominating import CONSENT, PLEDGED, PROOF, RECOMMENDATION, WON_PLACES
from awards.models import Achievement, Nomination, SelfNomination, SelfPaper, SelfTerms
from awards.self_nominations import said_of, sealed_said
from awards.services import self_floods
from awards.services.nominating import take_back_nomination
from awards.services.self_checking import decline_self, return_self, take_up_self
from awards.states import SelfState
from awards.views import self_coming
from awards.views import self_nominating as pages
from competition.crowds import Door
from competition.models import AccessRecord, Contest, Event, Person, StoredFile
from competition.states import ContestState
from tests.factories.entering import NOW
from tests.factories.nominating import Award, handed_in, winner
from tests.factories.self_nominating import (
    CLOSED,
    ERASED_ON,
    NAME,
    PHONE,
    REASON,
    begun,
    picture,
    said,
    sent,
    taking,
    terms_of,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def award(clock) -> Award:
    return taking()


@pytest.fixture
def office(award) -> Client:
    client = Client()
    client.force_login(award.office)
    return client


def at(name: str, award: Award, *more: Any) -> str:
    return reverse(name, args=[award.contest.key, *more])


def open_it(client: Client, award: Award, one: SelfNomination, secret: str, **more: Any):
    return client.post(at("self-open", award), {"number": one.number, "secret": secret} | more)


def opened(award: Award, kind: str = "student") -> tuple[Client, SelfNomination, str]:
    client, (one, secret) = Client(), begun(award, kind)
    open_it(client, award, one, secret)
    return client, one, secret


def photo(shade: int = 200, name: str = "推荐信.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(shade), "image/jpeg")


def words(**more: Any) -> dict[str, Any]:
    found = said()
    usual = {"name": found.name, "school": found.school, "grade": "8", "contact": found.contact, "reason": found.reason,
             "revision": "0", "do": "save"}  # fmt: skip
    return usual | {f"pledge-{code}": "on" for code in PLEDGED} | more


def text_of(response: Any) -> str:
    return response.content.decode()


def test_the_page_of_the_award_leads_there_while_it_is_open(award, clock):
    Contest.objects.filter(pk=award.contest.pk).update(state=ContestState.SETUP)
    page = Client().get(at("contest", award))
    assert page.status_code == 200 and f'"{at("self-begin", award)}"' in text_of(page)
    assert at("contest", award) in text_of(Client().get("/"))
    clock.move_to(CLOSED, tick=False)
    page = text_of(Client().get(at("contest", award)))
    assert f'"{at("self-begin", award)}"' not in page and at("self-open", award) in page
    clock.move_to(ERASED_ON, tick=False)
    assert Client().get(at("contest", award)).status_code == 404


def test_where_it_is_off_there_is_no_such_page(award):
    SelfTerms.objects.all().delete()
    for name in ("self-begin", "self-open"):
        assert Client().get(at(name, award)).status_code == 404


def test_from_beginning_to_the_office(award, office):
    client = Client()
    page = client.post(at("self-begin", award), {"kind": award.track("student").order})
    one = SelfNomination.objects.get()
    assert one.number in text_of(page)
    form = at("self-form", award, one.key)
    assert client.get(form).status_code == 200
    saved = client.post(form, words(**{RECOMMENDATION: photo(), CONSENT: photo(210)}))
    assert saved.status_code == 302
    assert said_of(SelfNomination.objects.get(), at=NOW).name == NAME
    gone = client.post(form, words(do="send", revision="1"))
    assert gone.status_code == 302 and SelfNomination.objects.get().state == SelfState.SENT
    assert "办公室已收到" in text_of(client.get(form))
    listed = text_of(office.get(at("self-nominations", award)))
    assert NAME in listed and one.number in listed
    shown = text_of(office.get(at("self-nomination", award, one.key)))
    assert NAME in shown and PHONE in shown and REASON in shown
    done = office.post(at("self-take-up", award, one.key), {"who": "new", "school": award.school.pk})
    assert done.status_code == 302
    made = Nomination.objects.get(person__name=NAME)
    assert made.entry.number in text_of(client.get(form)) or "已成为本评选的候选人" in text_of(client.get(form))
    nominee = text_of(office.get(reverse("entry", args=[award.contest.key, made.entry.key])))
    assert at("self-nomination", award, one.key) in nominee
    assert PHONE not in nominee


def test_no_secret_stands_in_an_address_or_is_shown_twice(award):
    client = Client()
    page = client.post(at("self-begin", award), {"kind": award.track("student").order})
    secret = page.context["secret"]
    one = SelfNomination.objects.get()
    assert text_of(page).count(secret) == 1
    assert (
        client.get(at("self-open", award), {"number": one.number, "secret": secret}).context["form"].is_bound is False
    )
    for address in (at("self-form", award, one.key), at("self-begin", award), at("self-open", award)):
        assert secret not in text_of(client.get(address))
    assert secret not in repr(dict(client.session))


def test_who_has_not_typed_the_secret_sees_nothing(award):
    one = sent(award)
    stranger = Client()
    page = stranger.get(at("self-form", award, one.key))
    unknown = stranger.get(at("self-form", award, "a" * 26))
    assert NAME not in text_of(page) and one.number not in text_of(page)
    assert [page.status_code, unknown.status_code] == [200, 200]
    assert text_of(page).count("<form") == text_of(unknown).count("<form"), "nobody learns whether there is one"
    paper = one.papers.first().key
    assert stranger.get(at("self-own-paper", award, one.key, paper)).status_code == 404
    assert stranger.post(at("self-take-back", award, one.key)).status_code == 302
    assert stranger.post(at("self-close", award, one.key)).status_code == 302
    assert SelfNomination.objects.get() == one


def test_the_secret_of_another_opens_only_the_other(award):
    client, mine, _secret = opened(award)
    other, other_secret = begun(award)
    wrong = open_it(Client(), award, mine, other_secret)
    assert wrong.status_code == 422
    assert "self_nominations" not in wrong.client.session
    assert 'name="revision"' in text_of(client.get(at("self-form", award, mine.key)))
    assert 'name="revision"' not in text_of(client.get(at("self-form", award, other.key)))
    paper = typed(award).papers.first()
    assert client.get(at("self-own-paper", award, mine.key, paper.key)).status_code == 404


def test_saving_into_one_never_writes_into_another_that_is_open_too(award):
    client, mine, _secret = opened(award)
    other, other_secret = begun(award)
    open_it(client, award, other, other_secret)
    client.post(at("self-form", award, mine.key), words(name="甲"))
    client.post(at("self-form", award, other.key), words(name="乙"))
    assert [said_of(one, at=NOW).name for one in SelfNomination.objects.order_by("pk")] == ["甲", "乙"]


def test_guessing_is_slow(award):
    one, secret = begun(award)
    client = Client()
    for _ in range(10):
        open_it(client, award, one, "0" * 20)
    assert open_it(client, award, one, secret).status_code == 422
    assert "self_nominations" not in client.session


def test_who_mistypes_shuts_nobody_else_of_the_class_out(award):
    one, _secret = begun(award)
    other, secret = begun(award)
    for _ in range(10):
        open_it(Client(), award, one, "0" * 20)
    assert open_it(Client(), award, other, secret).status_code == 302


def test_a_number_written_otherwise_is_no_new_number_to_guess_at(award):
    one, secret = begun(award)
    for turn in range(10):
        Client().post(at("self-open", award), {"number": one.number.lower() + " " * turn, "secret": "0" * 20})
    assert open_it(Client(), award, one, secret).status_code == 422


def test_the_door_is_full_for_a_moment(award):
    door = Door("self-nominations begun", self_coming.BEGINNINGS.each, self_coming.BEGINNINGS.everyone)
    for _ in range(door.each):
        door.seconds_to_wait("127.0.0.1", at=NOW)
    page = Client().post(at("self-begin", award), {"kind": award.track("student").order})
    assert page.status_code == 429 and not SelfNomination.objects.exists()


def test_who_has_it_open_saves_while_others_fill_the_door(award):
    client, one, _secret = opened(award)
    for _ in range(self_coming.PAGES.each):
        self_coming.PAGES.seconds_to_wait("127.0.0.1", at=NOW)
    assert Client().get(at("self-form", award, one.key)).status_code == 429
    assert client.post(at("self-form", award, one.key), words()).status_code == 302
    assert said_of(SelfNomination.objects.get(), at=NOW).reason == REASON
    for _ in range(self_coming.OWN.each):
        self_coming.OWN.seconds_to_wait("127.0.0.1", at=NOW)
    assert client.get(at("self-form", award, one.key)).status_code == 429, "nor does one fill the server by it"


def test_no_page_is_kept_or_found(award):
    client, one, _secret = opened(award)
    answers = [client.get(at(name, award)) for name in ("self-begin", "self-open")]
    answers += [client.get(at("self-form", award, one.key)), client.post(at("self-form", award, one.key), words())]
    for response in answers:
        assert "no-store" in response.headers["Cache-Control"] and "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Referrer-Policy"] == "same-origin", "none at all would make browsers' forms be refused"


# Nothing typed is lost


def test_a_wrong_field_is_named_and_what_was_typed_stays(award):
    client, one, _secret = opened(award)
    page = client.post(at("self-form", award, one.key), words(reason="很" * 801, **{RECOMMENDATION: photo()}))
    assert page.status_code == 422 and "很" * 801 in text_of(page) and NAME in text_of(page)
    assert page.context["form"].errors.keys() == {"reason"}
    assert SelfPaper.objects.get().place == RECOMMENDATION, "what was fit is kept"


def test_what_is_missing_is_named_beside_its_field(award):
    client, one, _secret = opened(award)
    page = client.post(at("self-form", award, one.key), words(do="send", contact="没有", grade=""))
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"__all__", "grade", "contact", RECOMMENDATION, CONSENT}
    assert said_of(SelfNomination.objects.get(), at=NOW).name == NAME


def test_an_evil_file_is_refused_and_the_words_are_saved(award):
    client, one, _secret = opened(award)
    for data in (b"<html><script>alert(1)</script>", b"MZ\x90\x00" + bytes(300), b"%PDF-1.7 nothing"):
        evil = SimpleUploadedFile("推荐信.pdf", data, "application/pdf")
        revision = SelfNomination.objects.get().revision
        page = client.post(at("self-form", award, one.key), words(revision=revision, **{RECOMMENDATION: evil}))
        assert page.status_code == 422 and RECOMMENDATION in page.context["form"].errors
    assert not SelfPaper.objects.exists() and not StoredFile.objects.exists()
    assert said_of(SelfNomination.objects.get(), at=NOW).name == NAME


def test_what_was_typed_while_it_was_closed_is_saved_once_it_is_opened_again(award, clock):
    client, one, secret = opened(award)
    clock.move_to(NOW + timedelta(hours=2, seconds=1), tick=False)
    page = client.post(at("self-form", award, one.key), words())
    assert 'name="secret"' in text_of(page) and REASON in text_of(page)
    assert SelfNomination.objects.get().sealed == ""
    again = open_it(client, award, one, secret, typed=one.key, **words())
    assert again.status_code == 302
    assert said_of(SelfNomination.objects.get(), at=NOW).reason == REASON


def test_what_was_typed_into_one_that_was_closed_is_never_saved_into_another(award, clock):
    client, one, secret = opened(award)
    other, others = begun(award)
    clock.move_to(NOW + timedelta(hours=2, seconds=1), tick=False)
    page = client.post(at("self-form", award, one.key), words())
    asked = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text_of(page)))
    again = open_it(client, award, other, others, **asked)
    assert REASON not in text_of(again) and not SelfNomination.objects.exclude(sealed="").exists()
    open_it(client, award, one, secret, **asked)
    assert said_of(SelfNomination.objects.get(pk=one.pk), at=NOW).reason == REASON


def test_another_window_is_not_written_over_unseen_and_then_it_counts(award):
    client, one, _secret = opened(award)
    client.post(at("self-form", award, one.key), words())
    page = client.post(at("self-form", award, one.key), words(reason="另一个窗口"))
    assert page.status_code == 422 and "另一个窗口" in text_of(page)
    assert 'name="revision" value="1"' in text_of(page)
    client.post(at("self-form", award, one.key), words(reason="另一个窗口", revision="1"))
    assert said_of(SelfNomination.objects.get(), at=NOW).reason == "另一个窗口"


def test_typed_too_late_it_can_be_copied(award, clock):
    client, one, _secret = opened(award)
    clock.move_to(CLOSED - timedelta(minutes=1), tick=False)
    client.post(at("self-open", award), {})
    client.session.save()
    open_again, secret_one = begun(award, at=CLOSED - timedelta(minutes=1))
    open_it(client, award, open_again, secret_one)
    clock.move_to(CLOSED, tick=False)
    page = client.post(at("self-form", award, open_again.key), words())
    assert page.status_code == 422 and REASON in text_of(page)
    assert SelfNomination.objects.get(pk=open_again.pk).sealed == "" and one.pk


# Papers, taking back, the answer


def test_one_sees_ones_own_document_and_takes_it_out(award):
    client, one, _secret = opened(award)
    client.post(at("self-form", award, one.key), words(**{PROOF: [photo(1), photo(2)]}))
    papers = list(SelfPaper.objects.all())
    assert len(papers) == 2
    shown = client.get(at("self-own-paper", award, one.key, papers[0].key))
    assert shown.status_code == 200 and shown.headers["Content-Type"] == "image/jpeg"
    assert "推荐信" not in shown.headers["Content-Disposition"] and "no-store" in shown.headers["Cache-Control"]
    client.post(at("self-form", award, one.key), words(revision="1", do=f"drop:{papers[0].key}"))
    assert SelfPaper.objects.get() == papers[1]


def test_a_prize_row_goes_with_its_document(award):
    client, one, _secret = opened(award)
    row = {"won-0-said_of": "省赛", "won-0-level": "province", "won-0-prize": "first", "won-0-won_on": "2025-08-01"}
    client.post(at("self-form", award, one.key), words(**row, **{WON_PLACES[0]: photo(7)}))
    assert said_of(SelfNomination.objects.get(), at=NOW).won[0].said_of == "省赛"
    assert SelfPaper.objects.get().place == "won-0"


def test_it_is_taken_back_with_everything(award):
    client, one, secret = opened(award)
    client.post(at("self-form", award, one.key), words(**{RECOMMENDATION: photo()}))
    client.post(at("self-take-back", award, one.key))
    assert not SelfNomination.objects.exists() and not SelfPaper.objects.exists()
    assert open_it(Client(), award, one, secret).status_code == 422


def test_closed_it_asks_for_the_secret_again(award):
    client, one, _secret = opened(award)
    client.post(at("self-close", award, one.key))
    assert 'name="secret"' in text_of(client.get(at("self-form", award, one.key)))


def test_the_person_reads_why_and_sends_it_again(award, office):
    client, one, secret = opened(award)
    client.post(at("self-form", award, one.key), words(do="send", **{RECOMMENDATION: photo(), CONSENT: photo(2)}))
    office.post(at("self-decide", award, one.key), {"verdict": "returned", "reason": "推荐信没有签名"})
    assert "推荐信没有签名" in text_of(client.get(at("self-form", award, one.key)))
    client.post(at("self-form", award, one.key), words(do="send", revision="1"))
    assert SelfNomination.objects.get().state == SelfState.SENT
    office.post(at("self-decide", award, one.key), {"verdict": "declined", "reason": "不在范围"})
    assert "不在范围" in text_of(client.get(at("self-form", award, one.key)))
    assert secret


def test_on_its_day_the_pages_say_so_and_show_nothing(award, office, clock):
    client, one, secret = opened(award)
    sent(award, name="孙某")
    clock.move_to(ERASED_ON, tick=False)
    for name in ("self-begin", "self-open"):
        assert Client().get(at(name, award)).status_code == 410
    assert open_it(client, award, one, secret).status_code == 410
    office.force_login(award.office)
    page = office.get(at("self-nominations", award))
    assert page.status_code == 200 and "孙某" not in text_of(page)
    mine = SelfNomination.objects.exclude(pk=one.pk).get()
    assert office.get(at("self-nomination", award, mine.key)).status_code == 403


def test_where_the_secret_of_the_server_is_lost_it_says_so(award, office, settings):
    client, one, secret = opened(award)
    client.post(at("self-form", award, one.key), words())
    mine = sent(award)
    session = client.session
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "z" * 60, []
    again = Client()
    assert open_it(again, award, one, secret).status_code == 410 and session
    office.force_login(award.office)
    assert office.get(at("self-nominations", award)).status_code == 200
    assert office.get(at("self-nomination", award, mine.key)).status_code == 200


# The office


def test_each_look_of_the_office_is_recorded(award, office):
    one = sent(award)
    paper = one.papers.first().key
    for name, more in (("self-nominations", []), ("self-nomination", [one.key]), ("self-paper", [one.key, paper])):
        before = AccessRecord.objects.count()
        assert office.get(at(name, award, *more)).status_code == 200
        assert AccessRecord.objects.count() == before + 1, name
    assert office.get(at("self-paper-page", award, one.key, paper, 1)).status_code == 200
    assert NAME not in repr(list(AccessRecord.objects.values()))


def test_the_office_searches_and_filters(award, office):
    one, two = sent(award), sent(award, name="孙某", school="西山中学")
    return_self(nomination=two, reason="补", by=award.office, at=NOW)
    typed(award, name="草稿人")
    every = text_of(office.get(at("self-nominations", award)))
    assert one.number in every and two.number in every and "草稿人" not in every
    for asked, found in (({"q": "西山"}, two), ({"state": "sent"}, one), ({"q": one.number}, one)):
        page = text_of(office.get(at("self-nominations", award), asked))
        shown = [each.number for each in (one, two) if each.number in page]
        assert shown == [found.number], asked


def test_whom_the_school_nominated_meanwhile_is_told_to_the_office(award, office):
    one = sent(award)
    entry = handed_in(award, name=NAME)
    page = text_of(office.get(at("self-nomination", award, one.key)))
    assert "已有同名的候选人" in page and entry.number in page and "学校已推荐你" in page


def chosen(page: str) -> list[str]:
    return re.findall(r'<input type="radio" name="who" value="([^"]+)"[^>]*checked', page)


def test_nobody_of_another_school_is_chosen_already(award, office):
    one = sent(award)
    show = lambda: text_of(office.get(at("self-nomination", award, one.key)))  # noqa: E731
    assert chosen(show()) == ["new"] and "despite_school" not in show()
    other = winner(award, NAME, school="西山中学")
    assert chosen(show()) == [] and "despite_school" in show()
    office.post(at("self-take-up", award, one.key), {"who": other.key})
    assert not Nomination.objects.filter(person=other).exists()
    office.post(at("self-take-up", award, one.key), {"who": other.key, "despite_school": "on"})
    assert Nomination.objects.filter(person=other).exists()


def test_a_wrong_taking_up_is_undone_on_its_page(award, office):
    one, other = sent(award), winner(award, NAME, school="西山中学")
    show = lambda: text_of(office.get(at("self-nomination", award, one.key)))  # noqa: E731
    assert "受理错人了" not in show()
    office.post(at("self-take-up", award, one.key), {"who": other.key, "despite_school": "on"})
    taken = show()
    assert "受理错人了" in taken and PHONE in taken and REASON in taken
    assert "受理错人了" in text_of(office.post(at("self-put-back", award, one.key), follow=True)), "of no nominee"
    said = {"nominee": re.search(r'name="nominee" value="([^"]+)"', taken)[1]}
    done = text_of(office.post(at("self-put-back", award, one.key), said, follow=True))
    assert "已恢复为收到时的状态" in done and "受理错人了" not in done and 'name="who"' in done
    award.contest.ballots.create(round=1)
    assert "受理错人了" not in show()


def test_the_one_of_the_name_and_the_school_is_chosen_already(award, office):
    person, one = winner(award, NAME), sent(award)
    assert chosen(text_of(office.get(at("self-nomination", award, one.key)))) == [person.key]


def test_two_of_one_name_and_school_are_told_apart(award, office):
    first, one = winner(award, NAME), sent(award)
    second = Person.objects.create(kind=first.kind, name=NAME, school=first.school, code="2019-07")
    [won] = Achievement.objects.all()
    Achievement.objects.filter(pk=won.pk).update(contest_name="市赛")
    won.pk, won.person = None, second
    won.save()
    page = text_of(office.get(at("self-nomination", award, one.key)))
    mine, other = (
        re.search(rf'value="{person.key}".*?</label>', page, re.DOTALL).group() for person in (first, second)
    )
    assert "市赛 一等奖" in mine and "省赛 一等奖" in other and second.code in other


def test_beside_a_nominee_of_the_name_nobody_is_chosen_already(award, office):
    one = sent(award)
    handed_in(award, name=NAME)
    assert chosen(text_of(office.get(at("self-nomination", award, one.key)))) == []


def test_a_school_that_is_only_alike_is_not_chosen_already(award, office):
    named = award.school.name
    page = lambda one: text_of(office.get(at("self-nomination", award, one.key)))  # noqa: E731
    assert re.search(r"<option[^>]*selected[^>]*>" + named, page(sent(award, school=named)))
    almost = sent(award, school=f"{named}分")
    assert not re.search(r"<option[^>]*selected[^>]*>" + named, page(almost))


def test_a_name_has_no_signs_that_nobody_sees(award):
    client, one, _secret = opened(award)
    client.post(at("self-form", award, one.key), words(name=" 林\u200b小\u202e满\r\n", school="晴川市\t第一中学"))
    found = said_of(SelfNomination.objects.get(), at=NOW)
    assert (found.name, found.school) == (NAME, "晴川市 第一中学")


def test_a_fault_of_taking_up_is_said(award, office):
    one = sent(award)
    assert office.post(at("self-take-up", award, one.key), {"who": ""}).status_code == 422
    assert office.post(at("self-take-up", award, one.key), {"who": "a" * 26}).status_code == 422
    assert not Nomination.objects.filter(person__name=NAME).exists()


def test_a_draft_does_not_exist_for_the_office(award, office):
    one = typed(award)
    paper = one.papers.first().key
    assert office.get(at("self-nomination", award, one.key)).status_code == 404
    assert office.get(at("self-paper", award, one.key, paper)).status_code == 404
    assert office.get(at("self-paper-page", award, one.key, paper, 1)).status_code == 404
    assert office.post(at("self-decide", award, one.key), {"verdict": "declined", "reason": "x"}).status_code == 404


def test_the_office_switches_it_on_in_the_set_up(award, office):
    SelfTerms.objects.all().delete()
    page = office.get(at("award-terms", award))
    form = {"nominators": "", "base": page.context["form"].initial["base"], "majority": "2/3", "majority_of": "cast",
            "quorum": "2/3", "student-is_honoured": "on", "student-places": "3"}  # fmt: skip
    answer = office.post(at("award-terms", award), form | {"takes_selves": "on", "self_until": "2026-03-31"})
    assert answer.status_code == 302, answer.context["selves"].errors or answer.context["form"].errors
    assert (terms_of(award).is_on, terms_of(award).days) == (True, 30)
    assert "2026年3月31日" in text_of(office.get(at("award-setup", award)))


def test_no_event_or_bundle_names_anybody(award, office):
    one = sent(award)
    decline_self(nomination=one, reason=f"{NAME}不在范围", by=award.office, at=NOW)
    office.post(at("self-take-up", award, one.key), {"who": "new", "school": award.school.pk})
    bodies = repr(list(Event.objects.values_list("action", "subject", "body")))
    for word in (NAME, PHONE, REASON, "不在范围", "晴川市第一中学"):
        assert word not in bodies
    assert "selfnomination.taken" in bodies


def test_the_list_of_the_office_asks_no_more_for_100_than_for_3(award, office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            office.get(at("self-nominations", award), {"size": 500})
        return len(found)

    def more(numbers: range) -> None:
        track = award.track("student")
        for number in numbers:
            one = SelfNomination(contest=award.contest, track=track, number=f"{number}", begun_at=NOW, sent_at=NOW)
            one.state, one.sealed = SelfState.SENT, sealed_said(said(name=f"自荐人{number}"), one)
            one.save()
            if number % 2:
                take_up_self(
                    nomination=one, person=None, school=award.school, shows_reason=False, by=award.office, at=NOW
                )

    more(range(3))
    queries()
    few = queries()
    more(range(3, 20))
    more(range(20, 100, 2))
    assert queries() == few


def test_where_somebody_begins_hundreds_the_office_makes_room_again(award, office, clock, monkeypatch):
    honest, waiting = typed(award), sent(award)
    clock.move_to(NOW + timedelta(hours=3), tick=False)
    for _ in range(60):
        begun(award, at=NOW + timedelta(hours=3))
    page = text_of(office.get(at("self-nominations", award)))
    assert 'name="hour"' not in page, "there is room"
    monkeypatch.setattr(self_floods, "MOST_DRAFTS", 120)
    hours = re.findall(r'name="hour" value="(\d+)"', text_of(office.get(at("self-nominations", award))))
    assert len(hours) == 1
    office.post(at("self-flood", award), {"hour": self_floods.hour_of(honest.begun_at)})
    assert SelfNomination.objects.count() == 62, "of an hour in which one began nothing is erased"
    office.post(at("self-flood", award), {"hour": hours[0]})
    assert sorted(SelfNomination.objects.values_list("pk", flat=True)) == sorted([honest.pk, waiting.pk])
    assert Event.objects.get(action="self-nominations.cleared").body["erased"] == 60
    office.post(at("self-flood", award), {"hour": hours[0]})
    assert Event.objects.filter(action="self-nominations.cleared").count() == 1


def test_heavy_documents_of_one_hour_go_with_their_drafts(award, office, monkeypatch):
    typed(award)
    monkeypatch.setattr(self_floods, "MOST_MB_IN_ALL", 0)
    monkeypatch.setattr(self_floods, "MANY_MB", 0)
    office.post(at("self-flood", award), {"hour": self_floods.hour_of(NOW)})
    assert not SelfNomination.objects.exists() and not StoredFile.objects.exists()


def test_of_a_nominee_who_counts_no_more_the_page_does_not_say_nominee(award):
    client, one, _secret = opened(award)
    whole = words(do="send", recommendation=photo(1), consent=photo(2))
    client.post(at("self-form", award, one.key), whole | {"pledge-publishing": "on"})
    made = take_up_self(nomination=one, person=None, school=None, shows_reason=False, by=award.office, at=NOW)
    assert "你已成为本评选的候选人" in text_of(client.get(at("self-form", award, one.key)))
    take_back_nomination(nomination=made, by=award.office, at=NOW)
    assert "你已成为本评选的候选人" not in text_of(client.get(at("self-form", award, one.key)))


def test_taken_back_in_another_window_while_it_is_saved_it_says_so(award, monkeypatch):
    client, one, _secret = opened(award)
    real = pages.keep_papers

    def gone(form: Any, nomination: SelfNomination) -> None:
        real(form, nomination)
        SelfNomination.objects.all().delete()

    monkeypatch.setattr(pages, "keep_papers", gone)
    page = client.post(at("self-form", award, one.key), words())
    assert page.status_code == 302 and page.url == at("self-begin", award)

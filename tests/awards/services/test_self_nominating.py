"""People nominate themselves: nothing of it is a person, an entry or a nomination before the office takes it up, nobody
opens another's, and what was not taken up is gone on its day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from awards.core.self_nominating import ALPHABET, CONSENT, PROOF, RECOMMENDATION, SECRET_SIGNS, ungrouped
from awards.models import Award as Given
from awards.models import AwardList, Claim, Nomination, RulesVersion, SelfNomination, SelfPaper, SelfTerms
from awards.selectors import entries_with_consent
from awards.self_nominations import answer_of, said_of
from awards.services import self_nominating
from awards.services.award_rules import KindDetails, Vote, Why, change_terms, content_of, version_of
from awards.services.nominating import take_back_nomination
from awards.services.self_checking import decline_self, known_like, return_self
from awards.services.self_nominating import (
    drop_self_paper,
    find_self,
    keep_self_paper,
    save_self,
    send_self,
    take_back_self,
)
from awards.services.self_terms import erase_due_selves
from awards.states import SelfState
from competition import files, parts
from competition.errors import Refused
from competition.models import Author, Contest, Entry, Event, Person, StoredFile
from competition.services.papers import keep_paper
from competition.services.setting_up import copy_contest
from competition.states import ContestState
from tests.factories.entering import NOW
from tests.factories.nominating import Award, handed_in, open_award, winner
from tests.factories.self_nominating import (
    CLOSED,
    ERASED_ON,
    JUST_BEFORE,
    NAME,
    PHONE,
    REASON,
    UNTIL,
    asked,
    begun,
    paper,
    said,
    said_in_rules,
    sent,
    take_up,
    taking,
    terms_of,
    typed,
    won,
)

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert found.value.denial.code == code
    assert "%(" not in found.value.denial.message


@pytest.fixture
def award() -> Award:
    return taking()


def everything_stored() -> str:
    """All tables of the app, as text."""
    with connection.cursor() as cursor:
        tables = [
            one
            for one in connection.introspection.table_names()
            if one.startswith(("awards_", "competition_", "django_session"))
        ]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return repr(rows)


# Who may begin, and when


def test_off_by_default_nobody_begins():
    award = open_award()
    assert not SelfTerms.objects.exists()
    with refused("self-not-open"):
        begun(award)


def test_it_is_open_to_the_end_of_the_last_day(award):
    begun(award, at=CLOSED - timedelta(microseconds=1))
    with refused("self-not-open"):
        begun(award, at=CLOSED)


def test_switched_off_decided_on_or_judged_out_nobody_begins(award):
    said_in_rules(award, asked(is_on=False))
    with refused("self-not-open"):
        begun(award)
    said_in_rules(award, asked())
    begun(award)
    Contest.objects.filter(pk=award.contest.pk).update(state=ContestState.DECISION)
    award.contest.refresh_from_db()
    with refused("self-not-open"):
        begun(award)


def test_a_school_nominates_not_itself_so(award):
    with refused("nominee-of-another-kind"):
        begun(award, "school")


def test_a_kind_of_winner_stays_while_somebody_nominates_themselves_in_it(award):
    begun(award, "tutor")
    kinds = [KindDetails("student", 3), KindDetails("school", 3)]
    with refused("rules-kind-self"):
        change_terms(
            contest=award.contest, kinds=kinds, vote=Vote(), places_in_all=None, why=Why(version_of(award.contest)),
            by=award.office, at=NOW,
        )  # fmt: skip


def test_nobody_fills_the_tables(award, monkeypatch):
    monkeypatch.setattr(self_nominating, "MOST_DRAFTS", 2)
    begun(award)
    begun(award)
    with refused("self-full"):
        begun(award)
    begun(award, at=NOW + timedelta(days=1, seconds=1))  # those that nobody touched for a day are gone
    assert SelfNomination.objects.count() == 1


# The secret


def test_a_secret_has_at_least_eighty_bits_and_is_kept_nowhere(award):
    one, secret = begun(award)
    assert len(ALPHABET) == 32 and SECRET_SIGNS * 5 >= 80 and len(ungrouped(secret)) == SECRET_SIGNS
    stored = everything_stored()
    assert secret not in stored and ungrouped(secret) not in stored
    assert one.number in stored


def test_nobody_opens_one_with_the_secret_of_another(award):
    (mine, my_secret), (other, other_secret) = begun(award), begun(award)
    assert find_self(award.contest, number=mine.number, secret=my_secret, at=NOW) == mine
    assert find_self(award.contest, number=other.number, secret=other_secret, at=NOW) == other
    for number, secret in ((mine.number, other_secret), (other.number, my_secret), (mine.number, ""), ("", my_secret)):
        assert find_self(award.contest, number=number, secret=secret, at=NOW) is None
    elsewhere = taking_elsewhere(award)
    assert find_self(elsewhere, number=mine.number, secret=my_secret, at=NOW) is None


def taking_elsewhere(award: Award) -> Contest:
    made = copy_contest(contest=award.contest, by=award.office, at=NOW)
    SelfTerms.objects.filter(contest=made).update(until=UNTIL)
    return made


def test_a_secret_opens_as_people_type_it(award):
    one, secret = begun(award)
    loose = secret.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert find_self(award.contest, number=one.number.lower().replace("-", ""), secret=loose, at=NOW) == one


def test_an_erased_digest_opens_nothing(award):
    one, _secret = begun(award)
    SelfNomination.objects.update(digest="")
    assert find_self(award.contest, number=one.number, secret="", at=NOW) is None


# Typing


def test_what_is_typed_is_ciphertext_and_stands_in_no_log(award):
    one = sent(award)
    return_self(nomination=one, reason=f"{NAME}，请补", by=award.office, at=NOW)
    stored = everything_stored()
    for word in (NAME, PHONE, REASON, "晴川市第一中学", "请补"):
        assert word not in stored and repr(word)[1:-1].encode("unicode_escape").decode() not in stored
    assert said_of(one, at=NOW) == said()
    take_up(award, send_self(nomination=one, at=NOW))
    assert NAME in everything_stored(), "so this test would have seen it"


def test_nothing_is_a_person_before_the_office_takes_it_up(award):
    before = Person.objects.count(), Entry.objects.count(), Nomination.objects.count()
    sent(award)
    assert (Person.objects.count(), Entry.objects.count(), Nomination.objects.count()) == before


def test_two_devices_do_not_write_over_each_other_unseen(award):
    one, _secret = begun(award)
    first = save_self(nomination=one, said=said(), pledges=[], revision=0, at=NOW)
    with refused("self-changed-meanwhile"):
        save_self(nomination=one, said=said(reason="别的"), pledges=[], revision=0, at=NOW)
    assert said_of(first, at=NOW).reason == REASON


def test_it_goes_only_when_everything_is_there(award):
    one, _secret = begun(award)
    with refused("self-incomplete"):
        send_self(nomination=one, at=NOW)
    assert not Event.objects.filter(action="selfnomination.sent").exists()


@pytest.mark.parametrize(
    "more", [{"name": ""}, {"school": ""}, {"grade": None}, {"contact": "没有"}, {"reason": ""},
             {"papers": {CONSENT: 1}}, {"papers": {RECOMMENDATION: 1}}, {"won": (won(),)}],
)  # fmt: skip
def test_each_thing_that_is_asked_keeps_it_back(award, more):
    with refused("self-incomplete"):
        sent(award, **more)


def test_a_pledge_that_is_not_given_keeps_it_back(award):
    one = typed(award)
    save_self(nomination=one, said=said(), pledges=["self-true"], revision=1, at=NOW)
    with refused("self-incomplete"):
        send_self(nomination=one, at=NOW)


def test_a_tutor_needs_no_grade_and_no_guardian(award):
    assert sent(award, "tutor", papers={RECOMMENDATION: 9}, grade=None).state == SelfState.SENT


def test_what_was_sent_is_not_changed(award):
    one = sent(award)
    with refused("self-sent"):
        save_self(nomination=one, said=said(), pledges=[], revision=1, at=NOW)
    with refused("self-sent"):
        keep_self_paper(nomination=one, place=PROOF, paper=paper(3), at=NOW)
    with refused("self-sent"):
        drop_self_paper(nomination=one, key=one.papers.first().key, at=NOW)
    with refused("self-sent"):
        send_self(nomination=one, at=NOW)


def test_after_the_last_day_a_draft_is_not_sent_but_what_was_returned_is(award):
    draft, one = typed(award), sent(award)
    with refused("self-not-open"):
        send_self(nomination=draft, at=CLOSED)
    return_self(nomination=one, reason="扫描件看不清", by=award.office, at=NOW)
    assert answer_of(SelfNomination.objects.get(pk=one.pk), at=NOW) == "扫描件看不清"
    assert send_self(nomination=one, at=CLOSED).state == SelfState.SENT
    assert answer_of(SelfNomination.objects.get(pk=one.pk), at=CLOSED) == ""


# Documents


def test_a_new_document_takes_the_place_of_the_old_one_and_its_bytes_go(award, django_capture_on_commit_callbacks):
    one, _secret = begun(award)
    keep_self_paper(nomination=one, place=RECOMMENDATION, paper=paper(1), at=NOW)
    old = StoredFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        keep_self_paper(nomination=one, place=RECOMMENDATION, paper=paper(2), at=NOW)
    assert SelfPaper.objects.count() == 1 and not StoredFile.objects.filter(pk=old.pk).exists()
    assert not files.path_of(old.sha256).exists()


def test_nobody_takes_out_the_document_of_another(award):
    one, other = typed(award), typed(award)
    drop_self_paper(nomination=one, key=other.papers.first().key, at=NOW)
    assert other.papers.count() == 2


def test_documents_have_their_limits(award, monkeypatch):
    one, _secret = begun(award)
    for shade in (1, 2, 3):
        keep_self_paper(nomination=one, place=PROOF, paper=paper(shade), at=NOW)
    with refused("self-proofs"):
        keep_self_paper(nomination=one, place=PROOF, paper=paper(4), at=NOW)
    monkeypatch.setattr(self_nominating, "MOST_MB", 0)
    with refused("self-papers-heavy"):
        keep_self_paper(nomination=one, place=CONSENT, paper=paper(5), at=NOW)
    monkeypatch.setattr(self_nominating, "MOST_MB", 60)
    monkeypatch.setattr(self_nominating, "MOST_MB_IN_ALL", 0)
    with refused("self-papers-full"):
        keep_self_paper(nomination=one, place=CONSENT, paper=paper(5), at=NOW)


@pytest.mark.parametrize(
    "data", [b"<html><script>alert(1)</script></html>", b"MZ\x90\x00" + bytes(400), b"%PDF-1.7\nnothing",
             b"PK\x03\x04" + bytes(200), b""],
)  # fmt: skip
def test_no_evil_file_is_kept(award, data):
    with refused("file-unfit"):
        keep_paper(name="推荐信.pdf", chunks=[data], at=NOW)
    assert not StoredFile.objects.exists()


# Taking back


@pytest.mark.parametrize("state", [SelfState.DRAFT, SelfState.SENT, SelfState.RETURNED, SelfState.DECLINED])
def test_taken_back_everything_is_erased_at_once(award, state, django_capture_on_commit_callbacks):
    one = typed(award) if state == SelfState.DRAFT else sent(award)
    if state == SelfState.RETURNED:
        return_self(nomination=one, reason="补", by=award.office, at=NOW)
    if state == SelfState.DECLINED:
        decline_self(nomination=one, reason="不收", by=award.office, at=NOW)
    kept = [files.path_of(one) for one in StoredFile.objects.values_list("sha256", flat=True)]
    with django_capture_on_commit_callbacks(execute=True):
        take_back_self(nomination=one, at=NOW)
    assert not SelfNomination.objects.exists() and not SelfPaper.objects.exists()
    assert not StoredFile.objects.filter(sha256__in=[path.name for path in kept]).exists()
    assert kept and not any(path.exists() for path in kept)
    with refused("self-gone"):
        take_back_self(nomination=one, at=NOW)


def test_who_was_taken_up_does_not_take_it_back_alone(award):
    one = sent(award)
    take_up(award, one)
    with refused("self-taken"):
        take_back_self(nomination=one, at=NOW)


# The office


def test_taken_up_it_is_a_nominee_like_every_other(award, settings):
    one = sent(award, papers={RECOMMENDATION: 1, CONSENT: 2, "won-0": 3}, won=(won(),))
    made = take_up(award, one)
    entry = made.entry
    assert (made.person.name, made.person.school, entry.abstract) == (NAME, award.school, "")
    assert Author.objects.get(entry=entry).grade == 8
    assert Event.objects.filter(action="nominee.nominated", subject=f"competition.entry:{entry.key}").count() == 1
    claim = Claim.objects.get()
    assert (claim.person, claim.state, claim.said_of, claim.level) == (
        made.person,
        "to_check",
        "省青少年科技创新大赛",
        "province",
    )
    one.refresh_from_db()
    assert (one.state, one.entry, sorted(one.papers.values_list("place", flat=True))) == (
        SelfState.TAKEN, entry, [CONSENT, RECOMMENDATION, "won-0"],
    )  # fmt: skip
    assert said_of(one, at=NOW) == replace(said(), won=(won(),)), "a slip can be mended until the day of erasure"


def test_experts_read_the_reason_only_where_the_office_says_so(award):
    made = take_up(award, sent(award), shows_reason=True)
    assert Entry.objects.get(pk=made.entry_id).abstract == REASON
    quiet = take_up(award, sent(award, name="别人"))
    assert Entry.objects.get(pk=quiet.entry_id).abstract == ""


def test_somebody_of_no_school_is_taken_up_too(award):
    made = take_up(award, sent(award, "tutor", papers={RECOMMENDATION: 1}, grade=None), school=None)
    entry = Entry.objects.get(pk=made.entry_id)
    assert made.person.school is None and entry.school is None
    assert entry.extra == {"学校或工作单位": "晴川市第一中学"}


def test_somebody_known_is_taken_up_as_that_person_alone(award):
    person, other = winner(award, NAME), winner(award, "别人")
    one = sent(award)
    assert [found.person for found in known_like(one, said(), award.office)] == [person]
    with refused("self-other-name"):
        take_up(award, one, person=other)
    with refused("self-same-name"):
        take_up(award, one)
    with refused("person-known"):
        take_up(award, one, despite_name=True)
    assert take_up(award, one, person=person).person == person


def test_somebody_of_the_same_name_at_another_school_is_not_taken_up_by_a_slip(award):
    other = winner(award, NAME, school="西山中学")
    one = sent(award)
    with refused("self-other-school"):
        take_up(award, one, person=other)
    assert take_up(award, one, person=other, despite_school=True).person == other


def test_one_child_is_not_nominated_twice_by_a_slip(award):
    take_up(award, sent(award, school=award.school.name))
    again = sent(award, school=award.school.name)
    with refused("self-same-name"):
        take_up(award, again, school=None)
    assert take_up(award, again, school=None, despite_name=True).person.school is None


def test_whom_the_school_nominated_meanwhile_is_told_and_not_nominated_twice(award):
    one = sent(award)
    entry = handed_in(award, name=NAME)
    [found] = known_like(one, said(), award.office)
    assert found.nomination and found.nomination.entry == entry
    with refused("nominated-already"):
        take_up(award, one, person=found.person)
    one.refresh_from_db()
    assert one.state == SelfState.SENT


def test_nobody_learns_of_people_of_other_offices(award):
    person = winner(award, NAME)
    stranger = award.made["西山中学"]
    assert known_like(sent(award), said(), stranger) == []
    assert person.name == NAME


def test_one_is_taken_up_once(award):
    one = sent(award)
    take_up(award, one)
    with refused("self-decided"):
        take_up(award, SelfNomination.objects.get(pk=one.pk))
    assert Nomination.objects.filter(person__name=NAME).count() == 1


def test_the_office_alone_decides(award):
    one = sent(award)
    for who in ("晴川一中", "东区"):
        with refused("hidden"):
            take_up(award, one, by=award.made[who])
        with refused("hidden"):
            return_self(nomination=one, reason="x", by=award.made[who], at=NOW)


def test_a_draft_is_nobody_elses(award):
    with refused("hidden"):
        decline_self(nomination=typed(award), reason="x", by=award.office, at=NOW)


def test_who_is_not_taken_up_learns_why_and_the_office_may_think_better_of_it(award):
    one = sent(award)
    with refused("self-without-reason"):
        decline_self(nomination=one, reason="  ", by=award.office, at=NOW)
    decline_self(nomination=one, reason="不在评选范围", by=award.office, at=NOW)
    assert answer_of(SelfNomination.objects.get(), at=NOW) == "不在评选范围"
    assert take_up(award, one).person.name == NAME


def test_once_members_vote_nobody_is_taken_up(award):
    one = sent(award)
    award.contest.ballots.create(round=1)
    with refused("nomination-after-votes"):
        take_up(award, one)


def test_who_agreed_to_be_named_is_named(award):
    made = take_up(award, sent(award))
    listed = AwardList.objects.create(contest=award.contest, version=1, made_at=NOW)
    Given.objects.create(list=listed, entry=made.entry, code="mayor", order=1, by="committee", said={}, label_zh="奖")
    assert entries_with_consent(listed) == {made.entry_id}
    SelfNomination.objects.update(pledges=["self-true", "self-data"])
    assert entries_with_consent(listed) == set()


# The end


def test_from_the_day_on_nobody_reads_it_even_if_nothing_was_erased(award):
    one, secret = begun(award)
    save_self(nomination=one, said=said(), pledges=[], revision=0, at=NOW)
    mine = sent(award)
    assert find_self(award.contest, number=one.number, secret=secret, at=JUST_BEFORE) == one
    assert said_of(mine, at=JUST_BEFORE).name == NAME
    assert find_self(award.contest, number=one.number, secret=secret, at=ERASED_ON) is None
    for act in (
        lambda: said_of(mine, at=ERASED_ON),
        lambda: take_up(award, mine, at=ERASED_ON),
        lambda: return_self(nomination=mine, reason="x", by=award.office, at=ERASED_ON),
    ):
        with refused("self-over"):
            act()
    decline_self(nomination=mine, reason="不收", by=award.office, at=NOW)
    assert answer_of(SelfNomination.objects.get(pk=mine.pk), at=ERASED_ON) == ""


def test_on_its_day_everything_that_was_not_taken_up_goes(award, django_capture_on_commit_callbacks):
    typed(award), sent(award, papers={RECOMMENDATION: 31, CONSENT: 32})
    declined, taken = sent(award, name="甲"), sent(award, name="乙", papers={RECOMMENDATION: 41, CONSENT: 42})
    decline_self(nomination=declined, reason="不收", by=award.office, at=NOW)
    made = take_up(award, taken)
    assert erase_due_selves(at=JUST_BEFORE) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due_selves(at=ERASED_ON) == 1
    assert erase_due_selves(at=ERASED_ON) == 0
    [left] = SelfNomination.objects.all()
    assert (left.entry, left.sealed, left.digest, left.answer, left.papers.count()) == (made.entry, "", "", "", 2)
    kept = set(left.papers.values_list("file__sha256", flat=True))
    assert set(StoredFile.objects.values_list("sha256", flat=True)) == kept
    event = Event.objects.get(action="self-nominations.erased")
    assert event.body == {"erased": 3, "documents": 6, "taken": 1}


def test_documents_of_a_nomination_that_was_taken_back_go_on_that_day_too(award, django_capture_on_commit_callbacks):
    made = take_up(award, sent(award))
    kept = take_up(award, sent(award, name="别人", papers={RECOMMENDATION: 1, CONSENT: 2}))
    take_back_nomination(nomination=made, by=award.office, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        erase_due_selves(at=ERASED_ON)
    assert set(SelfPaper.objects.values_list("nomination__entry", flat=True)) == {kept.entry_id}
    assert StoredFile.objects.count() == 2


def test_the_command_of_every_night_erases_them(award):
    sent(award)
    assert parts.erasers()["self-nominations"](at=ERASED_ON) == 1
    call_command("erase_due")
    assert not SelfNomination.objects.exists()


def test_a_later_last_day_brings_nothing_back_to_light(award):
    sent(award)
    said_in_rules(award, asked(until=date(2026, 5, 31)), at=ERASED_ON)
    assert not SelfNomination.objects.exists() and terms_of(award).erased_at is None
    begun(award, at=ERASED_ON)


def test_nothing_is_kept_longer_than_people_were_told(award):
    begun(award)
    with refused("self-days-longer"):
        said_in_rules(award, asked(days=31))
    with refused("self-day-missing"):
        said_in_rules(award, asked(until=None))
    said_in_rules(award, asked(days=10))
    assert terms_of(award).erase_on == date(2026, 4, 10)


def test_nothing_is_erased_by_a_slip_of_the_pen(award):
    sent(award)
    for wanted in (asked(days=9), asked(is_on=False, until=None, days=9)):
        with refused("self-days-past"):
            said_in_rules(award, wanted, at=CLOSED + timedelta(days=10))
    said_in_rules(award, asked(days=20), at=CLOSED + timedelta(days=10))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"until": date(2026, 3, 9)}, "self-day-wrong"), ({"until": date(2027, 3, 20)}, "self-day-wrong"),
     ({"days": 0}, "self-days-wrong"), ({"days": 181}, "self-days-wrong")],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(wrong, code):
    with refused(code):
        said_in_rules(open_award(), asked(**wrong))


@pytest.mark.parametrize("until", [date(2099, 1, 1), date(2027, 3, 31)])
def test_switched_off_nothing_is_kept_beyond_the_latest_day_either(award, until):
    sent(award)
    with refused("self-day-wrong"):
        said_in_rules(award, asked(is_on=False, until=until))
    assert terms_of(award).until == UNTIL


def test_switching_it_off_needs_no_other_day_even_after_the_last(award):
    said_in_rules(award, asked(is_on=False), at=CLOSED)
    said_in_rules(award, asked(is_on=False, until=None, days=20), at=CLOSED)
    assert (terms_of(award).is_on, terms_of(award).until) == (False, UNTIL)


def test_it_is_part_of_the_rules_and_their_versions(award):
    assert content_of(award.contest)["self_nomination"] == {"on": True, "until": "2026-03-31", "days": 30}
    before = RulesVersion.objects.filter(contest=award.contest).count()
    said_in_rules(award, asked(is_on=False))
    assert RulesVersion.objects.filter(contest=award.contest).count() == before + 1


def test_the_next_edition_has_the_switch_and_asks_for_the_day_anew(award):
    sent(award)
    made = copy_contest(contest=award.contest, by=award.office, at=NOW)
    terms = SelfTerms.objects.get(contest=made)
    assert (terms.is_on, terms.until, terms.days) == (True, None, 30)
    assert not SelfNomination.objects.filter(contest=made).exists()
    with refused("self-not-open"):
        self_nominating.begin_self(contest=made, track=made.tracks.first(), at=NOW)


# What the database itself keeps


def test_the_database_keeps_no_half_state(award):
    one = sent(award)
    wrong = (
        {"state": SelfState.TAKEN}, {"state": "lost"}, {"state": SelfState.DECLINED, "answer": ""}, {"sent_at": None},
    )  # fmt: skip
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            SelfNomination.objects.filter(pk=one.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfNomination.objects.create(contest=award.contest, track=one.track, number=one.number, begun_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfTerms.objects.update(days=0)

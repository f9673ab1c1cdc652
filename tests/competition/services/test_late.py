"""上报信息: asked late, of chosen entries alone, after consent, sealed, and gone on their day."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from competition import parts
from competition.errors import Denial, Refused
from competition.late import chosen, late_people, opened, progress_among, texts_of
from competition.models import Entry, Event, LateAnswer, LateChoice, LateConsent, LateTerms
from competition.services.correcting import correct_entry, reading_digest, wanted_of
from competition.services.late import (
    choose_late,
    drop_late_choice,
    erase_due_late,
    erase_late,
)
from competition.services.late_answers import Given, erase_late_answers_of, record_late_consent, save_late_answers
from competition.services.setting_up import copy_contest
from competition.states import EntryState
from tests.factories.entering import NOW, again, put, recorded, refusal
from tests.factories.late import (
    AFTER,
    DUE,
    ERASE,
    JUST_BEFORE,
    MAN,
    SECRET,
    TODAY,
    TOO_LATE,
    WOMAN,
    answered,
    asked,
    consented,
    contest_of,
    filled,
    going_up,
    jpeg,
    passed,
    person,
    terms,
)

pytestmark = pytest.mark.django_db


def read(entry: Entry, at=NOW) -> dict[str, str | None]:
    """field -> value of everyone."""
    people = late_people(entry)
    texts = texts_of(entry.contest, people, at=at)
    return {name: texts[one.pk] for each in people for name, one in each.answers.items() if one.pk in texts}


# ---- terms


def test_terms_are_saved_once(made):
    with recorded("late-terms.saved"):
        terms(made)
        terms(made)
    one = LateTerms.objects.get()
    assert (one.due_on, one.erase_on, one.author_fields[0]) == (DUE, ERASE, "id_number")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("late-nothing-asked", {"author_fields": [], "tutor_fields": []}),
        ("late-nothing-asked", {"author_fields": ["phone"]}),
        ("late-purpose-missing", {"purpose": " "}),
        ("late-days-wrong", {"erase_on": DUE}),
        ("late-days-wrong", {"due_on": date(2026, 1, 1), "erase_on": TODAY}),
        ("late-days-wrong", {"erase_on": DUE + timedelta(days=367)}),
    ],
)
def test_terms_that_say_too_little_are_refused(made, code, more):
    with refusal(code):
        terms(made, **more)


@pytest.mark.parametrize("by", ["晴川一中", "东区", "stranger"])
def test_the_office_alone_says_what_is_asked(made, by):
    with refusal("hidden"):
        terms(made, by=by)


@pytest.mark.parametrize(
    "more",
    [{"erase_on": ERASE + timedelta(days=1)}, {"author_fields": [*asked().author_fields, "photo"]},
     {"tutor_fields": ["phone", "email"]}, {"purpose": "别的"}],
)  # fmt: skip
def test_nothing_wider_than_somebody_agreed_to(made, more):
    entry = going_up(made)
    terms(made, **more)  # nobody has agreed yet
    terms(made)
    consented(made, entry, "赵一")
    with refusal("late-agreed"):
        terms(made, **more)


def test_narrower_terms_erase_what_is_asked_no_more(made):
    entry = filled(made)
    answered(made, entry, "周老师", phone="13900001111")
    with recorded("late-terms.saved"):
        terms(made, author_fields=["id_number"], erase_on=ERASE - timedelta(days=7), due_on=DUE + timedelta(days=3))
    assert set(LateAnswer.objects.values_list("field", flat=True)) == {"id_number", "phone"}
    assert Event.objects.filter(action="late-terms.saved").last().body["erased"] == 2


def test_a_field_that_tutors_keep_goes_of_the_authors(made):
    terms(made, tutor_fields=["id_number", "phone"])
    entry = filled(made)
    answered(made, entry, "周老师", id_number=MAN)
    terms(made, author_fields=["address"], tutor_fields=["id_number", "phone"])
    assert sorted(LateAnswer.objects.values_list("consent__person__name", "field")) == [
        ("周老师", "id_number"), ("林晓雨", "address"),
    ]  # fmt: skip


def test_the_next_edition_takes_terms_without_days(made):
    filled(made)
    copy = copy_contest(contest=made.contest, by=made["office"], at=NOW)
    one = LateTerms.objects.get(contest=copy)
    assert (one.due_on, one.erase_on, one.purpose) == (None, None, asked().purpose)
    assert not LateChoice.objects.filter(entry__contest=copy).exists()
    with refusal("late-not-asked"):
        choose_late(contest=copy, entries=[], by=made["office"], at=NOW)
    assert erase_due_late(at=AFTER + timedelta(days=999)) == 1  # the first edition's alone


# ---- choosing


def test_only_entries_that_passed_are_chosen_and_each_once(made):
    terms(made)
    entry, other = passed(made), put(passed(made, "风车", authors=[{"name": "孙小", "grade": 5}]), state="submitted")
    with refusal("late-not-passed"):
        choose_late(contest=made.contest, entries=[entry, other], by=made["host"], at=NOW)
    with recorded("late.chosen"):
        assert choose_late(contest=made.contest, entries=[entry], by=made["host"], at=NOW) == 1
        assert choose_late(contest=made.contest, entries=[entry], by=made["host"], at=NOW) == 0


def test_without_terms_nothing_is_chosen(made):
    entry = passed(made)
    with refusal("late-not-asked"):
        choose_late(contest=made.contest, entries=[entry], by=made["host"], at=NOW)


def test_an_entry_taken_off_is_erased(made):
    entry, other = filled(made), filled(made, "风车", "晴川二中")
    with recorded("late.dropped"):
        assert drop_late_choice(entry=entry, by=made["host"], at=NOW) == 3
    assert set(LateAnswer.objects.values_list("consent__choice__entry", flat=True)) == {other.pk}
    with refusal("late-not-chosen"):
        drop_late_choice(entry=again(entry), by=made["host"], at=NOW)


# ---- consent, answers


def test_consent_comes_first(made):
    entry = going_up(made)
    with refusal("late-consent-missing"):
        answered(made, entry, id_number=WOMAN)
    with recorded("late-consent.recorded", "late.answered"):
        assert consented(made, entry, "林晓雨") == 1
        assert consented(made, entry, "林晓雨") == 0
        answered(made, entry, id_number=WOMAN)
    with refusal("late-consent-missing"):
        answered(made, entry, "赵一", id_number=MAN)


def test_the_database_keeps_no_answer_without_consent(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        LateAnswer.objects.create(consent_id=None, field="phone", value="x", at=NOW)


def test_consent_is_of_today_or_before_and_of_people_of_the_entry(made):
    entry, other = going_up(made), going_up(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    with refusal("late-consent-day"):
        consented(made, entry, on=TODAY + timedelta(days=1))
    with refusal("late-nobody"):
        record_late_consent(
            entry=entry, people=[person(other, "孙小").key], given_on=TODAY, by=made["晴川一中"], at=NOW
        )
    with refusal("late-nobody"):
        record_late_consent(entry=entry, people=[], given_on=TODAY, by=made["晴川一中"], at=NOW)


def test_an_entry_that_was_not_chosen_is_asked_nothing(made):
    going_up(made)
    entry = passed(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    for by in ("晴川一中", "host", "office"):
        with refusal("late-not-chosen"):
            record_late_consent(entry=entry, people=["x"], given_on=TODAY, by=made[by], at=NOW)
        with refusal("late-not-chosen"):
            save_late_answers(entry=entry, given={"x": {"phone": Given("1")}}, by=made[by], at=NOW)


@pytest.mark.parametrize("by", ["晴川二中", "西区", "stranger"])
def test_another_school_does_not_learn_of_it(made, by):
    entry = filled(made)
    with refusal("hidden"):
        answered(made, entry, by=made[by], id_number=MAN)
    with refusal("late-no-consent"):
        erase_late_answers_of(person=person(entry), contest=made.contest, by=made[by], at=NOW)


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.NOT_PASSED, EntryState.RETURNED])
def test_what_does_not_go_up_any_more_is_asked_nothing(made, state):
    entry = put(filled(made), state=state)
    with refusal("late-not-passed"):
        answered(made, entry, address="别处")


def test_all_or_nothing_and_each_fault_at_its_field(made):
    entry = going_up(made)
    consented(made, entry)
    key = person(entry).key
    with refusal("late-wrong") as found:
        answered(made, entry, id_number=WOMAN[:-1] + "5", birth_date="2012-05-02", address=SECRET)
    fields = found[0].denial.fields
    assert set(fields) == {f"{key}-id_number"}
    assert "林晓雨" in fields[f"{key}-id_number"]
    with refusal("late-wrong") as found:
        answered(made, entry, id_number=WOMAN, birth_date="2012-05-02")
    assert set(found[0].denial.fields) == {f"{key}-birth_date"}
    assert WOMAN not in str(found[0].denial)


def test_what_is_typed_goes_with_what_is_there(made):
    entry = filled(made)
    with refusal("late-wrong"):
        answered(made, entry, birth_date="2012-05-02")
    with refusal("late-wrong") as found:
        answered(made, entry, id_number=MAN)
    assert set(found[0].denial.fields) == {f"{person(entry).key}-id_number"}
    with recorded("late.answered"):
        assert answered(made, entry, id_number=MAN, birth_date="2013-05-01") == 2
    assert (read(entry)["id_number"], read(entry)["address"]) == (MAN, SECRET)


def test_two_of_one_entry_have_no_number_in_common(made):
    entry = filled(made)
    with refusal("late-wrong") as found:
        answered(made, entry, "赵一", id_number=WOMAN)
    assert set(found[0].denial.fields) == {f"{person(entry, '赵一').key}-id_number"}
    answered(made, entry, "赵一", id_number=MAN)


def test_the_same_again_changes_nothing(made):
    entry = filled(made)
    with recorded():
        assert answered(made, entry, id_number=WOMAN, address=SECRET) == 0


def test_a_field_that_is_not_asked_is_not_taken(made):
    entry = filled(made)
    with refusal("late-nobody"):
        answered(made, entry, guardian_phone="13900001111")
    with refusal("late-nobody"):
        save_late_answers(entry=entry, given={"nobody": {"phone": Given("13900001111")}}, by=made["晴川一中"], at=NOW)


def test_a_passport_is_taken_where_the_school_says_so(made):
    entry = going_up(made)
    consented(made, entry)
    with refusal("late-wrong"):
        answered(made, entry, id_number="E0012345")
    answered(made, entry, id_number="E0012345", other=True)
    assert read(entry)["id_number"] == "E0012345"


def test_the_last_day_to_answer_is_a_day(made):
    entry = filled(made)
    answered(made, entry, address="甲", at=TOO_LATE - timedelta(microseconds=1))
    with refusal("late-closed"):
        answered(made, entry, address="乙", at=TOO_LATE)
    terms(made, due_on=DUE + timedelta(days=1), at=TOO_LATE)
    answered(made, entry, address="乙", at=TOO_LATE)


# ---- what the database, the log and errors show


def test_no_value_stands_in_the_database_or_in_the_log(made):
    entry = filled(made)
    answered(made, entry, "周老师", phone="13900001111")
    save_late_answers(
        entry=entry, given={person(entry, "赵一").key: {"id_number": Given(MAN)}}, by=made["晴川一中"], at=NOW
    )
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = repr(cursor.fetchall())
            for value in (WOMAN, MAN, SECRET, "13900001111"):
                assert value not in text, table
    said = json.dumps([one.body for one in Event.objects.filter(action__startswith="late")], ensure_ascii=False)
    assert "林晓雨" not in said
    assert "2012" not in said


# ---- the end


def test_nobody_reads_it_from_the_day_on_though_no_command_ran(made):
    entry = filled(made)
    assert read(entry, at=JUST_BEFORE)["id_number"] == WOMAN
    with refusal("late-over"):
        read(entry, at=AFTER)
    with refusal("late-over"):
        opened(made.contest, LateAnswer.objects.all(), at=AFTER)
    with refusal("late-over"):
        answered(made, entry, address="甲", at=AFTER)
    assert LateAnswer.objects.count() == 3
    assert progress_among(Entry.objects.all(), at=AFTER) == {}


def test_a_later_day_brings_nothing_back(made):
    filled(made)
    with recorded("late.erased", "late-terms.saved"):
        terms(made, due_on=date(2026, 7, 1), erase_on=date(2026, 8, 1), at=AFTER)
    assert not LateAnswer.objects.exists()
    assert not LateChoice.objects.exists()


def test_the_command_erases_what_is_due_once(made, time_machine_at):
    filled(made)
    time_machine_at(JUST_BEFORE)
    assert "0 erased" in run()
    time_machine_at(AFTER)
    with recorded("late.erased"):
        assert "1 erased" in run()
        assert "1 erased" not in run()
    assert not (LateAnswer.objects.exists() or LateConsent.objects.exists() or LateChoice.objects.exists())
    assert Event.objects.get(action="late.erased").body == {"answers": 3, "entries": 1, "people": 3}
    assert LateTerms.objects.get().erased_at == AFTER


@pytest.fixture
def time_machine_at():
    import time_machine

    held = []

    def go(at):
        held.append(time_machine.travel(at, tick=False))
        held[-1].start()

    yield go
    for one in reversed(held):
        one.stop()


def run() -> str:
    out = StringIO()
    call_command("erase_due", stdout=out)
    return next(line for line in out.getvalue().splitlines() if line.startswith("details"))


def test_what_cannot_be_erased_keeps_nothing_else(made, time_machine_at, monkeypatch):
    def broken(*, at):
        raise RuntimeError(WOMAN)

    filled(made)
    time_machine_at(AFTER)
    monkeypatch.setattr(parts, "_erasers", {"broken": broken, **parts.erasers()})
    with pytest.raises(CommandError) as caught:
        call_command("erase_due", stdout=StringIO())
    assert "broken (RuntimeError)" in str(caught.value)
    assert WOMAN not in str(caught.value)
    assert not LateAnswer.objects.exists()


def test_a_command_erases_nothing_early_and_the_office_may(made):
    filled(made)
    with refusal("late-not-due"):
        erase_late(contest=made.contest, by=None, at=JUST_BEFORE)
    with refusal("hidden"):
        erase_late(contest=made.contest, by=made["晴川一中"], at=NOW)
    with recorded("late.erased"):
        assert erase_late(contest=made.contest, by=made["host"], at=NOW) == 3
    with refusal("late-not-asked"):
        erase_late(contest=made.contest, by=made["host"], at=NOW)


def test_a_consent_taken_back_erases_everything_of_that_person(made):
    entry = filled(made)
    answered(made, entry, "赵一", id_number=MAN)
    with recorded("late-consent.taken-back"):
        assert erase_late_answers_of(person=person(entry), by=made["晴川一中"], at=TOO_LATE) == 3
    assert list(LateAnswer.objects.values_list("consent__person__name", flat=True)) == ["赵一"]
    with refusal("late-no-consent"):
        erase_late_answers_of(person=person(entry), by=made["晴川一中"], at=NOW)
    with refusal("late-consent-missing"):
        answered(made, entry, id_number=WOMAN)


def test_whoever_runs_the_server_takes_a_consent_back_everywhere(made):
    tutor = [{"name": "周老师", "stage": "primary"}]
    entry, other = filled(made), going_up(made, "风车", authors=[{"name": "孙小", "grade": 5}], tutors=tutor)
    consented(made, other, "周老师")
    answered(made, other, "周老师", phone="13900001111")
    answered(made, entry, "周老师", phone="13900001111")
    assert erase_late_answers_of(person=person(entry, "周老师"), by=None, at=NOW) == 2


# ---- another secret


def test_a_lost_secret_is_said_and_typing_anew_helps(made, settings):
    entry = filled(made)
    settings.SECRET_KEY = "another"
    assert read(entry) == {"id_number": None, "birth_date": None, "address": None}
    assert answered(made, entry, id_number=WOMAN) == 1
    assert read(entry)["id_number"] == WOMAN
    assert read(entry)["address"] is None


# ---- corrections


def corrected(made, entry: Entry, **changes) -> None:
    correct_entry(
        entry=entry, wanted=replace(wanted_of(entry), **changes), seen=reading_digest(entry), reason="函", request=None,
        by=made["office"], at=NOW,
    )  # fmt: skip


def test_a_corrected_name_keeps_what_was_answered(made):
    entry = filled(made)
    with recorded("people.added", "entry.corrected", "late.followed"):
        corrected(made, entry, authors=("林晓玉", "赵一"))
    assert LateConsent.objects.filter(person__name="林晓玉").exists()
    assert read(again(entry))["id_number"] == WOMAN


def test_of_whoever_left_the_entry_nothing_is_kept(made):
    entry = filled(made)
    answered(made, entry, "周老师", phone="13900001111")
    with recorded("entry.corrected", "late.followed"):
        corrected(made, entry, tutors=("",))
    assert set(LateConsent.objects.values_list("person__name", flat=True)) == {"林晓雨", "赵一"}
    assert "phone" not in read(again(entry))


def test_a_correction_elsewhere_touches_nothing(made):
    entry = filled(made)
    with recorded("entry.corrected"):
        corrected(made, entry, title="自动浇花器")
    assert LateConsent.objects.count() == 3


def test_progress_counts_what_is_asked(made):
    entry = filled(made)
    found = progress_among(Entry.objects.filter(school=entry.school), at=NOW)
    assert [(pk, one.missing, one.total) for pk, (_terms, one) in found.items()] == [(entry.pk, 4, 7)]
    assert [one.entry for one in chosen(contest_of(entry))] == [entry]


def test_a_photo_is_kept_as_it_is_given(made):
    terms(made, author_fields=["photo"])
    entry = going_up(made)
    consented(made, entry)
    picture = jpeg(10, 10)
    save_late_answers(
        entry=entry, given={person(entry).key: {"photo": Given(photo=picture)}}, by=made["晴川一中"], at=NOW
    )
    assert list(opened(made.contest, LateAnswer.objects.all(), at=NOW).values()) == [picture]
    assert texts_of(entry.contest, late_people(entry), at=NOW) == {}


def test_every_code_of_refusal_has_a_sentence():
    for code in ("late-not-due", "late-no-consent", "late-unreadable"):
        assert str(Refused(Denial(code, {"contest": "x"})))

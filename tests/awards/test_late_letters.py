"""Schools are reminded of missing details: how many and until when, by a mail that names no child."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from awards.late_letters import REMINDER, late_reminders, why_not_be_reminded_late
from awards.services.late_reminding import remind_late_by_mail
from competition.models import Mail, Role, User
from competition.services.sending import take
from competition.states import MailState
from tests.factories.entering import NOW, Open, open_contest, put, recorded, refusal
from tests.factories.late import AFTER, TOO_LATE, filled, going_up, passed
from tests.factories.noticing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def made(clock, settings) -> Open:
    settings.MAIL_IS_SET_UP = True
    made = open_contest()
    User.objects.filter(pk=made["晴川一中"].pk).update(email="one@example.org")
    return made


def remind(made: Open, at=NOW) -> list[Mail]:
    shown = late_reminders(made.contest).digest
    return remind_late_by_mail(contest=made.contest, shown=shown, by=made["host"], at=at)


def test_each_account_gets_one_mail_with_the_number_and_the_day_and_no_name(made):
    going_up(made)
    going_up(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    passed(made, "水泵", authors=[{"name": "钱多", "grade": 5}])  # not chosen: nobody waits for it
    going_up(made, "纸桥", "晴川二中", authors=[{"name": "吴远", "grade": 5}])
    post = late_reminders(made.contest)
    assert {str(one.school): (one.missing, one.addresses) for one in post.schools} == {
        "晴川一中": (2, ["one@example.org"]), "晴川二中": (1, [])
    }  # fmt: skip
    with recorded("mails.queued"):
        (mail,) = remind(made)
    assert (mail.to, mail.name, mail.kind) == ("one@example.org", "晴川一中", REMINDER)
    assert "2 件作品" in mail.body and "2026年3月31日（含当日）" in mail.body
    said = mail.subject + mail.body + mail.name
    for name in ("林晓雨", "赵一", "周老师", "孙小", "浇花器", "风车"):
        assert name not in said
    with refusal("nobody-to-mail"):  # it waits already
        remind(made)


def test_what_was_not_shown_is_not_sent_and_no_other_time_than_while_they_may_answer(made):
    entry = going_up(made)
    shown = late_reminders(made.contest).digest
    going_up(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    for code, at in (("mails-changed", NOW), ("late-closed", TOO_LATE), ("late-over", AFTER)):
        with refusal(code):
            remind_late_by_mail(contest=made.contest, shown=shown, by=made["host"], at=at)
    with refusal("hidden"):
        remind_late_by_mail(contest=made.contest, shown=shown, by=made.teacher(str(entry.school)), at=NOW)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("why", ["withdrawn", "moved", "address", "late"])
def test_a_mail_that_nobody_needs_any_more_stays_here(made, why):
    entry = going_up(made)
    (mail,) = remind(made)
    user, at = made["晴川一中"], NOW
    assert why_not_be_reminded_late(mail, at=at) is None
    if why == "withdrawn":
        put(entry, state="withdrawn")
    elif why == "moved":
        Role.objects.filter(user=user).delete()
    elif why == "address":
        User.objects.filter(pk=user.pk).update(email="other@example.org")
    at = TOO_LATE if why == "late" else NOW
    assert take(mail.pk, at=at) is None
    mail.refresh_from_db()
    assert mail.state == MailState.CANCELLED


def test_the_page_shows_the_mail_first_and_then_when_each_was_reminded(made):
    filled(made)
    client, page = client_of(made["host"]), reverse("late-remind", args=[made.contest.key])
    text = client.get(page).content.decode()
    shown = late_reminders(made.contest).digest
    assert shown in text and "one@example.org" in text and not Mail.objects.exists()
    assert client.post(page, {"shown": shown}).url == page
    assert "有一封邮件待发" in client.get(page).content.decode()
    Mail.objects.update(state=MailState.SENT, sent_at=NOW + timedelta(minutes=5))
    (one,) = late_reminders(made.contest).schools
    assert (one.last, one.is_waiting) == (NOW + timedelta(minutes=5), False)

"""Judges are written to: first what they would get, then one click; where no mail can go out nothing offers it."""

import io
from typing import Any

import pandas as pd
import pytest
from django.core import mail as sent
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competition.models import LOST_AFTER, Mail, SignInLink
from competition.services.mailing import token_of
from competition.services.sending import send_due
from competition.states import MailState
from judging.importing import judges_plan
from judging.models import Judge
from judging.services.importing import import_judges
from judging.states import JudgeState
from tests.competition.core.books import book
from tests.factories.contests import AT
from tests.factories.judging import Judged
from tests.factories.mailing import address, invite, mailed_contest, remind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def set_up(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    settings.DEFAULT_FROM_EMAIL = "office@example.org"


@pytest.fixture
def judged() -> Judged:
    return mailed_contest()


@pytest.fixture
def office(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def page(client: Client, name: str, *args: Any) -> str:
    found = client.get(reverse(name, args=args))
    assert found.status_code == 200
    return found.content.decode()


def chosen(judged: Judged, *codes: str) -> dict[str, Any]:
    return {"judge": [judged.judge(code).key for code in codes]}


# ---- preview, then one click


def test_invitations_are_shown_before_they_are_written(judged, office):
    Judge.objects.filter(code="J2").update(email="")
    to = reverse("judges-mail", args=[judged.contest.key])
    found = office.post(to, chosen(judged, "J1", "J2"))
    text = found.content.decode()
    assert found.context["first"].to == address("J1")
    assert address("J1") in text and found.context["first"].subject in text
    assert [one.code for one in found.context["post"].without] == ["J2"]
    assert Mail.objects.count() == SignInLink.objects.count() == 0
    done = office.post(to, chosen(judged, "J1", "J2") | {"shown": found.context["post"].digest})
    assert done.status_code == 302
    assert [one.to for one in Mail.objects.all()] == [address("J1")]
    assert sent.outbox == []


def test_what_was_shown_is_what_is_written(judged, office):
    to = reverse("reminders-mail", args=[judged.contest.key])
    first = office.get(to).context
    office.post(to, {"shown": first["post"].digest})
    (mail,) = Mail.objects.filter(to=first["first"].to)
    assert (mail.subject, mail.body) == (first["first"].subject, first["first"].body)


def test_where_something_changed_meanwhile_nothing_is_written(judged, office):
    to = reverse("reminders-mail", args=[judged.contest.key])
    shown = office.get(to).context["post"].digest
    judged.submit(80)
    office.post(to, {"shown": shown})
    assert not Mail.objects.exists()


def test_a_second_click_writes_nothing(judged, office):
    to = reverse("reminders-mail", args=[judged.contest.key])
    shown = office.get(to).context["post"].digest
    for _ in range(2):
        office.post(to, {"shown": shown})
    assert Mail.objects.count() == 3
    again = office.get(to).context
    assert again["first"] is None and len(again["post"].waiting) == 3


def test_an_older_page_writes_nothing_also_when_all_has_gone_out(judged, office):
    """Two have the page open; what the first wrote was sent before the second clicks."""
    to = reverse("reminders-mail", args=[judged.contest.key])
    shown = office.get(to).context["post"].digest
    office.post(to, {"shown": shown})
    send_due(now=timezone.now)
    office.post(to, {"shown": shown})
    assert Mail.objects.count() == 3


def test_who_has_declined_is_named_and_not_written_to(judged, office):
    Judge.objects.filter(code="J1").update(state=JudgeState.DECLINED, answered_at=timezone.now())
    keys = [one.key for one in judged.contest.judges.all()]
    page = office.post(reverse("judges-mail", args=[judged.contest.key]), {"judge": keys}).context["post"]
    assert [one.code for one in page.declined] == ["J1"]
    assert len(page.letters) == 2


def test_a_judge_who_is_new_gets_an_account_and_is_invited(judged, office):
    Judge.objects.filter(code="J1").update(user=None, state=JudgeState.LISTED, pledged_at=None)
    invite(judged, "J1", at=timezone.now())
    send_due(now=timezone.now)
    judge = judged.judge()
    assert judge.state == JudgeState.INVITED and judge.user is not None
    assert token_of(Mail.objects.get()) in sent.outbox[0].body


def test_an_account_that_can_do_more_gets_no_link(judged):
    judged.users["J1"].roles.create(kind="organiser")
    invite(judged, "J1", at=timezone.now())
    send_due(now=timezone.now)
    assert not SignInLink.objects.exists()
    assert "/link/" not in sent.outbox[0].body and "http://127.0.0.1:8000/" in sent.outbox[0].body


# ---- who gets a reminder


@pytest.mark.parametrize("gone", [{"state": JudgeState.DECLINED}, {"is_active": False}])
def test_who_declined_or_was_let_go_is_not_reminded(judged, gone):
    Judge.objects.filter(code="J1").update(**gone)
    assert {one.to for one in remind(judged)} == {address("J2"), address("J3")}


def test_who_has_nothing_left_is_not_reminded(judged):
    for number in ("A1", "A2", "A3"):
        judged.submit(80, entry=number)
    assert address("J1") not in {one.to for one in remind(judged)}


def test_who_may_judge_none_of_what_is_left_is_not_reminded(judged):
    judge = judged.judge()
    for one in judge.assignments.all():
        judge.conflicts.create(entry=one.entry)
    assert address("J1") not in {one.to for one in remind(judged)}


def test_the_page_of_reminders_says_when_somebody_was_reminded(judged, office):
    remind(judged)
    assert "上次邮件提醒" not in page(office, "reminders", judged.contest.key)
    send_due(now=lambda: AT)
    assert page(office, "reminders", judged.contest.key).count("上次邮件提醒：05-01 17:00") == 3


# ---- language


def test_a_mail_speaks_the_language_of_its_reader(judged, client):
    Judge.objects.filter(code="J2").update(language="en")
    invite(judged, "J1", "J2")
    chinese, english = Mail.objects.order_by("to")
    assert (chinese.language, english.language) == ("zh-hans", "en")
    assert "链接" in chinese.body
    assert "link" in english.body and "链接" not in english.body


def test_names_stand_in_a_mail_as_they_are(judged):
    judge = judged.judge()
    judge.person.name = "O'Neil <b>&"
    judge.person.save()
    (mail,) = invite(judged, "J1")
    assert "O'Neil <b>&" in mail.body


# ---- the outbox


def test_the_outbox_names_mails_and_masks_their_links(judged, office):
    (mail,) = invite(judged, "J1")
    listed, text = page(office, "outbox", judged.contest.key), page(office, "mail-of", judged.contest.key, mail.key)
    assert mail.subject in listed and address("J1") in listed
    assert "（此处为个人链接）" in text
    assert token_of(mail) not in text + listed and "{link}" not in text


def test_the_outbox_is_filtered_by_state_and_word(judged, office):
    remind(judged)
    Mail.objects.filter(to=address("J2")).update(state=MailState.FAILED, why="mail-address-refused", reply=550)
    failed = office.get(reverse("outbox", args=[judged.contest.key]), {"state": "failed"})
    assert [row["mail"].to for row in failed.context["rows"]] == [address("J2")]
    assert "550" in failed.content.decode()
    found = office.get(reverse("outbox", args=[judged.contest.key]), {"q": "j3@"})
    assert [row["mail"].to for row in found.context["rows"]] == [address("J3")]
    assert len(office.get(reverse("outbox", args=[judged.contest.key]), {"state": "?"}).context["rows"]) == 3


def test_the_office_is_told_when_nobody_empties_the_outbox(judged, office):
    remind(judged, at=timezone.now())
    assert not office.get(reverse("outbox", args=[judged.contest.key])).context["is_slow"]
    Mail.objects.update(due_at=AT)
    assert office.get(reverse("outbox", args=[judged.contest.key])).context["is_slow"]


def test_what_a_dead_sender_had_is_perhaps_sent_also_where_none_comes_after_it(judged, office):
    (mail,) = invite(judged, "J1", at=timezone.now())
    Mail.objects.update(state=MailState.SENDING, claimed_at=timezone.now())
    to = reverse("outbox", args=[judged.contest.key])
    assert [row["state"] for row in office.get(to).context["rows"]] == ["sending"]
    office.post(reverse("mail-again", args=[judged.contest.key, mail.key]))
    mail.refresh_from_db()
    assert mail.state == MailState.SENDING  # it may be on its way this moment
    Mail.objects.update(claimed_at=timezone.now() - LOST_AFTER)
    assert [row["state"] for row in office.get(to, {"state": "unsure"}).context["rows"]] == ["unsure"]
    assert "可能已发出" in page(office, "mail-of", judged.contest.key, mail.key)
    office.post(reverse("mail-again", args=[judged.contest.key, mail.key]))
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED


def test_cancel_and_try_again(judged, office):
    (mail,) = invite(judged, "J1", at=timezone.now())
    Mail.objects.update(state=MailState.FAILED, why="mail-refused")
    office.post(reverse("mail-again", args=[judged.contest.key, mail.key]))
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    office.post(reverse("mail-cancel", args=[judged.contest.key, mail.key]))
    mail.refresh_from_db()
    assert mail.state == MailState.CANCELLED


# ---- no mail set up


def test_without_a_mail_server_nothing_offers_mail(judged, office, settings):
    settings.MAIL_IS_SET_UP = False
    invited, reminded = (
        reverse("judges-mail", args=[judged.contest.key]),
        reverse("reminders-mail", args=[judged.contest.key]),
    )
    assert invited not in page(office, "judges", judged.contest.key)
    assert reminded not in page(office, "reminders", judged.contest.key)
    assert "发不了邮件" in page(office, "outbox", judged.contest.key)
    assert office.post(invited, chosen(judged, "J1")).status_code == 403
    settings.MAIL_IS_SET_UP = True
    assert invited in page(office, "judges", judged.contest.key)
    assert reminded in page(office, "reminders", judged.contest.key)


# ---- addresses


def test_an_address_comes_in_by_form_and_by_list(judged, office):
    Judge.objects.update(email="")
    to = reverse("judge-of", args=[judged.contest.key, judged.judge().key])
    said = {"name": judged.judge().person.name, "email": "wrong", "max_load": ""}
    assert office.post(to, said).status_code == 422
    office.post(to, said | {"email": "right@example.org", "language": "en"})
    assert (judged.judge().email, judged.judge().language) == ("right@example.org", "en")


def test_the_list_of_judges_has_addresses_and_names_wrong_ones(judged):
    rows = [["姓名", "邮箱", "邮件语言"], ["新评委", "new@example.org", "英文"], ["另一评委", "no address", ""]]
    data = book(评委名单=rows)
    plan = judges_plan(data, judged.contest)
    assert [line.status for line in plan.lines] == ["new", "wrong"]
    assert "no address" in plan.lines[1].faults[0].text
    import_judges(contest=judged.contest, data=data, shown=plan.digest, by=judged.office, at=AT)
    new = Judge.objects.get(person__name="新评委")
    assert (new.email, new.language) == ("new@example.org", "en")


def test_addresses_are_in_the_files_of_the_office(judged, office):
    found = office.get(reverse("reminders-file", args=[judged.contest.key]))
    table = pd.read_excel(io.BytesIO(found.content), engine="calamine", header=None, dtype=str)
    assert address("J1") in table.to_string()
    links = office.post(reverse("judges-invite", args=[judged.contest.key]), chosen(judged, "J1") | {"as": "file"})
    assert address("J1") in pd.read_excel(io.BytesIO(links.content), engine="calamine", header=None).to_string()

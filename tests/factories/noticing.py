"""A locked list, its office, and a notice of it at a standing hour."""

from datetime import UTC, date, datetime, timedelta

from django.test import Client

from awards.models import Notice, Objection
from awards.services.lists import lock_list, standing_list
from awards.services.notices import Terms, open_notice, save_terms
from awards.services.objections import Ruling, Said, decide_objection, receive_objection
from awards.states import ObjectionState, ObjectionWay
from competition.models import Contest, Role, Submission, User
from competition.states import RoleKind
from tests.factories.contests import decided
from tests.factories.replay import replayed
from tests.factories.sheets import small

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Chuzhou
FIRST, LAST = date(2026, 5, 6), date(2026, 5, 12)
OVER = datetime(2026, 5, 12, 16, 0, tzinfo=UTC)  # midnight after the last day
DURING = NOW + timedelta(days=1)


def account(name: str, **role) -> User:
    user = User.objects.create_user(name, name=name)
    if role:
        Role.objects.create(user=user, **role)
    return user


def office_of(contest: Contest) -> User:
    return account("office", kind=RoleKind.ORGANISER, contest=contest)


@replayed
def locked_contest() -> Contest:
    made = decided(small())
    lock_list(contest=made, by=None, at=NOW)
    made.refresh_from_db()
    return made


def noticed(contest: Contest, office: User, *, first: date = FIRST, last: date = LAST, at: datetime = NOW) -> Notice:
    return open_notice(contest=contest, first=first, last=last, by=office, at=at)


def required(contest: Contest, office: User) -> None:
    save_terms(contest=contest, terms=Terms(is_required=True, notice_days=5, answer_days=5), by=office, at=NOW)
    contest.refresh_from_db()


def consent(contest: Contest, number: str, *pledges: str) -> None:
    """The entry was handed in (once more) with these pledges."""
    entry = contest.entries.get(number=number)
    Submission.objects.create(
        entry=entry, version=entry.submissions.count() + 1, at=NOW, content={"pledges": list(pledges)}, digest="x"
    )


def said(contest: Contest, **more) -> Said:
    entry = standing_list(contest).awards.get(entry__number="A1").entry
    words = {
        "way": ObjectionWay.WEB,
        "name": "周举报",
        "contact": "13900001111",
        "reason": "作品疑似抄袭",
        "entry": entry,
    }
    return Said(**words | more)


def objected(contest: Contest, *, by: User | None = None, at: datetime = DURING, **more) -> Objection:
    return receive_objection(contest=contest, said=said(contest, **more), by=by, at=at)


def ruled(objection: Objection, office: User, *, at: datetime = DURING, **more) -> Objection:
    words = {
        "outcome": ObjectionState.REJECTED, "decider": "郑监督", "decider_role": "监督组组长",
        "decision": "经查不属实。",
    }  # fmt: skip
    return decide_objection(objection=objection, ruling=Ruling(**words | more), by=office, at=at)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client

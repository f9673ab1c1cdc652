"""The demo year into the installation, with an account for every role."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count

from awards.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from awards.demo.approval import approve_award, decide_year
from awards.demo.going_up import send_up
from awards.demo.judged_contest import open_for_judging
from awards.demo.open_edition import open_next_edition
from awards.demo.training import hold_training
from awards.workbook.playing import play
from competition.models import Contest, Role, School, User
from competition.services.accounts import create_account, grant_role
from competition.states import ContestKind, RoleKind
from judging.models import Judge


class Command(BaseCommand):
    help = "Plays the demo year into an empty database and makes an account for every role. Does nothing otherwise."

    def handle(self, *args, **options) -> None:
        if not Contest.objects.exists():
            demo = settings.BASE_DIR / "demo"
            key = (demo / "demo.key").read_bytes().strip()
            with transaction.atomic():
                data = (demo / "chuzhou-2017.xlsx").read_bytes()
                play(data, key=key, by=None, agree=lambda found: True, until_proposal=True)
                decide_year(Contest.objects.get(belongs_to=None))
                make_accounts()
            approve_award(
                Contest.objects.get(kind=ContestKind.AWARD), office=User.objects.get(username="organiser"),
                at=datetime.now(UTC),
            )  # fmt: skip
            open_for_entries()
            be_judged()
            be_trained()
            go_up()
        if User.objects.filter(username__in=[one.username for one in DEMO_ACCOUNTS]).exists():
            self.stdout.write(table())


def make_accounts() -> None:
    at = datetime.now(UTC)
    scopes = demo_scopes()
    for one in DEMO_ACCOUNTS:
        user = create_account(username=one.username, name=one.name, password=DEMO_PASSWORD, by=None, at=at)
        grant_role(user=user, kind=one.kind, by=None, at=at, **scopes.get(one.kind, {}))
        bind(user, one.kind)


def open_for_entries() -> None:
    """Outside the transaction of the year: files are looked into by processes of their own."""
    users = {one.username: one for one in User.objects.filter(username__in=[a.username for a in DEMO_ACCOUNTS])}
    open_next_edition(
        was=Contest.objects.get(belongs_to=None),
        school=School.objects.get(roles__user=users["school"]),
        office=users["organiser"],
        entrant=users["school"],
        unit=users["unit"],
        at=datetime.now(UTC).replace(microsecond=0),
    )


def be_judged() -> None:
    users = {one.username: one for one in User.objects.filter(username__in=["organiser", "judge"])}
    with transaction.atomic():
        open_for_judging(office=users["organiser"], judge=users["judge"], at=datetime.now(UTC).replace(microsecond=0))


def be_trained() -> None:
    office = User.objects.get(username="organiser")
    with transaction.atomic():
        hold_training(office=office, at=datetime.now(UTC).replace(microsecond=0))


def go_up() -> None:
    """Outside the transaction of the year too: a form is looked into by a process of its own."""
    users = {one.username: one for one in User.objects.filter(username__in=["organiser", "school"])}
    send_up(
        contest=Contest.objects.get(belongs_to=None, state="published"),
        school=School.objects.get(roles__user=users["school"]),
        office=users["organiser"],
        entrant=users["school"],
        at=datetime.now(UTC).replace(microsecond=0),
    )


def demo_scopes() -> dict[str, dict[str, Any]]:
    """Where each role is: the school with most entries, the contest, its award."""
    contest = Contest.objects.get(belongs_to=None)
    award = Contest.objects.get(kind=ContestKind.AWARD)
    busiest = School.objects.annotate(number=Count("entries")).order_by("-number", "pk")[0]
    return {
        RoleKind.SCHOOL: {"school": busiest},
        RoleKind.DISTRICT: {"district": busiest.district},
        RoleKind.JUDGE: {"contest": contest},
        RoleKind.COMMITTEE: {"contest": award},
    }


def bind(user: User, kind: str) -> None:
    """Judges and members are rows of their contest; the account is theirs."""
    role = Role.objects.get(user=user)
    if kind == RoleKind.JUDGE:
        busiest = Judge.objects.filter(contest=role.contest).annotate(number=Count("assignments"))
        Judge.objects.filter(pk=busiest.order_by("-number", "pk")[0].pk).update(user=user)
    elif kind == RoleKind.COMMITTEE and role.contest is not None:
        role.contest.members.filter(pk=role.contest.members.order_by("pk")[0].pk).update(user=user)


def table() -> str:
    lines = ["", f"  {settings.PUBLIC_URL}", ""]
    lines += [f"  {one.label:<12} {one.username:<12} {DEMO_PASSWORD}" for one in DEMO_ACCOUNTS]
    lines += ["  公众 public   —            (no sign-in)", ""]
    return "\n".join(lines)

"""The steps of this app that may take two persons: a correction of a fixed list, a role, doing without a second one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from competition.access import why_not_organise
from competition.errors import Denial, Refused
from competition.models import Agreement, Correction, Entry, Role, School, User
from competition.parts import Step, on_step
from competition.services.accounts import give_role
from competition.services.agreeing import asked_of, switch_two_persons
from competition.services.correcting import Wanted, correct_entry, reading_digest
from competition.states import DECIDING, RoleKind, StepKind


def said_of_correction(wanted: Wanted, *, seen: str, also: list[Entry]) -> dict[str, Any]:
    """A correction as its agreement keeps it."""
    return {
        "title": wanted.title,
        "group": wanted.group_name,
        "school": wanted.school.pk if wanted.school else None,
        "authors": list(wanted.authors),
        "tutors": list(wanted.tutors),
        "seen": seen,
        "also": [one.key for one in also],
    }


def corrected_entry(asked: Agreement) -> Entry:
    found: Entry = asked.contest.entries.select_related("contest", "track", "school__district").get(key=asked.about)
    return found


def also_corrected(asked: Agreement) -> list[Entry]:
    return list(asked.contest.entries.filter(key__in=asked.facts["also"]).order_by("order"))


def wanted_by(asked: Agreement) -> Wanted:
    said = asked.facts
    return Wanted(
        title=said["title"],
        group_name=said["group"],
        school=School.objects.filter(pk=said["school"]).first(),
        authors=tuple(said["authors"]),
        tutors=tuple(said["tutors"]),
    )


def correct(asked: Agreement, *, by: User, at: datetime) -> list[Correction]:
    return correct_entry(
        entry=corrected_entry(asked), wanted=wanted_by(asked), seen=asked.facts["seen"], reason=asked.reason,
        request=asked.paper, also=also_corrected(asked), by=by, at=at,
    )  # fmt: skip


def seen_of_correction(asked: Agreement, *, at: datetime) -> list[Any]:
    return [asked.contest.state, *map(reading_digest, [corrected_entry(asked), *also_corrected(asked)])]


def role_asked(asked: Agreement) -> tuple[User, RoleKind]:
    return User.objects.get(key=asked.facts["user"]), RoleKind(asked.facts["kind"])


def named_account(username: str, kind: RoleKind) -> dict[str, str]:
    """A role to give, as its agreement keeps it. raises   Refused "no-such-account" """
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise Refused(Denial("no-such-account", {"name": username.strip()}))
    return {"user": user.key, "kind": str(kind)}


@transaction.atomic
def give(asked: Agreement, *, by: User, at: datetime) -> Role:
    if denial := why_not_organise(asked_of(by), asked.contest, at=at):
        raise Refused(denial)
    user, kind = role_asked(asked)
    if kind not in DECIDING:
        raise ValueError("This role has a service of its own.")
    return give_role(user=user, kind=kind, contest=asked.contest, by=by, at=at)


def seen_of_role(asked: Agreement, *, at: datetime) -> list[Any]:
    user, _kind = role_asked(asked)
    return [user.username, user.name, sorted(user.roles.values_list("kind", flat=True))]


def switch_off(asked: Agreement, *, by: User, at: datetime) -> None:
    switch_two_persons(contest=asked.contest, is_on=False, by=by, at=at)


def seen_of_setting(asked: Agreement, *, at: datetime) -> list[Any]:
    return [bool(asked.contest.settings.get("two_persons"))]


def register() -> None:
    on_step(StepKind.CORRECT, Step(correct, seen_of_correction))
    on_step(StepKind.ROLE, Step(give, seen_of_role))
    on_step(StepKind.ONE_PERSON, Step(switch_off, seen_of_setting))

"""The rules of trainings: their office organises them, and for every other they do not exist."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from awards.models import Participant, Training
from awards.states import ParticipantState
from competition.access import HIDDEN, is_organiser
from competition.errors import Denial
from competition.models import User
from competition.states import RoleKind


def why_not_see_trainings(user: Any, thing: Any = None, *, at: datetime) -> Denial | None:
    """The list of one's own, and a new one: for whoever organises anything."""
    if not user.is_authenticated:
        return Denial("sign-in")
    return None if user.roles.filter(kind=RoleKind.ORGANISER).exists() else Denial("not-organiser")


def why_not_organise_training(user: Any, training: Training, *, at: datetime) -> Denial | None:
    if not user.is_authenticated:
        return Denial("sign-in")
    return None if is_organiser(user, training.contest) else HIDDEN


def why_not_organise_participant(user: Any, participant: Participant, *, at: datetime) -> Denial | None:
    return why_not_organise_training(user, participant.training, at=at)


def why_not_use_training(by: User | None, training: Training, *, at: datetime) -> Denial | None:
    """Import, issue, correct, print: by its office, and only while its names are there. A command has no account."""
    if by is not None and (denial := why_not_organise_training(by, training, at=at)):
        return denial
    return Denial("training-erased", {"training": training}) if training.erased_at else None


def why_not_set_training(by: User | None, training: Training, *, at: datetime) -> Denial | None:
    """What certificates say is fixed with the first one."""
    if denial := why_not_use_training(by, training, at=at):
        return denial
    if has_numbers(training):
        return Denial("training-issued", {"training": training})
    return None


def why_not_print_attendance(by: User | None, training: Training, *, at: datetime) -> Denial | None:
    """As soon as somebody has a certificate that counts."""
    if denial := why_not_use_training(by, training, at=at):
        return denial
    if training.participants.filter(state=ParticipantState.ISSUED).exists():
        return None
    return Denial("nobody-issued", {"training": training})


def why_not_print_participant(by: User | None, participant: Participant, *, at: datetime) -> Denial | None:
    if denial := why_not_use_training(by, participant.training, at=at):
        return denial
    if participant.state != ParticipantState.ISSUED:
        return Denial("certificate-not-valid", {"number": participant.number or participant.name})
    return None


def why_not_erase_training(by: User | None, training: Training, *, at: datetime) -> Denial | None:
    if denial := why_not_use_training(by, training, at=at):
        return denial
    if timezone.localdate(at) < training.erase_on:
        return Denial("training-not-over", {"training": training, "day": training.erase_on.isoformat()})
    return None


def has_numbers(training: Training) -> bool:
    return training.participants.exclude(state=ParticipantState.LISTED).exists()

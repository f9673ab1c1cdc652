"""Trainings and their participants: listed, issued under numbers without gaps, corrected, revoked, erased in time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from awards.access_to_trainings import (
    has_numbers,
    why_not_erase_training,
    why_not_set_training,
    why_not_use_training,
)
from awards.models import Participant, Templates, Training
from awards.pdf.fonts import missing_from
from awards.services.signed_codes import sign_attendance
from awards.services.signing import signer
from awards.states import AttendeeRole, ParticipantState, TemplateKind
from awards.training_list import SAID, Plan, participants_plan
from competition import events, parts
from competition.access import is_organiser
from competition.core.tokens import Mint, random_key
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.lifecycle import move
from competition.models import Contest, User
from competition.services.jobs import forget_work


@dataclass(frozen=True)
class TrainingDetails:
    """As of `Training`."""

    label_zh: str
    label_en: str
    place: str
    begins_on: date
    ends_on: date
    half_hours: int
    issuers: tuple[str, ...]
    is_assessed: bool
    dated_on: date
    erase_on: date


@dataclass(frozen=True)
class ParticipantDetails:
    name: str
    unit: str
    role: AttendeeRole
    half_hours: int


def make_training(*, details: TrainingDetails, contest: Contest | None, by: User | None, at: datetime) -> Training:
    """contest   None: of the installation's office"""
    if by is not None and not is_organiser(by, contest):
        raise Refused(Denial("not-organiser"))
    with one_number(details), transaction.atomic():
        made = Training(contest=contest, year=details.begins_on.year, order=next_order(details.begins_on.year))
        return write(made, details, by=by, at=at)


@contextmanager
def one_number(details: TrainingDetails) -> Iterator[None]:
    """Another may take the next number of the year at the same moment."""
    try:
        yield
    except IntegrityError as fault:
        raise Refused(Denial("changed-meanwhile", {"thing": details.label_zh})) from fault


def next_order(year: int) -> int:
    return (Training.objects.filter(year=year).aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def change_training(*, training: Training, details: TrainingDetails, by: User | None, at: datetime) -> Training:
    """Anything before the first certificate; after it only the day on which the names go."""
    training = locked(training)
    refuse(why_not_use_training(by, training, at=at))
    if has_numbers(training) and fixed(details) != fixed(details_of(training)):
        raise Refused(Denial("training-issued", {"training": training}))
    if details.begins_on.year != training.year:
        training.year, training.order = details.begins_on.year, next_order(details.begins_on.year)
    with one_number(details), transaction.atomic():
        return write(training, details, by=by, at=at)


def details_of(training: Training) -> TrainingDetails:
    names = TrainingDetails.__dataclass_fields__
    return TrainingDetails(**{name: getattr(training, name) for name in names} | {"issuers": tuple(training.issuers)})


def fixed(details: TrainingDetails) -> list[object]:
    return [getattr(details, name) for name in details.__dataclass_fields__ if name != "erase_on"]


def write(training: Training, details: TrainingDetails, *, by: User | None, at: datetime) -> Training:
    refuse_unprintable([details.label_zh, details.label_en, details.place, *details.issuers], details.label_zh)
    for name in details.__dataclass_fields__:
        setattr(training, name, getattr(details, name))
    training.issuers = list(details.issuers)
    if training.pk and training.participants.filter(half_hours__gt=training.half_hours).exists():
        raise Refused(Denial("training-too-short", {"hours": training.hours}))
    training.save()
    body = {"year": training.year, "order": training.order, "half_hours": training.half_hours}
    events.record(training.contest, "training.saved", training, by=by, at=at, body=body)
    return training


@transaction.atomic
def drop_training(*, training: Training, by: User | None, at: datetime) -> None:
    """One that was made by mistake, with its list, as long as no certificate was issued."""
    training = locked(training)
    refuse(why_not_set_training(by, training, at=at))
    body = {"year": training.year, "order": training.order, "listed": training.participants.count()}
    events.record(training.contest, "training.dropped", training, by=by, at=at, body=body)
    training.delete()


@transaction.atomic
def import_participants(*, training: Training, data: bytes, shown: str, by: User | None, at: datetime) -> Plan:
    """Take in a list: all of it or nothing.

    shown    the digest of the plan that the person looked at
    raises   Refused "participants-changed" where the list would now do something else; "participants-wrong" where a
             row is wrong
    """
    training = locked(training)
    refuse(why_not_use_training(by, training, at=at))
    plan = participants_plan(data, training)
    if plan.digest != shown:
        raise Refused(Denial("participants-changed"))
    if not plan.is_whole:
        raise Refused(Denial("participants-wrong", {"rows": plan.count("wrong")}))
    last = training.participants.aggregate(last=Max("order"))["last"] or 0
    fresh, changed = [], []
    for line in plan.good:
        if line.participant is None:
            last += 1
            fresh.append(Participant(training=training, order=last, **line.values))
        else:
            for name, value in line.values.items():
                setattr(line.participant, name, value)
            changed.append(line.participant)
    Participant.objects.bulk_create(fresh, batch_size=500)
    Participant.objects.bulk_update(changed, SAID, batch_size=500)
    commitment = Mint(installation_key()).commitment(plan.digest)
    body = {"new": len(fresh), "changed": len(changed), "list": commitment}
    events.record(training.contest, "participants.imported", training, by=by, at=at, body=body)
    return plan


@transaction.atomic
def issue_attendance(*, training: Training, by: User | None, at: datetime) -> int:
    """A certificate to everyone on the list who has hours; how many are new. Nobody's number changes."""
    training = locked(training)
    refuse(why_not_use_training(by, training, at=at))
    due = list(training.participants.filter(state=ParticipantState.LISTED, half_hours__gt=0).order_by("order"))
    if not due:
        raise Refused(Denial("nobody-due", {"training": training}))
    said = keep_words(training)
    first = next_serial(training)
    for serial, one in enumerate(due, first):
        give_number(one, training, serial)
    sign_attendance(training, due, signer(by=by, at=at))
    Participant.objects.bulk_update(due, ["state", "serial", "number", "token", "code"], batch_size=500)
    body: dict[str, Any] = {"issued": len(due), "first": due[0].number, "last": due[-1].number}
    events.record(training.contest, "attendance.issued", training, by=by, at=at, body=body | said)
    return len(due)


def keep_words(training: Training) -> dict[str, str]:
    """What certificates say is fixed with the first one: the version of the template that is in force then. What the
    log says of it."""
    found = None if has_numbers(training) else Templates(training.contest).row(TemplateKind.ATTENDANCE)
    if found is None:
        return {}
    training.template = found
    training.save(update_fields=["template"])
    return {"template": found.key}


def give_number(one: Participant, training: Training, serial: int) -> None:
    one.state, one.serial, one.number, one.token = (
        ParticipantState.ISSUED,
        serial,
        training.number_of(serial),
        random_key(),
    )


def next_serial(training: Training) -> int:
    return (training.participants.aggregate(last=Max("serial"))["last"] or 0) + 1


@transaction.atomic
def correct_participant(
    *, participant: Participant, details: ParticipantDetails, reason: str, by: User | None, at: datetime
) -> Participant:
    """What is printed of somebody. On the list it is changed; an issued certificate stays as it was printed, counts no
    more, and a new one takes the next number."""
    one = locked_participant(participant, by=by, at=at)
    refuse_unprintable([details.name, details.unit], one.number or details.name)
    if not 0 <= details.half_hours <= one.training.half_hours:
        raise Refused(Denial("hours-over", {"hours": one.training.hours}))
    if details == ParticipantDetails(one.name, one.unit, AttendeeRole(one.role), one.half_hours):
        raise Refused(Denial("nothing-corrected"))
    if one.state == ParticipantState.LISTED:
        one.name, one.unit, one.role, one.half_hours = details.name, details.unit, details.role, details.half_hours
        one.save(update_fields=["name", "unit", "role", "half_hours"])
        events.record(one.log_contest, "participant.changed", one, by=by, at=at)
        return one
    return reissue(one, details, reason, by=by, at=at)


def reissue(
    one: Participant, details: ParticipantDetails, reason: str, *, by: User | None, at: datetime
) -> Participant:
    if not reason or not details.half_hours:
        raise Refused(Denial("reissue-without-reason" if details.half_hours else "no-hours-left"))
    fresh = Participant(
        training=one.training, order=one.order, name=details.name, unit=details.unit, role=details.role,
        half_hours=details.half_hours, remarks=one.remarks, version=one.version + 1, replaces=one,
    )  # fmt: skip
    give_number(fresh, one.training, next_serial(one.training))
    sign_attendance(one.training, [fresh], signer(by=by, at=at))
    facts = {"number": one.number, "by": fresh.number}
    move(one, ParticipantState.REISSUED, by=by, at=at, facts=facts, reason=reason)
    fresh.save(force_insert=True)
    return fresh


@transaction.atomic
def revoke_participant(*, participant: Participant, reason: str, by: User | None, at: datetime) -> None:
    """The certificate counts no more, and the public check says so. Its number is given to nobody else."""
    one = locked_participant(participant, by=by, at=at)
    if not reason:
        raise Refused(Denial("revoked-without-reason"))
    move(one, ParticipantState.REVOKED, by=by, at=at, facts={"number": one.number}, reason=reason)


@transaction.atomic
def remove_participant(*, participant: Participant, by: User | None, at: datetime) -> None:
    """Off the list; who has a number stays."""
    one = locked_participant(participant, by=by, at=at)
    if one.state != ParticipantState.LISTED:
        raise Refused(Denial("participant-issued", {"number": one.number}))
    events.record(one.log_contest, "participant.removed", one, by=by, at=at)
    one.delete()


@transaction.atomic
def erase_training(*, training: Training, by: User | None, at: datetime) -> int:
    """Names, units, roles, remarks, reasons and signed codes, by which a name could be guessed, go; numbers, hours and
    states stay, so that a paper can still be checked. Files of long work go too. How many certificates that are."""
    training = locked(training)
    refuse(why_not_erase_training(by, training, at=at))
    training.participants.filter(state=ParticipantState.LISTED).delete()
    kept = training.participants.update(name="", unit="", role=AttendeeRole.TUTOR, remarks="", reason="", code="")
    training.erased_at = at
    training.save(update_fields=["erased_at"])
    forget_work(training, by=by, at=at)
    events.record(training.contest, "training.erased", training, by=by, at=at, body={"kept": kept})
    return kept


def erase_due_trainings(*, at: datetime) -> int:
    """All whose day has come, and how many that were; for the command that runs every night."""
    due = list(Training.objects.filter(erased_at=None, erase_on__lte=timezone.localdate(at)).order_by("pk"))
    return parts.each_erased(due, lambda one: erase_training(training=one, by=None, at=at))


def locked(training: Training) -> Training:
    """Numbers are asked for one at a time."""
    return Training.objects.select_for_update(of=("self",)).select_related("contest").get(pk=training.pk)


def locked_participant(participant: Participant, *, by: User | None, at: datetime) -> Participant:
    training = locked(participant.training)
    refuse(why_not_use_training(by, training, at=at))
    found = Participant.objects.get(pk=participant.pk)
    found.training = training
    return found


def refuse(denial: Denial | None) -> None:
    if denial:
        raise Refused(denial)


def refuse_unprintable(texts: Iterable[str], where: str) -> None:
    if missing := missing_from(texts):
        raise Refused(Denial("glyph-missing", {"where": where, "characters": " ".join(sorted(missing))}))

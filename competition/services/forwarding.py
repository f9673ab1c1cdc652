"""Entries of a lower contest go up into a higher one: as new entries there, with people, materials and their origin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from competition import events
from competition.access import why_not_forward, why_not_organise, why_not_send_up, why_not_take_back
from competition.core.canon import canonical, digest
from competition.drafts import draft_of, lacking, pledges_given, typed_from_rows
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import (
    Author,
    Contest,
    Entry,
    Forwarding,
    Material,
    MaterialKind,
    Review,
    Tutor,
    User,
)
from competition.services.copying import copied
from competition.services.entering import PLAIN, next_number, write_down
from competition.services.findings import refresh_findings
from competition.services.forwarded import (
    PARTS,
    Ties,
    most_from_one,
    named_parts,
    sent_from,
    ties_between,
    untied,
    with_consent,
)
from competition.services.locks import locked_contest
from competition.services.quotas import refuse_over_quota
from competition.shortfalls import sentence
from competition.similar import refresh_soon
from competition.states import EntryState, PledgeBy, ReviewStep, Verdict

# what a school can still add where the higher contest asks for more; anything else keeps an entry from going up
TO_COMPLETE = {
    "abstract-missing", "abstract-too-long", "born-missing", "division-missing", "finished-missing", "grade-missing",
    "group-name-missing", "material-missing", "pledge-missing", "subject-missing", "tutor-stage-missing",
}  # fmt: skip


@dataclass
class Sent:
    """What came of sending: entries that went up now; left out, with the reason as a sentence; and how many were there
    before. `to_complete`: of those that went, their schools still add something."""

    went: list[Forwarding] = field(default_factory=list)
    left_out: list[tuple[Entry, str]] = field(default_factory=list)
    there: int = 0
    to_complete: int = 0


@transaction.atomic
def save_forward_terms(*, contest: Contest, accepts: bool, most: int | None, by: User, at: datetime) -> None:
    """Whether this contest takes entries from lower ones, and how many of each."""
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    set_in(contest, "forwards", {"accepts": accepts, "most": most}, "forwards.saved", by=by, at=at)


def set_in(contest: Contest, name: str, value: object, action: str, *, by: User, at: datetime) -> None:
    contest.settings = locked_contest(contest.pk).settings
    if contest.settings.get(name) == value:
        return
    contest.settings = contest.settings | {name: value}
    contest.save(update_fields=["settings"])
    events.record(contest, action, contest, by=by, at=at, body={"content": digest(value)})


@transaction.atomic
def save_forward_ties(
    *, sender: Contest, higher: Contest, ties: Mapping[str, Mapping[str, str]], consent: str, by: User, at: datetime
) -> None:
    """Which track, division and subject of ours is which of theirs, and by which pledge the guardians agreed.

    ties   kind of part -> our code -> theirs; "" says: without one there. Others are left as their names say
    """
    if denial := why_not_send_up(by, sender, at=at):
        raise Refused(denial)
    locked_contest(sender.pk)
    ours, theirs = named_parts(sender), named_parts(higher)
    wanted = {
        part: {code: to for code, to in ties.get(part, {}).items() if code in ours[part] and to in ("", *theirs[part])}
        for part in PARTS
    }
    sender.refresh_from_db(fields=["settings"])
    said = sender.settings.get("forward_ties", {}) | {higher.key: wanted}
    set_in(sender, "forward_ties", said, "forward-ties.saved", by=by, at=at)
    if sender.pledges.filter(code=consent, by=PledgeBy.GUARDIAN).exists():
        set_in(sender, "forward_consent", consent, "forward-consent.saved", by=by, at=at)


@transaction.atomic
def forward_entries(*, sender: Contest, higher: Contest, entries: Sequence[Entry], by: User, at: datetime) -> Sent:
    """Send these up, in this order. What is there already stays as it is; all of them go, or none.

    raises   Refused "forward-untied", "forward-quota", "quota-reached", "teams-reached", "share-kept", and why it may
             not be sent now
    """
    lock_both(sender, higher)
    if denial := why_not_forward(by, sender, higher, at=at):
        raise Refused(denial)
    ties = ties_between(sender, higher)
    if missing := untied(entries, ties):
        raise Refused(Denial("forward-untied", {"names": "、".join(missing)}))
    sent, agreed = Sent(), with_consent(sender, entries)
    for entry in entries:
        if entry.contest_id != sender.pk or entry.state != EntryState.PASSED:
            sent.left_out.append((entry, str(Denial("forward-not-passed").message)))
        elif entry.pk not in agreed:
            sent.left_out.append((entry, str(Denial("forward-no-consent").message)))
        else:
            send_one(sent, entry, higher, ties, by=by, at=at)
    most = most_from_one(higher)
    if most is not None and sent.went and sent_from(sender, higher).count() > most:
        raise Refused(Denial("forward-quota", {"contest": higher.label, "most": most}))
    if sent.went:
        say_both(sender, higher, sent, by=by, at=at)
    return sent


def lock_both(sender: Contest, higher: Contest) -> None:
    """Always in the same order, so that two offices never wait for each other; both as they stand now."""
    for pk in sorted((sender.pk, higher.pk)):
        locked_contest(pk)
    sender.refresh_from_db()
    higher.refresh_from_db()


def say_both(sender: Contest, higher: Contest, sent: Sent, *, by: User, at: datetime) -> None:
    """In both logs, by keys and counts alone."""
    went = [[one.sent.number, one.entry.number] for one in sent.went]
    for contest, action, other in (
        (sender, "entries.forwarded", higher),
        (higher, "entries.received", sender),
    ):
        said = contest.mint.commitment("forwarded", canonical(went))
        body = {"contest": other.key, "entries": len(went), "content": said}
        events.record(contest, action, contest, by=by, at=at, body=body)
    transaction.on_commit(refresh_soon)


def send_one(sent: Sent, source: Entry, higher: Contest, ties: Ties, *, by: User, at: datetime) -> None:
    known = Forwarding.objects.filter(sent=source, contest=higher).select_related("entry__contest").first()
    if known is not None and known.entry.state != EntryState.WITHDRAWN:
        sent.there += 1
        return
    savepoint = transaction.savepoint()
    made = begun_there(source, higher, known, ties, by=by, at=at)
    lacks = lacking(made.entry, today=at.astimezone(higher.tz).date())
    if hard := [one for one in lacks if one.code not in TO_COMPLETE]:
        transaction.savepoint_rollback(savepoint)
        sent.left_out.append((source, sentence(hard[0])))
        return
    transaction.savepoint_commit(savepoint)
    hand_in_there(made.entry, by=by, at=at)
    if lacks:
        return_there(made.entry, [sentence(one) for one in lacks], by=by, at=at)
        sent.to_complete += 1
    sent.went.append(made)


def begun_there(
    source: Entry, higher: Contest, known: Forwarding | None, ties: Ties, *, by: User, at: datetime
) -> Forwarding:
    """The entry as a draft of the higher contest, complete with people and materials."""
    if known is not None:
        entry = Entry.objects.select_related("contest").get(pk=known.entry_id)
        move(entry, EntryState.DRAFT, by=by, at=at)
        entry.authors.all().delete()
        entry.tutors.all().delete()
        entry.materials.update(is_removed=True)
    else:
        last = higher.entries.order_by("-order").values_list("order", flat=True).first() or 0
        entry = Entry(contest=higher, order=last + 1, created_by=by)
    write_parts(entry, source, higher, ties)
    entry.saved_at = at
    entry.save()
    carry_people(source, entry)
    carry_materials(source, entry)
    entry.draft = typed_from_rows(entry) | {"pledges": pledges_for(source, higher)}
    entry.save(update_fields=["draft"])
    if known is None:
        return Forwarding.objects.create(sent=source, contest=higher, entry=entry, at=at, by=by)
    known.entry, known.at, known.by = entry, at, by
    known.save(update_fields=["at", "by"])
    return known


def write_parts(entry: Entry, source: Entry, higher: Contest, ties: Ties) -> None:
    for name in PLAIN:
        setattr(entry, name, getattr(source, name))
    entry.lower_contest = source.contest.label_zh[:200]
    entry.finished_on, entry.school, entry.unit_rank = source.finished_on, source.school, source.unit_rank
    entry.track = higher.tracks.get(code=ties["tracks"][source.track.code])
    code = ties["divisions"].get(source.division.code, "") if source.division else ""
    entry.division = higher.divisions.filter(code=code).first()
    word = ties["subjects"].get(source.subject.word, "") if source.subject else ""
    level, _, subject = word.partition("/")
    entry.subject = higher.subjects.filter(level=level, code=subject).first() if word else None


def carry_people(source: Entry, entry: Entry) -> None:
    """The same persons: what they win above is theirs here too."""
    Author.objects.bulk_create(
        Author(entry=entry, person=one.person, order=one.order, grade=one.grade, born_on=one.born_on)
        for one in source.authors.all()
    )
    Tutor.objects.bulk_create(
        Tutor(entry=entry, person=one.person, order=one.order, stage=one.stage) for one in source.tutors.all()
    )


def carry_materials(source: Entry, entry: Entry) -> None:
    """Files of the kinds that are asked for there, by their bytes: nothing is copied on the disk."""
    kinds: dict[str, MaterialKind] = {}
    theirs = list(entry.track.material_kinds.all())
    for one in theirs:
        kinds[one.code] = one
    by_name = {one.label_zh: one for one in theirs}
    for material in source.materials.filter(is_removed=False).select_related("kind"):
        kind = kinds.get(material.kind.code) or by_name.get(material.kind.label_zh)
        if kind is None or Material.objects.filter(entry=entry, kind=kind, is_removed=False).count() >= kind.max_files:
            continue
        copied(
            material, entry=entry, kind=kind, cleared_reason="", cleared_at=None, cleared_by=None,
            findings=material.findings if kind.is_for_judges else [],
        )  # fmt: skip


def pledges_for(source: Entry, higher: Contest) -> list[str]:
    """What was promised goes along only where the very same words are asked for."""
    given = set(pledges_given(source))
    words = {one.text_zh for one in source.contest.pledges.all() if one.code in given}
    return [one.code for one in higher.pledges.all() if one.text_zh in words]


def hand_in_there(entry: Entry, *, by: User, at: datetime) -> None:
    """Numbered, written down word for word, and recommended: the lower contest stands for its unit."""
    entry.number = entry.number or next_number(entry)
    Entry.objects.filter(pk=entry.pk).update(number=entry.number)
    refresh_findings(entry)
    write_down(entry, draft_of(entry), by=by, at=at)
    refuse_over_quota(entry)
    if entry.contest.has_unit_step:
        Review.objects.create(entry=entry, step=ReviewStep.UNIT, verdict=Verdict.RECOMMENDED, at=at, by=by)
    move(entry, EntryState.RECOMMENDED, by=by, at=at, submitted_at=at, return_until=None)


def return_there(entry: Entry, missing: Sequence[str], *, by: User, at: datetime) -> None:
    """It has its place; its school adds what is asked for besides, and it goes on to the office."""
    Review.objects.create(
        entry=entry, step=ReviewStep.OFFICE, verdict=Verdict.RETURNED, text="\n".join(missing), at=at, by=by
    )
    until = at + timedelta(days=entry.contest.days_to_correct)
    move(entry, EntryState.RETURNED, by=by, at=at, return_until=until)


@transaction.atomic
def take_back_forwarded(*, forwarding: Forwarding, by: User, at: datetime) -> None:
    """raises   Refused "forwarded-checked" once the higher contest has checked it"""
    sender, higher = forwarding.sent.contest, forwarding.contest
    lock_both(sender, higher)
    forwarding = Forwarding.objects.select_related("sent__contest", "contest", "entry__contest").get(pk=forwarding.pk)
    if denial := why_not_take_back(by, forwarding, at=at):
        raise Refused(denial)
    entry = forwarding.entry
    draft = entry.draft or typed_from_rows(entry)
    move(entry, EntryState.WITHDRAWN, by=by, at=at, return_until=None, draft=draft)
    events.record(sender, "forwarding.taken-back", forwarding.sent, by=by, at=at, body={"contest": higher.key})

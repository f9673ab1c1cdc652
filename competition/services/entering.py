"""An entry on its way in: begun, typed, handed in, withdrawn. What was handed in is kept word for word."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from competition import events, files, parts
from competition.access import (
    Entrance,
    why_not_begin,
    why_not_edit,
    why_not_take_up,
    why_not_withdraw,
)
from competition.core.canon import digest
from competition.core.cells import folded
from competition.core.columns import letter
from competition.core.entering import EntryDraft, PersonDraft
from competition.core.tokens import Mint
from competition.drafts import draft_of, is_with_school, lacking, typed_from_rows
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.lifecycle import move
from competition.models import (
    Author,
    Contest,
    Division,
    Entry,
    Person,
    School,
    StoredFile,
    Subject,
    Submission,
    Track,
    Tutor,
    User,
)
from competition.services.findings import refresh_findings
from competition.services.locks import locked_contest
from competition.services.papers import drop_unused
from competition.services.places import save_people
from competition.services.quotas import refuse_over_quota
from competition.shortfalls import by_field, sentence
from competition.similar import refresh_soon
from competition.states import EntryState, PersonKind, ReviewStep, Verdict

PLAIN = ("title", "title_en", "abstract", "lower_contest", "group_name")
NUMBER_PATTERN = "{track}{serial}"


@transaction.atomic
def start_entry(*, contest: Contest, school: School, track: Track, by: User, at: datetime) -> Entry:
    """A draft: its school's alone, and outside the log until it is handed in.

    raises   Refused "entries-not-open" and its kin
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_begin(by, Entrance(contest, school), at=at):
        raise Refused(denial)
    last = contest.entries.order_by("-order").values_list("order", flat=True).first() or 0
    return Entry.objects.create(
        contest=contest, track=track, school=school, order=last + 1, created_by=by, saved_at=at,
        draft={"authors": [], "tutors": [], "pledges": []},
    )  # fmt: skip


@transaction.atomic
def save_draft(*, entry: Entry, changes: Mapping[str, Any], by: User, at: datetime) -> Entry:
    """Keep what was typed: only the fields that `changes` names, so that two people do not undo each other.

    changes   "title" …, "division" (code), "subject" (level/code), "finished_on" (date or None), "authors",
              "tutors" (lists of dicts),
              "pledges" (codes)
    raises    Refused where the entry is not with its school any more
    """
    entry = locked_entry(entry.pk)
    if denial := why_not_edit(by, entry, at=at):
        raise Refused(denial)
    for name in PLAIN:
        if name in changes:
            setattr(entry, name, changes[name])
    if "finished_on" in changes:
        entry.finished_on = changes["finished_on"]
    if "division" in changes:
        entry.division = Division.objects.filter(contest=entry.contest, code=changes["division"]).first()
    if "subject" in changes:
        level, _, code = changes["subject"].partition("/")
        entry.subject = Subject.objects.filter(contest=entry.contest, level=level, code=code).first()
    draft = entry.draft or typed_from_rows(entry)
    entry.draft = draft | {name: changes[name] for name in ("authors", "tutors", "pledges") if name in changes}
    entry.saved_at = at
    entry.save(update_fields=[*PLAIN, "finished_on", "division", "subject", "draft", "saved_at"])
    note_lacks(entry, at=at)
    if "authors" in changes or "tutors" in changes:
        refresh_findings(entry)
    return entry


def note_lacks(entry: Entry, *, at: datetime) -> None:
    """How much is missing, kept with the draft, so that a list of drafts need not ask of each."""
    if is_with_school(entry):
        entry.draft["lacks"] = len(lacking(entry, today=at.astimezone(entry.contest.tz).date()))
        entry.save(update_fields=["draft"])


@transaction.atomic
def delete_draft(*, entry: Entry, by: User, at: datetime) -> None:
    """A draft that was never handed in leaves no trace."""
    entry = locked_entry(entry.pk)
    if denial := why_not_edit(by, entry, at=at):
        raise Refused(denial)
    if entry.number:
        raise Refused(Denial("entry-handed-in", {"entry": entry, "state": entry.get_state_display()}))
    uploads = list(entry.materials.values_list("key", flat=True))
    stored = list(StoredFile.objects.filter(Q(materials__entry=entry) | Q(copy_of__entry=entry)).distinct())
    entry.delete()
    for one in stored:
        drop_unused(one)
    transaction.on_commit(lambda: files.forget(uploads, ()))


def locked_entry(pk: int) -> Entry:
    locked_contest(Entry.objects.values_list("contest", flat=True).get(pk=pk))
    entries = Entry.objects.select_related("contest", "track", "division", "subject", "school__district")
    return entries.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def submit_entry(*, entry: Entry, by: User, at: datetime) -> Submission:
    """Hand the entry in: to its unit, or to the contest where there is no such step.

    raises   Refused "entry-incomplete" with a sentence for every field at fault
    """
    entry = locked_entry(entry.pk)
    if denial := why_not_edit(by, entry, at=at):
        raise Refused(denial)
    today = at.astimezone(entry.contest.tz).date()
    if found := lacking(entry, today=today):
        facts = {"count": len(found), "first": sentence(found[0])}
        raise Refused(Denial("entry-incomplete", facts, fields=by_field(found)))
    draft = draft_of(entry)
    number = entry.number or next_number(entry)
    Entry.objects.filter(pk=entry.pk).update(number=number)
    entry.number = number
    save_authors(entry, draft, by=by, at=at)
    parts.handed_in(entry, by=by, at=at)
    refresh_findings(entry)
    submission = write_down(entry, draft, by=by, at=at)
    then = state_after_submission(entry)
    if then == EntryState.RECOMMENDED:  # also what comes back to the office: its division may have changed
        refuse_over_quota(entry)
    move(entry, then, by=by, at=at, submitted_at=at, return_until=None)
    transaction.on_commit(refresh_soon)
    return submission


def state_after_submission(entry: Entry) -> EntryState:
    """What the office returned goes back to the office; everything else to the unit, where there is that step."""
    if not entry.contest.has_unit_step or is_back_to_office(entry):
        return EntryState.RECOMMENDED
    return EntryState.SUBMITTED


def is_back_to_office(entry: Entry) -> bool:
    """Whether the office gave it back after its unit had recommended it. One taken up again after it was withdrawn is
    a new one to its unit."""
    reviews = list(entry.reviews.order_by("-pk").values_list("step", "verdict"))
    by_unit = next((verdict for step, verdict in reviews if step == ReviewStep.UNIT), None)
    return (
        entry.state == EntryState.RETURNED
        and reviews[:1] == [(ReviewStep.OFFICE, Verdict.RETURNED)]
        and by_unit == Verdict.RECOMMENDED
    )


def next_number(entry: Entry) -> str:
    """By the contest's pattern; the serial goes on after the highest of the track."""
    pattern = entry.contest.settings.get("entry_number") or NUMBER_PATTERN
    head = pattern.replace("{track}", letter(entry.track.order - 1)).replace("{year}", str(entry.contest.year))
    before, after = head.split("{serial}", 1) if "{serial}" in head else (head, "")
    form = re.compile(re.escape(before) + r"(\d+)" + re.escape(after))
    taken = entry.contest.entries.filter(number__startswith=before).values_list("number", flat=True)
    serials = [int(match[1]) for number in taken if (match := form.fullmatch(number))]
    return f"{before}{max(serials, default=0) + 1:03}{after}"


def save_authors(entry: Entry, draft: EntryDraft, *, by: User, at: datetime) -> None:
    """People become rows, and the rows of the entry become these."""
    schools = {
        one.key: one for one in School.objects.filter(key__in=[p.school for p in (*draft.authors, *draft.tutors)])
    }

    def key(kind: PersonKind, one: PersonDraft) -> tuple[str, str, School | None, str]:
        return kind, one.name, schools[one.school] if one.school else entry.school, one.code

    wanted = [key(PersonKind.STUDENT, one) for one in draft.authors] + [
        key(PersonKind.TUTOR, one) for one in draft.tutors
    ]
    people: dict[Any, Person] = save_people(people=wanted, mint=Mint(installation_key()), by=by, at=at)
    entry.authors.all().delete()
    entry.tutors.all().delete()
    Author.objects.bulk_create(
        Author(entry=entry, person=people[key(PersonKind.STUDENT, one)], order=order, grade=one.grade,
               born_on=one.born_on)
        for order, one in enumerate(draft.authors, 1)
    )  # fmt: skip
    Tutor.objects.bulk_create(
        Tutor(entry=entry, person=people[key(PersonKind.TUTOR, one)], order=order, stage=one.stage)
        for order, one in enumerate(draft.tutors, 1)
    )


def write_down(entry: Entry, draft: EntryDraft, *, by: User, at: datetime) -> Submission:
    """The receipt of what was handed in, and its event. Word for word the same again is the same version: what was
    signed stays signed."""
    content, last = content_of(entry, draft), entry.submissions.order_by("-version").first()
    is_same = last is not None and last.digest == digest(content)
    submission = last if last is not None and is_same else next_version(entry, content, by=by, at=at)
    said = entry.contest.mint.commitment(submission.digest)
    body = {"version": submission.version, "files": len(submission.content["files"]), "content": said}
    events.record(entry.contest, "entry.handed-in", entry, by=by, at=at, body=body)
    return submission


def next_version(entry: Entry, content: dict[str, Any], *, by: User, at: datetime) -> Submission:
    """The event is its caller's."""
    version = entry.submissions.count() + 1
    return Submission.objects.create(
        entry=entry, version=version, at=at, by=by, content=content, digest=digest(content)
    )


def content_of(entry: Entry, draft: EntryDraft) -> dict[str, Any]:
    """Everything that the entry says, and the SHA-256 of each file."""
    files = entry.materials.filter(is_removed=False).values_list("kind__code", "name", "size", "sha256")
    return {
        "number": entry.number,
        "track": entry.track.label_zh,
        "division": entry.division.label_zh if entry.division else "",
        "subject": entry.subject.label_zh if entry.subject else "",
        "school": entry.school.name if entry.school else "",
        **{name: getattr(entry, name) for name in PLAIN},
        "finished_on": iso(entry.finished_on),
        "authors": [spoken(one) for one in draft.authors],
        "tutors": [spoken(one) for one in draft.tutors],
        "pledges": sorted(draft.pledges),
        "files": [{"kind": kind, "name": name, "size": size, "sha256": sha} for kind, name, size, sha in files],
        **parts.told_with(entry),
    }


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def spoken(one: PersonDraft) -> dict[str, Any]:
    said = {"name": one.name, "code": one.code, "grade": one.grade, "born_on": iso(one.born_on), "stage": one.stage}
    return {name: value for name, value in said.items() if value not in ("", None)}


@transaction.atomic
def withdraw_entry(*, entry: Entry, by: User, at: datetime) -> Entry:
    """Nothing is deleted: the entry may be taken up again while entries are open."""
    entry = locked_entry(entry.pk)
    if denial := why_not_withdraw(by, entry, at=at):
        raise Refused(denial)
    parts.withdrawn(entry, by=by, at=at)
    move(entry, EntryState.WITHDRAWN, by=by, at=at, return_until=None, draft=entry.draft or typed_from_rows(entry))
    return entry


@transaction.atomic
def take_up_entry(*, entry: Entry, by: User, at: datetime) -> Entry:
    entry = locked_entry(entry.pk)
    if denial := why_not_take_up(by, entry, at=at):
        raise Refused(denial)
    move(entry, EntryState.DRAFT, by=by, at=at)
    return entry


def numbers_of(entries: Sequence[Entry]) -> str:
    return "、".join(entry.number or entry.title for entry in entries)


@transaction.atomic
def import_entries(*, contest: Contest, lines: Sequence[Any], by: User, at: datetime) -> tuple[int, int]:
    """The good rows of a list as drafts: (new, changed). All of them or, where one is refused, none.

    lines    of `competition.importing.Plan.good`
    raises   Refused "list-outdated" where an entry that was new in the plan is here by now
    """
    contest = locked_contest(contest.pk)
    refuse_if_here(contest, [line for line in lines if line.entry is None])
    new = changed = 0
    for line in lines:
        entry = line.entry
        if entry is None:
            entry = start_entry(contest=contest, school=line.school, track=line.track, by=by, at=at)
            new += 1
        else:
            changed += 1
        save_draft(entry=entry, changes=line.values, by=by, at=at)
    if new or changed:
        events.record(contest, "drafts.imported", contest, by=by, at=at, body={"new": new, "changed": changed})
    return new, changed


def refuse_if_here(contest: Contest, lines: Sequence[Any]) -> None:
    """A plan is made without a lock: a second click has made the same one, and its entries may be here by now."""
    here = contest.entries.filter(school__in={line.school for line in lines}).exclude(state=EntryState.WITHDRAWN)
    known = {(school, folded(title)) for school, title in here.values_list("school", "title")}
    if known & {(line.school.pk, folded(line.title)) for line in lines if line.title}:
        raise Refused(Denial("list-outdated"))

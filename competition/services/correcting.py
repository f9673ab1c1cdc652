"""Putting a name, tutor, title or school right after it was handed in: the next version, never an edited one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events, parts
from competition.access import why_not_correct
from competition.core.canon import digest
from competition.core.entering import Shortfall
from competition.drafts import draft_of, lacking, typed_from_rows
from competition.errors import Denial, Refused
from competition.models import Correction, Entry, School, StoredFile, User
from competition.services.entering import locked_entry, next_version, save_authors
from competition.services.findings import refresh_findings
from competition.services.quotas import SENT_ON, refuse_over_quota
from competition.shortfalls import sentence
from competition.states import ContestState

Typed = dict[str, Any]
Change = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """How an entry shall read.

    authors  a name for each author, in their order: nobody joins or leaves a team
    tutors   names; a blank one is left out, one more than before is added
    """

    title: str
    group_name: str
    school: School | None
    authors: tuple[str, ...]
    tutors: tuple[str, ...]


def wanted_of(entry: Entry) -> Wanted:
    """As it reads now."""
    return Wanted(
        title=entry.title,
        group_name=entry.group_name,
        school=entry.school,
        authors=tuple(str(one) for one in entry.authors.select_related("person")),
        tutors=tuple(str(one) for one in entry.tutors.select_related("person")),
    )


def reading_digest(entry: Entry) -> str:
    """Changes with everything that a correction can change."""
    now = wanted_of(entry)
    return digest([now.title, now.group_name, now.school.key if now.school else "", [*now.authors], [*now.tutors]])


def changes_between(old: Wanted, new: Wanted) -> list[Change]:
    """What differs, a line each; places count from 1."""
    schools = [str(one) if one else "" for one in (old.school, new.school)]
    found = [("title", 0, old.title, new.title), ("group", 0, old.group_name, new.group_name), ("school", 0, *schools)]
    for what, before, after in (("author", old.authors, new.authors), ("tutor", old.tutors, new.tutors)):
        for at in range(max(len(before), len(after))):
            found.append((what, at + 1, *(names[at] if at < len(names) else "" for names in (before, after))))
    changes = [{"what": what, "place": place, "old": was, "new": now} for what, place, was, now in found if was != now]
    if not changes and old.school != new.school:  # two schools of one name
        changes.append({"what": "school", "place": 0, "old": schools[0], "new": schools[1]})
    return changes


@transaction.atomic
def correct_entry(
    *,
    entry: Entry,
    wanted: Wanted,
    seen: str,
    reason: str,
    request: StoredFile | None,
    by: User,
    at: datetime,
    also: Sequence[Entry] = (),
) -> list[Correction]:
    """Correct an entry, and the names of its tutors wherever `also` has the same people; one correction an entry.

    seen     `reading_digest` of what the person had before them
    request  the stamped request; from the lock on there has to be one
    raises   Refused "names-changed", "nothing-to-correct", "correction-without-reason", "request-missing",
             "correction-breaks-rule", and what a list that is locked already says
    """
    entry = locked_entry(entry.pk)
    require_grounds(entry, reason, request, by=by, at=at)
    if seen != reading_digest(entry):
        raise Refused(Denial("names-changed", {"school": entry.school or entry}))
    old = wanted_of(entry)
    changes = changes_between(old, wanted)
    if not changes:
        raise Refused(Denial("nothing-to-correct", {"entry": entry}))
    touched = touched_by(entry)
    tutors = {one["old"]: one["new"] for one in changes if one["what"] == "tutor" and one["old"] and one["new"]}
    people = {str(one): one.person_id for one in entry.tutors.select_related("person")}
    made = [apply(entry, wanted, changes, reason.strip(), request, by=by, at=at)]
    touched |= touched_by(entry)
    for other in also:
        made += correct_tutors(other, tutors, people, reason.strip(), request, by=by, at=at)
    parts.corrected(entry.contest, touched=touched, by=by, at=at)
    return made


def require_grounds(entry: Entry, reason: str, request: StoredFile | None, *, by: User, at: datetime) -> None:
    if denial := why_not_correct(by, entry, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("correction-without-reason"))
    if request is None and entry.contest.state in (ContestState.LOCKED, ContestState.PUBLISHED):
        raise Refused(Denial("request-missing", {"entry": entry}))


def correct_tutors(
    entry: Entry, names: dict[str, str], people: dict[str, int], reason: str, request: StoredFile | None, *,
    by: User, at: datetime,
) -> list[Correction]:  # fmt: skip
    """The same people under their right names in another entry of the contest."""
    entry = locked_entry(entry.pk)
    if denial := why_not_correct(by, entry, at=at):
        raise Refused(denial)
    old = wanted_of(entry)
    here = {str(one): one.person_id for one in entry.tutors.select_related("person")}
    tutors = tuple(names.get(name, name) if here[name] == people.get(name) else name for name in old.tutors)
    new = Wanted(old.title, old.group_name, old.school, old.authors, tutors)
    changes = changes_between(old, new)
    return [apply(entry, new, changes, reason, request, by=by, at=at)] if changes else []


def apply(
    entry: Entry, wanted: Wanted, changes: list[Change], reason: str, request: StoredFile | None, *,
    by: User, at: datetime,
) -> Correction:  # fmt: skip
    """The rules of the contest are asked of the corrected entry: a correction breaks none that was kept before."""
    today = at.astimezone(entry.contest.tz).date()
    before = {(one.code, one.where) for one in lacking(entry, today=today)}
    typed = entry.draft or typed_from_rows(entry)
    was_typed, old_unit = bool(entry.draft), entry.school.district_id if entry.school else None
    entry.draft = corrected(typed, wanted)
    entry.title, entry.group_name, entry.school = wanted.title.strip(), wanted.group_name.strip(), wanted.school
    found = [one for one in lacking(entry, today=today) if (one.code, one.where) not in before]
    refuse_shortfalls(entry, found)
    draft = draft_of(entry)
    if not was_typed:
        entry.draft = {}
    entry.save(update_fields=["title", "group_name", "school", "draft"])
    if entry.state in SENT_ON and entry.school and entry.school.district_id != old_unit:
        refuse_over_quota(entry)
    save_authors(entry, draft, by=by, at=at)
    refresh_findings(entry)
    submission = next_version(entry, draft, by=by, at=at)
    made = Correction.objects.create(
        entry=entry, submission=submission, at=at, by=by, reason=reason, changes=changes, request=request
    )
    fields, said = sorted({one["what"] for one in changes}), entry.contest.mint.commitment(submission.digest)
    body = {"version": submission.version, "fields": fields, "content": said}
    events.record(entry.contest, "entry.corrected", entry, by=by, at=at, body=body)
    return made


def refuse_shortfalls(entry: Entry, found: Sequence[Shortfall]) -> None:
    if found:
        raise Refused(Denial("correction-breaks-rule", {"entry": entry, "why": sentence(found[0])}))


def corrected(typed: Typed, wanted: Wanted) -> Typed:
    """The form's words with the right names. Everything else of a person stays as it was."""
    authors = [dict(one) for one in typed.get("authors", ())]
    for one, name in zip(authors, wanted.authors, strict=True):
        one["name"] = name.strip()
    known = [dict(one) for one in typed.get("tutors", ())]
    tutors = []
    for at, name in enumerate(wanted.tutors):
        # A new tutor teaches where and what the first one does; who replaces one takes that one's place.
        one = known[at] if at < len(known) else {**known[0]} if known else {}
        if name.strip():
            tutors.append(one | {"name": name.strip()})
    return typed | {"authors": authors, "tutors": tutors}


def touched_by(entry: Entry) -> set[tuple[str, int]]:
    """The people and places that a correction may bring a title to, or take one from."""
    found = {("person", pk) for pk in entry.tutors.values_list("person", flat=True)}
    if entry.school:
        found |= {("school", entry.school.pk), ("district", entry.school.district_id)}
    return found

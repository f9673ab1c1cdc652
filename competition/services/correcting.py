"""Putting a name, tutor, title or school right after it was handed in: the next version, never an edited one."""

from collections.abc import Mapping, Sequence
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
from competition.services.agreeing import asked_of, refuse_alone
from competition.services.entering import content_of, locked_entry, next_version, save_authors
from competition.services.findings import refresh_findings
from competition.services.late_answers import follow_late_people
from competition.services.quotas import SENT_ON, refuse_over_quota
from competition.shortfalls import sentence
from competition.similar import refresh_soon
from competition.states import ContestState, StepKind

Typed = dict[str, Any]
Touched = tuple[str, int]
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
             "second-person-missing", "correction-breaks-rule", and what a list that is locked already says
    """
    entry = locked_entry(entry.pk)
    require_grounds(entry, reason, request, by=by, at=at)
    if seen != reading_digest(entry):
        raise Refused(Denial("names-changed", {"school": entry.school or entry}))
    changes = changes_between(wanted_of(entry), wanted)
    if not changes:
        raise Refused(Denial("nothing-to-correct", {"entry": entry}))
    all_of_them = [entry, *also]
    touched = set[Touched]().union(*map(touched_by, all_of_them))
    before = [people_of(one) for one in all_of_them]
    tutors = {one["old"]: one["new"] for one in changes if one["what"] == "tutor" and one["old"] and one["new"]}
    known = {str(one): one.person_id for one in entry.tutors.select_related("person")}
    made = [apply(entry, wanted, changes, reason.strip(), request, by=by, at=at)]
    for other in also:
        made += correct_tutors(other, tutors, known, reason.strip(), request, by=by, at=at)
    touched |= set[Touched]().union(*map(touched_by, all_of_them))
    renamed = {pair for was, one in zip(before, all_of_them, strict=True) for pair in renamed_people(was, one)}
    transaction.on_commit(refresh_soon)
    parts.corrected(entry.contest, touched=touched, renamed=sorted(renamed), reason=reason.strip(), by=by, at=at)
    follow_late_people(entry.contest, all_of_them, sorted(renamed), by=by, at=at)
    return made


def people_of(entry: Entry) -> dict[tuple[str, int], int]:
    """("author" | "tutor", place) -> the person there."""
    found = {("author", order): pk for order, pk in entry.authors.values_list("order", "person")}
    return found | {("tutor", order): pk for order, pk in entry.tutors.values_list("order", "person")}


def renamed_people(was: Mapping[tuple[str, int], int], entry: Entry) -> set[tuple[int, int]]:
    """(person before, person now) of those who left the entry under one name and came back under another."""
    now = people_of(entry)
    gone, fresh = set(was.values()) - set(now.values()), set(now.values()) - set(was.values())
    return {(was[place], now[place]) for place in was.keys() & now.keys() if was[place] in gone and now[place] in fresh}


def require_grounds(entry: Entry, reason: str, request: StoredFile | None, *, by: User, at: datetime) -> None:
    if denial := why_not_correct(asked_of(by), entry, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("correction-without-reason"))
    if entry.contest.state in (ContestState.LOCKED, ContestState.PUBLISHED):
        if request is None:
            raise Refused(Denial("request-missing", {"entry": entry}))
        refuse_alone(entry.contest, StepKind.CORRECT)


def correct_tutors(
    entry: Entry, names: dict[str, str], people: dict[str, int], reason: str, request: StoredFile | None, *,
    by: User, at: datetime,
) -> list[Correction]:  # fmt: skip
    """The same people under their right names in another entry of the contest."""
    entry = locked_entry(entry.pk)
    if denial := why_not_correct(asked_of(by), entry, at=at):
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
    typed, old_unit = typed_from_rows(entry), entry.school.district_id if entry.school else None
    entry.draft = typed  # what was typed once may be older than the rows
    before = {what_of(one) for one in lacking(entry, today=today)}
    entry.draft = corrected(at_own_school(typed, entry.school), wanted)
    entry.title, entry.group_name, entry.school = wanted.title.strip(), wanted.group_name.strip(), wanted.school
    refuse_shortfalls(entry, [one for one in lacking(entry, today=today) if what_of(one) not in before])
    draft = draft_of(entry)
    entry.draft = {}
    entry.save(update_fields=["title", "group_name", "school", "draft"])
    if entry.state in SENT_ON and entry.school and entry.school.district_id != old_unit:
        refuse_over_quota(entry)
    save_authors(entry, draft, by=by, at=at)
    refresh_findings(entry)
    submission = next_version(entry, content_of(entry, draft), by=by, at=at)
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


def what_of(one: Shortfall) -> tuple[str, str, str]:
    """Another entry of another pupil is another fault, though at the same place."""
    about = str(one.facts.get("other", "")) + str(one.facts.get("name", "")) if one.code == "author-elsewhere" else ""
    return one.code, one.where, about


def at_own_school(typed: Typed, school: School | None) -> Typed:
    """Who attends or teaches at the entry's own school goes along with it, also where its name was written out."""
    own = {school.name, *school.aliases} if school else set()
    return typed | {
        part: [{**one, "school": "" if one.get("school") in own else one.get("school", "")} for one in typed[part]]
        for part in ("authors", "tutors")
    }


def corrected(typed: Typed, wanted: Wanted) -> Typed:
    """The form's words with the right names. Everything else of a person stays with that person, whatever the order."""
    authors = renamed(typed["authors"], [name.strip() for name in wanted.authors])
    tutors = renamed(typed["tutors"], [name.strip() for name in wanted.tutors if name.strip()])
    return typed | {"authors": authors, "tutors": tutors}


def renamed(known: Sequence[Typed], names: Sequence[str]) -> list[Typed]:
    """Whoever keeps a name is that person; of the rest the first takes the place of the first who is gone. One more
    teaches where and what the first one does."""
    left = list(known)
    kept: dict[int, Typed] = {}
    for at, name in enumerate(names):
        same = next((one for one in left if one["name"] == name), None)
        if same is not None:
            left.remove(same)
            kept[at] = same
    first = {name: value for name, value in known[0].items() if name in ("school", "stage")} if known else {}
    return [
        kept[at] if at in kept else (left.pop(0) if left else first) | {"name": name} for at, name in enumerate(names)
    ]


def touched_by(entry: Entry) -> set[Touched]:
    """The people and places that a correction may bring a title to, or take one from."""
    entry = Entry.objects.select_related("school").get(pk=entry.pk)
    found = {("person", pk) for pk in entry.tutors.values_list("person", flat=True)}
    if entry.school:
        found |= {("school", entry.school.pk), ("district", entry.school.district_id)}
    return found

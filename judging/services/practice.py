"""Works to practise on, as the office puts them in, shows how they were marked, and takes them away."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from competition import events
from competition.errors import Denial, Refused
from competition.inspection import Unfit
from competition.models import Contest, StoredFile, User
from competition.services.announcing import LIMITS, MOST_FILES, Upload
from competition.services.findings import neutral_copy
from competition.services.materials import plain_name
from competition.services.papers import drop_unused, keep_paper
from competition.unfit import sentence
from judging.access import why_not_assign_judges, why_not_release_comparison
from judging.models import (
    Criterion,
    PracticeFile,
    PracticeMark,
    PracticeSet,
    PracticeSheet,
    PracticeWork,
    Rubric,
)
from judging.practising import rubric_of_practice, scale_of, sheets_of
from judging.services.commons import FEWEST

MOST_WORKS = 10


@transaction.atomic
def offer_practice(*, rubric: Rubric, is_first: bool, by: User, at: datetime) -> PracticeSet:
    """Judges of this track and round may practise; or must, before their first work opens. raises   Refused"""
    contest = Contest.objects.select_for_update().get(pk=rubric.round.contest_id)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    if rubric.is_measured:
        raise Refused(Denial("common-measured", {"track": rubric.track.label}))
    one, made = PracticeSet.objects.get_or_create(round=rubric.round, track=rubric.track)
    if made or one.is_first != is_first:
        one.is_first = is_first
        one.save(update_fields=["is_first"])
        events.record(contest, "practice.offered", one, by=by, at=at, body={"first": is_first})
    return one


@transaction.atomic
def drop_practice(*, practice: PracticeSet, by: User, at: datetime) -> None:
    """All of it, with what judges marked: it counted nowhere."""
    contest, practice = locked(practice)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    body = {"works": practice.works.count(), "sheets": sheets_on(practice)}
    events.record(contest, "practice.dropped", practice, by=by, at=at, body=body)
    copies = list(StoredFile.objects.filter(pk__in=PracticeFile.objects.filter(work__practice=practice).values("copy")))
    practice.delete()
    for one in copies:
        drop_unused(one)


def add_practice_work(
    *, practice: PracticeSet, title: str, abstract: str, uploads: Sequence[Upload], by: User, at: datetime
) -> PracticeWork:
    """Looking into files takes place outside a transaction; one that is not fit leaves nothing of the others.

    raises   Refused "practice-full", "practice-files", "file-unfit"
    """
    if denial := why_not_assign_judges(by, practice.round.contest, at=at):
        raise Refused(denial)
    with copies_of(uploads, at=at) as copies:
        return put_in(practice, title, abstract, copies, by=by, at=at)


@transaction.atomic
def put_in(
    practice: PracticeSet, title: str, abstract: str, copies: Sequence[StoredFile], *, by: User, at: datetime
) -> PracticeWork:
    contest, practice = locked(practice)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    if practice.works.count() >= MOST_WORKS:
        raise Refused(Denial("practice-full", {"most": MOST_WORKS}))
    last = practice.works.aggregate(last=Max("order"))["last"] or 0
    made = PracticeWork.objects.create(practice=practice, order=last + 1, title=title, abstract=abstract)
    attach(made, copies)
    events.record(contest, "practice.work-added", made, by=by, at=at, body={"files": [one.sha256 for one in copies]})
    return made


def change_practice_work(
    *, work: PracticeWork, title: str, abstract: str, uploads: Sequence[Upload], by: User, at: datetime
) -> PracticeWork:
    """Other words, more files. raises   Refused "practice-files", "file-unfit" """
    if denial := why_not_assign_judges(by, work.log_contest, at=at):
        raise Refused(denial)
    with copies_of(uploads, at=at) as copies:
        return put_other(work, title, abstract, copies, by=by, at=at)


@transaction.atomic
def put_other(
    work: PracticeWork, title: str, abstract: str, copies: Sequence[StoredFile], *, by: User, at: datetime
) -> PracticeWork:
    contest, _practice = locked(work.practice)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    work = still_there(work)
    work.title, work.abstract = title, abstract
    work.save(update_fields=["title", "abstract"])
    attach(work, copies)
    events.record(contest, "practice.work-changed", work, by=by, at=at, body={"files": [one.sha256 for one in copies]})
    return work


def attach(work: PracticeWork, copies: Sequence[StoredFile]) -> None:
    """raises   Refused "practice-files" """
    if work.files.count() + len(copies) > MOST_FILES:
        raise Refused(Denial("practice-files", {"most": MOST_FILES}))
    last = work.files.aggregate(last=Max("order"))["last"] or 0
    PracticeFile.objects.bulk_create(
        PracticeFile(work=work, order=order, copy=copy) for order, copy in enumerate(copies, last + 1)
    )


@contextmanager
def copies_of(uploads: Sequence[Upload], *, at: datetime) -> Iterator[list[StoredFile]]:
    """What judges get, for as long as it takes to say of what; neither originals nor names are kept."""
    if len(uploads) > MOST_FILES:
        raise Refused(Denial("practice-files", {"most": MOST_FILES}))
    kept: list[StoredFile] = []
    copies: list[StoredFile] = []
    try:
        for one in uploads:
            name = plain_name(one.name)
            try:
                if one.size > LIMITS.max_bytes:
                    raise Unfit("too-large", size=one.size, most=LIMITS.max_bytes)
                kept.append(keep_paper(name=name, chunks=one.chunks, limits=LIMITS, at=at))
                copies.append(neutral_copy(kept[-1], at=at))
            except Unfit as fault:
                raise Refused(Denial("file-unfit", {"name": name, "why": sentence(fault)})) from fault
        yield copies
    finally:
        for file in {one.pk: one for one in (*kept, *copies)}.values():
            drop_unused(file)


@transaction.atomic
def remove_practice_work(*, work: PracticeWork, by: User, at: datetime) -> None:
    """With what judges marked on it: it counted nowhere."""
    contest, _practice = locked(work.practice)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    work = still_there(work)
    copies = [one.copy for one in work.files.select_related("copy")]
    body = {"sheets": work.sheets.filter(judge__isnull=False).count()}
    events.record(contest, "practice.work-removed", work, by=by, at=at, body=body)
    work.delete()
    for copy in {one.pk: one for one in copies}.values():
        drop_unused(copy)


@transaction.atomic
def remove_practice_file(*, file: PracticeFile, by: User, at: datetime) -> None:
    contest, _practice = locked(file.work.practice)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    if PracticeFile.objects.filter(pk=file.pk).delete()[0]:
        events.record(contest, "practice.work-changed", file.work, by=by, at=at, body={"removed": file.copy.sha256})
        drop_unused(file.copy)


@transaction.atomic
def set_reference(
    *, work: PracticeWork, marks: Mapping[Criterion, int], remarks: Mapping[Criterion, str], by: User, at: datetime
) -> None:
    """What the office would give and why; all criteria, or none: then there is no reference any more.

    raises   Refused "marks-missing"
    """
    contest, practice = locked(work.practice)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    work = still_there(work)
    rubric = rubric_of_practice(practice)
    criteria = list(rubric.criteria.all())
    if marks and (denial := why_not_all(criteria, marks)):
        raise Refused(denial)
    PracticeSheet.objects.filter(work=work, judge=None).delete()
    if marks:
        sheet = PracticeSheet.objects.create(work=work, judge=None, scale=scale_of(rubric), saved_at=at)
        PracticeMark.objects.bulk_create(
            PracticeMark(sheet=sheet, criterion=one, points=points, remark=remarks.get(one, "")[:500])
            for one, points in marks.items()
        )
    events.record(contest, "practice.reference-set", work, by=by, at=at, body={"marks": len(marks)})


def why_not_all(criteria: Sequence[Criterion], marks: Mapping[Criterion, int]) -> Denial | None:
    """A blank is not a zero, not even for practice."""
    blank = [one for one in criteria if one not in marks]
    names = "、".join(one.label for one in blank)
    return Denial("marks-missing", {"missing": len(blank), "total": len(criteria), "names": names}) if blank else None


@transaction.atomic
def release_practice(*, practice: PracticeSet, by: User, at: datetime) -> PracticeSet:
    """Every judge who handed a work in sees from now on how they marked beside the others.

    What is compared of a work is settled when it is shown first and stays: where later sheets came in, their marks
    could be worked out from what changed. So nobody needs to be waited for.

    raises   Refused "practice-few"
    """
    contest, practice = locked(practice)
    if denial := why_not_release_comparison(by, contest, at=at):
        raise Refused(denial)
    if practice.released_at is not None:
        return practice
    sheets = sheets_of(practice, scale_of(rubric_of_practice(practice)))
    known = set(sheets.filter(is_compared=True).values_list("work", flat=True))
    counts = Counter(sheets.values_list("work", flat=True))
    ready = {pk for pk, count in counts.items() if count >= FEWEST}
    if not ready | known:
        raise Refused(Denial("practice-few", {"fewest": FEWEST}))
    compared = sheets.filter(work__in=ready - known).update(is_compared=True)
    practice.released_at = at
    practice.save(update_fields=["released_at"])
    events.record(contest, "practice.released", practice, by=by, at=at, body={"sheets": compared})
    return practice


@transaction.atomic
def take_back_practice(*, practice: PracticeSet, by: User, at: datetime) -> PracticeSet:
    """Nobody sees it any more; shown again it rests on the same sheets."""
    contest, practice = locked(practice)
    if denial := why_not_release_comparison(by, contest, at=at):
        raise Refused(denial)
    if practice.released_at is not None:
        practice.released_at = None
        practice.save(update_fields=["released_at"])
        events.record(contest, "practice.taken-back", practice, by=by, at=at)
    return practice


def sheets_on(practice: PracticeSet) -> int:
    return PracticeSheet.objects.filter(work__practice=practice, judge__isnull=False).count()


def locked(practice: PracticeSet) -> tuple[Contest, PracticeSet]:
    """raises   Refused "changed-meanwhile" where it is gone"""
    contest = Contest.objects.select_for_update().get(rounds=practice.round_id)
    rows = PracticeSet.objects.select_for_update(of=("self",)).select_related("round__contest", "track")
    found = rows.filter(pk=practice.pk).first()
    if found is None:
        raise Refused(Denial("changed-meanwhile", {"thing": practice}))
    return contest, found


def still_there(work: PracticeWork) -> PracticeWork:
    found = PracticeWork.objects.select_related("practice__round__contest").filter(pk=work.pk).first()
    if found is None:
        raise Refused(Denial("changed-meanwhile", {"thing": work}))
    return found

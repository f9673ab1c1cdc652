"""推荐汇总表: what a unit recommends, on paper with its stamp, and whether the paper still says what is recommended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from competition import events, files
from competition.access import UnitIn, why_not_stamp_summary
from competition.core.canon import digest
from competition.core.form_codes import mark_of, read_form_code, read_summary_code
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Unfit, page_codes
from competition.models import Contest, District, Entry, StoredFile, UnitSummary, User
from competition.services.quotas import sent_up
from competition.unfit import sentence


def recommended_by(unit: District, contest: Contest) -> list[Entry]:
    """In the unit's own order, as the printed summary has them."""
    return in_order(contest.entries.filter(school__district=unit))


def summary_digest(entries: Iterable[Entry]) -> str:
    """Changes with which works are recommended and in which order. A name put right since needs no other stamp."""
    return digest([one.number for one in entries])


def in_order(entries: QuerySet[Entry]) -> list[Entry]:
    rows = sent_up(entries).select_related("track", "division", "school")
    people = rows.prefetch_related("authors__person", "tutors__person")
    return list(people.order_by("unit_rank", "track__order", "order"))


Codes = Sequence[tuple[str, str]]


def codes_on(paper: StoredFile) -> Codes:
    """(unit, mark) of every code of a summary on the scan; none where none can be read. Outside a transaction.

    A form of an entry counts as the summary of nobody.
    """
    try:
        pages = page_codes(files.path_of(paper.sha256), FileKind(paper.kind))
    except Unfit as fault:
        raise Refused(Denial("file-unfit", {"name": "", "why": sentence(fault)})) from fault
    texts = [text for page in pages for text in page.texts]
    forms = [("", "") for text in texts if read_form_code(text)]
    return forms + [found for text in texts if (found := read_summary_code(text))]


@transaction.atomic
def stamp_summary(
    *, contest: Contest, unit: District, paper: StoredFile, by: User, at: datetime, codes: Codes = ()
) -> UnitSummary:
    """Keep the scan of the stamped summary; a later one takes the place of the one before, which stays readable.

    raises   Refused "nothing-recommended", "summary-of-other", "summary-out-of-date" where its code says so, and why
             it may not be handed in
    """
    if denial := why_not_stamp_summary(by, UnitIn(contest, unit), at=at):
        raise Refused(denial)
    entries = recommended_by(unit, contest)
    if not entries:
        raise Refused(Denial("nothing-recommended", {"unit": unit}))
    for key, mark in codes:
        if key != unit.key:
            raise Refused(Denial("summary-of-other", {"unit": unit}))
        if mark != mark_of(summary_digest(entries)):
            raise Refused(Denial("summary-out-of-date", {"unit": unit}))
    now = summary_digest(entries)
    made = UnitSummary.objects.create(contest=contest, district=unit, file=paper, digest=now, at=at, by=by)
    events.record(
        contest, "summary.stamped", unit, by=by, at=at, body={"entries": len(entries), "sha256": paper.sha256}
    )
    return made


def standing_summary(contest: Contest, unit: District) -> UnitSummary | None:
    """The last one that was handed in."""
    return contest.unit_summaries.filter(district=unit).select_related("by", "file").order_by("-pk").first()


def stamped_units(contest: Contest) -> dict[int, bool]:
    """unit -> whether its stamped summary says what is recommended now. Units without one are not in it."""
    recommended: dict[int, list[Entry]] = defaultdict(list)
    for entry in in_order(contest.entries.filter(school__district__summaries__contest=contest).distinct()):
        if entry.school is not None:
            recommended[entry.school.district_id].append(entry)
    last = {one.district_id: one.digest for one in contest.unit_summaries.order_by("pk")}
    return {pk: said == summary_digest(recommended[pk]) for pk, said in last.items()}

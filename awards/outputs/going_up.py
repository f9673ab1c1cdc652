"""What goes up from a contest or from a unit, as the forms that are printed and stamped."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.core.going_up import Cap, Forms, Mismatch, Place, Whole, Work, forms_of, mismatches
from awards.selectors import list_that_stands
from awards.wording import joined
from competition.core.cells import folded
from competition.core.grades import STAGES, stage_of
from competition.models import Contest, District, Entry, Forwarding
from competition.numbers_above import GIVEN, numbers_given_by
from competition.selectors import received_by_office
from competition.services.forwarded import forwarded, most_from_one
from competition.services.quotas import sent_up
from competition.services.summaries import recommended_by
from competition.states import EntryState

RECEIVED_BY_UNIT = (
    EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.NOT_RECOMMENDED, EntryState.PASSED,
    EntryState.NOT_PASSED,
)  # fmt: skip


@dataclass(frozen=True)
class GoingUp:
    """From whom to whom, the forms, and what in them does not agree. has_units: works come from several units."""

    sender_zh: str
    to_zh: str
    forms: Forms
    wrong: list[Mismatch]
    has_units: bool = True

    @property
    def is_right(self) -> bool:
        return bool(self.forms.total) and not self.wrong


def in_lists(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    rows = entries.select_related("contest", "track", "division", "school__district")
    return rows.prefetch_related("authors__person", "tutors__person", GIVEN)


def stage_zh(entry: Entry) -> str:
    """The division, else the stage of school of the first author; "" where there is neither."""
    if entry.division:
        return entry.division.label_zh
    first = next(iter(entry.authors.all()), None)
    stage = stage_of(first.grade) if first else ""
    return STAGES[stage][0] if stage else ""


def stages_in(*contests: Contest) -> list[str]:
    named = [one.label_zh for contest in contests for one in contest.divisions.all()]
    return list(dict.fromkeys([*named, *(zh for zh, _en in STAGES.values()), ""]))


def home_of(entry: Entry) -> Place:
    return entry.track.label_zh, stage_zh(entry)


def is_team(entry: Entry) -> bool:
    """Entered by several, or by a group."""
    return entry.track.is_group or len(entry.authors.all()) != 1


def work_of(own: Entry | None, there: Entry, prize: str = "") -> Work:
    """own: the entry here, None where nobody knows; there: as the higher contest has it, and names its track."""
    here = own or there
    given = numbers_given_by(there.contest, here)
    is_kept_there = own is not None and there.pk != here.pk and there.contest.belongs_to_id is None
    return Work(
        entry=own.pk if own else 0,
        number=here.number,
        title=there.title,
        track=there.track.label_zh,
        stage=stage_zh(there) or stage_zh(here),
        is_team=is_team(there),
        home=home_of(here),
        authors=joined([str(one) for one in there.authors.all()]) or there.group_name,
        school=there.school.name if there.school else "",
        unit=there.school.district.label_zh if there.school else "",
        tutors=joined([str(one) for one in there.tutors.all()]),
        prize=prize,
        authorisation=given.authorisation,
        number_above=given.number or (there.number if is_kept_there else ""),
    )


def forms_to(sender: Contest, higher: Contest) -> GoingUp:
    """Of a contest that is kept here and took our entries, or of a delegation."""
    pairs = sent_with_delegation(sender, higher) if hasattr(higher, "delegation") else sent_to(sender, higher)
    prizes = prizes_here(sender)
    works = [work_of(own, there, prizes.get(own.pk, "") if own else "") for own, there in pairs]
    received = received_by_office(sender)
    forms = forms_of(works, places_of(received), track_names(higher), track_names(sender), stages_in(sender, higher))
    most = None if hasattr(higher, "delegation") else most_from_one(higher)
    whole = whole_of(up_there(sender, higher), received, () if most is None else (Cap(most),))
    return GoingUp(sender.label_zh, higher.label_zh, forms, mismatches(forms, whole))


def up_there(sender: Contest, higher: Contest) -> QuerySet[Entry]:
    """The entries as the higher contest has them, asked for apart from the forms."""
    if hasattr(higher, "delegation"):
        return higher.entries.entered()
    received = Forwarding.objects.filter(sent__contest=sender, contest=higher)
    return higher.entries.filter(pk__in=received.values("entry")).exclude(state=EntryState.WITHDRAWN)


def sent_to(sender: Contest, higher: Contest) -> list[tuple[Entry | None, Entry]]:
    rows = list(forwarded(sender).filter(contest=higher).values_list("sent", "entry"))
    own = in_lists(sender.entries.all()).in_bulk([sent for sent, _entry in rows])
    there = in_lists(higher.entries.all()).in_bulk([entry for _sent, entry in rows])
    return [(own.get(sent), there[entry]) for sent, entry in rows]


def sent_with_delegation(sender: Contest, higher: Contest) -> list[tuple[Entry | None, Entry]]:
    """By the number that they have here; once the published list gave them others, by title and school."""
    own = list(in_lists(sender.entries.entered()))
    by_number = {one.number: one for one in own}
    by_title = {(folded(one.title), one.school_id): one for one in own}

    def here(there: Entry) -> Entry | None:
        found = by_number.get(there.number)
        if found and folded(found.title) == folded(there.title):
            return found
        return by_title.get((folded(there.title), there.school_id))

    return [(here(one), one) for one in in_lists(higher.entries.entered()).order_by("track__order", "order")]


def forms_of_unit(unit: District, contest: Contest) -> GoingUp:
    """What a unit recommends to a contest, in its own order."""
    entries = in_lists(contest.entries.filter(school__district=unit))
    rows = {one.pk: one for one in entries}
    works = [work_of(rows[one.pk], rows[one.pk]) for one in recommended_by(unit, contest)]
    received = entries.filter(state__in=RECEIVED_BY_UNIT)
    tracks = track_names(contest)
    forms = forms_of(works, places_of(received), tracks, tracks, stages_in(contest))
    quotas = contest.quotas.filter(district=unit).select_related("track", "division")
    caps = tuple(
        Cap(one.most, one.track.label_zh if one.track else None, one.division.label_zh if one.division else None)
        for one in quotas
    )
    sent = sent_up(contest.entries.filter(school__district=unit))
    return GoingUp(
        unit.label_zh, contest.label_zh, forms, mismatches(forms, whole_of(sent, received, caps)), has_units=False
    )


def places_of(entries: QuerySet[Entry]) -> list[Place]:
    return [home_of(one) for one in entries.select_related("track", "division").prefetch_related("authors")]


def track_names(contest: Contest) -> list[str]:
    return [one.label_zh for one in contest.tracks.all()]


def prizes_here(sender: Contest) -> dict[int, str]:
    award_list = list_that_stands(sender)
    return dict(award_list.awards.values_list("entry", "label_zh")) if award_list else {}


def whole_of(up: QuerySet[Entry], received: QuerySet[Entry], caps: Sequence[Cap]) -> Whole:
    """Counted by the database."""
    tracks: Any = up.order_by().values_list("track__label_zh", flat=True)
    keys: Any = received.order_by().values_list("pk", flat=True)
    return Whole(up.count(), Counter(tracks), frozenset(keys), tuple(caps))


def mismatch_sentence(one: Mismatch) -> str:
    sentences = {
        "sum-differs": _("%(form)s: %(found)s works, but %(sent)s go up."),
        "received-differs": _("Received and recommended: %(found)s received in its lines, %(received)s in all."),
        "track-differs": _("%(track)s: %(summed)s in the summary, %(listed)s in its list, %(sent)s go up."),
        "listed-twice": _("Entry %(number)s stands in the lists twice."),
        "not-received": _("Entry %(number)s “%(title)s” goes up, but it is not among those received here any more."),
        "more-than-received": _("%(place)s: %(recommended)s recommended of %(received)s received."),
        "over-quota": _("%(place)s: %(found)s go up, the quota is %(most)s."),
    }
    forms = {"summary": _("Summary"), "lists": _("Lists"), "balance": _("Received and recommended")}
    facts = dict(one.facts)
    facts["form"] = forms.get(str(facts.get("form", "")), "")
    words = [str(facts.get(name, "")) for name in ("track", "stage")]
    facts["place"] = " · ".join(filter(None, words)) or _("In all")
    return sentences[one.code] % facts

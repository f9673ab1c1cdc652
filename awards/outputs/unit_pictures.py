"""Prizes of the list that stands by district and by school: how many works, and how many people."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from awards.models import Award, AwardList
from awards.outputs.pictures import kinds_of
from competition.core.pictures import Bar, Chart, Kind, bars
from competition.models import Author, District, Entry, School
from competition.states import ContestKind
from competition.wording import in_a_row

MOST_BARS = 25
Unit = District | School


def unit_charts(award_list: AwardList) -> list[Chart]:
    """By district, all that sent an entry; by school, all that won something. None without a prize."""
    awards = list(with_units(award_list))
    if not awards:
        return []
    kinds, people = kinds_of(awards), people_of(award_list, awards)
    by_district = won_by(awards, district_of)
    sent = entries_by_district(award_list)
    for district in sent:
        by_district.setdefault(district, [])
    by_school = won_by(awards, lambda award: school_of(award.entry))
    is_award = award_list.contest.kind == ContestKind.AWARD
    columns = [(_("Nominees") if is_award else _("Entries"), sent)]
    note = in_a_row(
        [
            "" if is_award else _("People are authors; who won more than once counts once."),
            _("Special prizes are left aside.") if award_list.specials.exists() else "",
        ]
    )
    return [
        unit_chart("districts", (_("Prizes by district"), _("District")), kinds, by_district, people, columns, note),
        unit_chart("schools", (_("Prizes by school"), _("School")), kinds, by_school, people, [], note),
    ]


def with_units(award_list: AwardList) -> list[Award]:
    nominee = ("entry__nomination__person__school__district", "entry__nomination__school__district")
    return list(award_list.awards.select_related("entry__school__district", *nominee))


def school_of(entry: Entry) -> School | None:
    """Of a nominee their own, or the school that is the nominee."""
    nomination = getattr(entry, "nomination", None)
    if entry.school or nomination is None:
        return entry.school
    school: School | None = nomination.school or nomination.person.school
    return school


def district_of(award: Award) -> District | None:
    school = school_of(award.entry)
    return school.district if school else None


def people_of(award_list: AwardList, awards: Sequence[Award]) -> dict[int, set[int]]:
    """By entry: its authors, or the nominee."""
    found: dict[int, set[int]] = defaultdict(set)
    for entry, person in Author.objects.filter(entry__awards__list=award_list).values_list("entry", "person"):
        found[entry].add(person)
    for award in awards:
        nomination = getattr(award.entry, "nomination", None)
        if nomination is not None and nomination.person_id:
            found[award.entry_id].add(nomination.person_id)
    return found


def entries_by_district(award_list: AwardList) -> dict[Unit, int]:
    counted = Counter(
        Entry.objects.countable().filter(contest=award_list.contest).values_list("school__district", flat=True)
    )
    return {one: counted[one.pk] for one in District.objects.filter(pk__in=[key for key in counted if key])}


def won_by(awards: Sequence[Award], unit_of: Callable[[Award], Unit | None]) -> dict[Unit, list[Award]]:
    found: dict[Unit, list[Award]] = defaultdict(list)
    for award in awards:
        if unit := unit_of(award):
            found[unit].append(award)
    return found


def unit_chart(
    name: str,
    words: tuple[str, str],
    kinds: Mapping[str, Kind],
    won: Mapping[Unit, Sequence[Award]],
    people: Mapping[int, set[int]],
    columns: Sequence[tuple[str, Mapping[Unit, int]]],
    note: str,
) -> Chart:
    """words     the title, and what a row is
    columns   head and numbers of what stands before the prizes
    """
    title, head = words
    rows = sorted(won, key=lambda unit: (-len(won[unit]), str(unit)))
    counts = {unit: Counter(award.code for award in won[unit]) for unit in rows}
    drawn = [Bar(str(unit), [counts[unit][code] for code in kinds]) for unit in rows[:MOST_BARS]]
    if len(rows) > MOST_BARS:
        first = _("Drawn are the %(number)s with the most prizes; the table has all %(all)s.")
        note = in_a_row([first % {"number": MOST_BARS, "all": len(rows)}, note])
    return Chart(
        title,
        bars(name, list(kinds.values()), drawn),
        [
            head,
            *(one for one, _numbers in columns),
            *(one.words for one in kinds.values()),
            _("All prizes"),
            _("People"),
        ],
        [
            [
                str(unit),
                *(numbers.get(unit, 0) for _head, numbers in columns),
                *(counts[unit][code] for code in kinds),
                len(won[unit]),
                len(set().union(*(people.get(award.entry_id, set()) for award in won[unit]))),
            ]
            for unit in rows
        ],
        note,
    )

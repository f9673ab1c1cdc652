"""Who comes to the prize-giving: winners and their tutors, each once, by school."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from awards.models import AwardList
from awards.outputs.list_file.lines import People, people_of
from awards.outputs.running_order import Call, Winner, running_order
from competition.models import Author, District, School, Tutor


@dataclass(frozen=True)
class Guest:
    """who   the same for one person on several lines; a name that its entry no longer has is a person of its own"""

    who: object
    name: str
    is_tutor: bool


@dataclass
class Delegation:
    """Of one school; `school` None: of those who come from none."""

    school: School | None
    guests: dict[object, Guest] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.school.name if self.school else "其他"

    @property
    def unit(self) -> District | None:
        return self.school.district if self.school else None

    def count(self, *, tutors: bool) -> int:
        return sum(one.is_tutor == tutors for one in self.guests.values())


def delegations_of(lists: Sequence[AwardList]) -> list[Delegation]:
    """Schools of winners, those with the highest prizes first; in each, who is called last comes first. Who has won
    with several schools comes with that of the highest prize."""
    found: dict[int, Delegation] = {}
    seen: set[object] = set()
    calls, people = running_order(lists), links_of(lists)
    for call in reversed(calls):
        for winner in call.winners:
            place = winner.place
            of = found.setdefault(place.pk if place else 0, Delegation(place))
            for guest in guests_of(call, winner, people):
                if guest.who not in seen:
                    seen.add(guest.who)
                    of.guests[guest.who] = guest
    return list(found.values())


def links_of(lists: Sequence[AwardList]) -> tuple[People, People]:
    """Authors and tutors of all entries of these contests: entry -> name -> person."""
    authors: People = {}
    tutors: People = {}
    for one in lists:
        entries = {*one.awards.values_list("entry", flat=True), *one.specials.values_list("entry", flat=True)}
        authors |= people_of(Author, one, entries)
        tutors |= people_of(Tutor, one, entries)
    return authors, tutors


def guests_of(call: Call, winner: Winner, people: tuple[People, People]) -> Iterator[Guest]:
    """A team without names comes as one; a school that won sends whom it likes."""
    authors, tutors = (one.get(winner.entry, {}) for one in people)
    if winner.person:
        yield Guest(winner.person, winner.names[0], is_tutor=True)
    elif winner.names:
        for name in winner.names:
            is_tutor = call.contest.is_award and name in tutors and name not in authors
            yield Guest(({**tutors, **authors}).get(name, (winner.entry, name)), name, is_tutor)
    elif winner.title:
        yield Guest((winner.entry, winner.group), winner.group, is_tutor=False)
    for name in winner.tutors:
        yield Guest(tutors.get(name, (winner.entry, name, "tutor")), name, is_tutor=True)

"""Whom the names of a list may mean: everyone of those names, and every school, asked for once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from awards.elsewhere.rows import IS_NEW, Choice
from competition.core.cells import SEPARATORS, folded
from competition.core.school_names import are_told_apart, likeness, plain, short
from competition.models import Person, School

AT_ONCE = 5000  # names in one question to the database
MOST = 8  # people offered for one name
LONG_ENOUGH = 6  # a shorter name at the end of another is every town's: 实验小学


class Schools:
    """By every name they have; a name that is not exactly theirs only makes them candidates."""

    def __init__(self, schools: Iterable[School]):
        self.exact: dict[str, list[School]] = defaultdict(list)
        self.short: dict[str, list[School]] = defaultdict(list)
        for one in schools:
            for name in dict.fromkeys([one.name, *one.aliases]):
                self.exact[plain(name)].append(one)
                self.short[short(name)].append(one)

    def called(self, text: str) -> list[School]:
        """Exactly so; a cell may name the school of each author."""
        found = [one for name in (text, *SEPARATORS.split(text)) if name for one in self.exact.get(plain(name), ())]
        return list(dict.fromkeys(found))

    def like(self, text: str) -> list[School]:
        """Whom the text may mean: as people shorten names, or with the province in front."""
        if not plain(text):
            return []
        found = list(self.short.get(short(text), ()))
        whole = plain(text)
        for start in range(1, len(whole) - LONG_ENOUGH + 1):
            found += self.exact.get(whole[start:], ())
        return [one for one in dict.fromkeys(found) if not are_told_apart(text, one.name)]


class People:
    """Pupils and tutors who have one of the names of the list, by kind and folded name."""

    def __init__(self, names: Iterable[str]):
        self.by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for some in batches(dict.fromkeys(names)):
            found = Person.objects.filter(name__in=some, kind__in=("student", "tutor"))
            for one in found.select_related("school").order_by("pk"):
                self.by_name[one.kind, folded(one.name)].append(one)

    def called(self, kind: str, name: str) -> list[Person]:
        return self.by_name.get((kind, folded(name)), [])


def batches(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def choices_for(
    name: str, people: Sequence[Person], exact: Sequence[School], near: Sequence[School], beside: Collection[Person]
) -> tuple[list[Choice], str]:
    """Whom a name may mean, and the answer that stands unless a person says otherwise ("" where a person must say).

    people   of this name and kind
    exact    schools that the row names exactly; near: those it may mean
    beside   authors and tutors of the entry that the row speaks of
    """
    mine = [one for one in people if one in beside]
    at_school = mine or [one for one in people if one.school in exact]
    others = [one for one in people if one.school in near and one not in at_school]
    shown = [*at_school, *others][:MOST]
    offered = [person_choice(one) for one in shown]
    offered += [Choice(f"{IS_NEW}{one.key}", name, one.name, of_school=one) for one in (*exact, *near)]
    if len(at_school) == 1 and (mine or not others):
        return offered, at_school[0].key
    if not at_school and not others and len(exact) == 1:
        return offered, f"{IS_NEW}{exact[0].key}"
    return offered, ""


def person_choice(one: Person) -> Choice:
    told = f"{one.name} {one.code}".strip()
    return Choice(one.key, told, one.school.name if one.school else "", person=one)


def schools_near(text: str, people: Sequence[Person], schools: Schools) -> list[School]:
    """Schools that the text may mean: by its words, or because a person of the row is at one that reads like it."""
    found = schools.like(text)
    found += [one.school for one in people if one.school and (not text or likeness(text, one.school.name))]
    return list(dict.fromkeys(found))

"""What a committee decided: who passes, and who of them has a place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Terms:
    """`majority` of the votes "cast", the members "present" or all "members"; `quorum` of the members take part."""

    places: int
    majority: Fraction = Fraction(2, 3)
    majority_of: str = "cast"
    quorum: Fraction = Fraction(2, 3)


@dataclass(frozen=True)
class Count:
    """What a round gave one nominee. `recused`: members of the round who do not vote on this one."""

    yes: int
    no: int = 0
    abstain: int = 0
    recused: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain


@dataclass(frozen=True)
class Tally:
    """Votes on one nominee. Who was recused leaves numerator and denominator."""

    nominee: str
    yes: int
    no: int
    abstain: int
    recused: int
    needed: int

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def has_passed(self) -> bool:
        return self.cast > 0 and self.yes >= self.needed


@dataclass(frozen=True)
class Result:
    """`winners` in order; `held`: nominees equal in votes and in the experts' ranking at the last place."""

    tallies: tuple[Tally, ...]
    winners: tuple[str, ...]
    held: tuple[str, ...]
    has_quorum: bool


def least_votes(voters: int, majority: Fraction) -> int:
    """The least number that is at least this share: two thirds of 7 is 5; one half means more than half."""
    if majority == Fraction(1, 2):
        return voters // 2 + 1
    return -int(-voters * majority // 1)


def counted(nominee: str, count: Count, present: int, members: int, terms: Terms) -> Tally:
    """Who is recused leaves the members who are counted too, whichever they are."""
    of = {"members": members - count.recused, "present": present - count.recused, "cast": count.cast}
    needed = least_votes(of[terms.majority_of], terms.majority)
    return Tally(nominee, count.yes, count.no, count.abstain, count.recused, needed)


def count_of(votes: Mapping[str, str]) -> Count:
    """votes: member -> "yes", "no", "abstain" or "recused"."""
    said = Counter(votes.values())
    return Count(said["yes"], said["no"], said["abstain"], said["recused"])


def result(
    votes: Mapping[str, Mapping[str, str]], ranks: Mapping[str, int], members: int, terms: Terms, places: int
) -> Result:
    """One ballot whose votes are named: nominee -> member -> choice, eligible nominees only. See `result_of_counts`."""
    present = {member for cast in votes.values() for member in cast}
    counts = {nominee: count_of(cast) for nominee, cast in votes.items()}
    return result_of_counts(counts, len(present), ranks, members, terms, places)


def result_of_counts(
    counts: Mapping[str, Count], present: int, ranks: Mapping[str, int], members: int, terms: Terms, places: int
) -> Result:
    """One ballot.

    counts   by nominee, eligible ones only
    present  members of the round
    ranks    nominee -> rank among the experts' scores, 1 best; decides between equal votes
    members  entitled to vote
    places   still free; fewer may be filled, never more
    raises   KeyError where a nominee has no rank
    source   docs/rulebook.md "The committee's ballot"
    """
    tallies = tuple(counted(nominee, count, present, members, terms) for nominee, count in sorted(counts.items()))
    if present < least_votes(members, terms.quorum):
        return Result(tallies, (), (), False)
    passed = sorted((one for one in tallies if one.has_passed), key=lambda one: place_of(one, ranks))
    winners, held = filled([place_of(one, ranks) for one in passed], places)
    names = [one.nominee for one in passed]
    return Result(tallies, tuple(names[:winners]), tuple(names[winners : winners + held]), True)


def place_of(one: Tally, ranks: Mapping[str, int]) -> tuple[int, int]:
    return (-one.yes, ranks[one.nominee])


def filled(ordered: Sequence[tuple[int, int]], places: int) -> tuple[int, int]:
    """How many win, and how many more are tied with each other across the last place."""
    if len(ordered) <= places:
        return len(ordered), 0
    if places == 0:
        return 0, 0
    border = ordered[places - 1]
    if ordered[places] != border:
        return places, 0
    return ordered.index(border), list(ordered).count(border)

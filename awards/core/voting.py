"""Who stands in a round, how many a ballot may name, and whether what was counted adds up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from awards.core.ballot import Count, Result, place_of

CHOICES = ("yes", "no", "abstain")
INVALID_WHY = ("over", "unclear", "foreign", "other")  # too many names, not to be read, not our paper, anything else


def next_nominees(
    left: Sequence[str], ranks: Mapping[str, int], last: Result | None, held: Sequence[str], places: int, rule: str
) -> list[str]:
    """Who stands in the next round, best of the experts first.

    left    who has no place yet
    last    the round before, None for the first
    held    tied across the last place: they alone stand, since they have passed
    places  still free
    rule    "all", or "double": of the round before those with most votes, two for each place; who is equal with the
            last of them stands too
    """
    if not places:
        return []
    among = [one for one in left if one in set(held)] or list(left)
    if rule == "double" and last is not None and last.has_quorum and not held:
        places_of = {one.nominee: place_of(one, ranks) for one in last.tallies if one.nominee in set(left)}
        ordered = sorted(places_of.values())
        if ordered:
            border = ordered[min(2 * places, len(ordered)) - 1]
            among = [one for one in left if one in places_of and places_of[one] <= border]
    return sorted(among, key=lambda one: (ranks[one], one))


def most_names(places: int, nominees: int) -> int:
    """How many nominees one ballot may name: never more than there are places."""
    return min(places, nominees)


@dataclass(frozen=True)
class Fault:
    """`where`: the field that does not add up, "" for all of it; `code` finds the sentence."""

    where: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def choice_faults(choices: Mapping[str, str], due: Sequence[str], cap: int) -> list[Fault]:
    """One ballot: each nominee of `due` has one known choice, nobody else has any, and no more than `cap` are named."""
    faults = [Fault(one, "vote-incomplete") for one in due if choices.get(one) not in CHOICES]
    faults += [Fault(one, "vote-unknown") for one in choices if one not in due]
    named = list(choices.values()).count("yes")
    if named > cap:
        faults.append(Fault("", "vote-over-cap", {"named": named, "cap": cap}))
    return faults


@dataclass(frozen=True)
class Paper:
    """A round as it was counted from paper. counts: by nominee, with who is recused"""

    issued: int
    returned: int
    valid: int
    invalid_why: Mapping[str, int]
    counts: Mapping[str, Count]

    @property
    def invalid(self) -> int:
        return sum(self.invalid_why.values())


def paper_faults(paper: Paper, present: int, cap: int) -> Iterator[Fault]:
    """What does not add up, each with its field.

    present  members on the roll
    source   docs/rulebook.md "The committee's ballot"
    """
    if paper.issued > present:
        yield Fault("issued", "ballots-over-present", {"issued": paper.issued, "present": present})
    if paper.returned > paper.issued:
        yield Fault("returned", "ballots-over-issued", {"returned": paper.returned, "issued": paper.issued})
    if paper.valid + paper.invalid != paper.returned:
        together = {"valid": paper.valid, "invalid": paper.invalid, "returned": paper.returned}
        yield Fault("valid", "ballots-not-together", together)
    for nominee, count in paper.counts.items():
        least, most = max(paper.valid - count.recused, 0), min(paper.valid, present - count.recused)
        if not least <= count.cast <= most:
            facts: dict[str, object] = {"entry": nominee, "cast": count.cast, "least": least, "most": most}
            yield Fault(nominee, "votes-not-together", facts)
    named = sum(count.yes for count in paper.counts.values())
    if named > cap * paper.valid:
        yield Fault("", "votes-over-cap", {"named": named, "most": cap * paper.valid, "cap": cap})

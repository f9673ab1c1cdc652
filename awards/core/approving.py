"""How far a list has come through the bodies above the committee. No body approves what those before it did not."""

from collections.abc import Sequence
from dataclasses import dataclass

REFUSED = "refused"


@dataclass(frozen=True)
class Said:
    """What one body said, in the order in which it was recorded.

    seen       digest of the prizes that were put before it
    approves   digest of the prizes that it approves: without those that it struck; "" where it refused
    """

    step: str
    outcome: str
    seen: str
    approves: str


@dataclass(frozen=True)
class Standing:
    """By row of what was said: `holds`, one row for each of the first steps, is what stands of a list; `pending` the
    row by which the next body struck somebody from this very list, or refused it."""

    holds: tuple[int, ...]
    pending: int | None = None


def standing(steps: Sequence[str], said: Sequence[Said], prizes: str) -> Standing:
    """What was said of a list with these prizes.

    Each body approves what the body before it did, but for what it strikes itself. So a list is followed back: the last
    body approved its very prizes, the one before approved what the last one saw. Anything that changes who has which
    prize leaves only what was said of the prizes as they are now. Of each body its latest word counts.
    source   docs/rulebook.md "Approval above the committee"
    """
    latest = {one.step: row for row, one in enumerate(said)}
    for number in range(len(steps), -1, -1):
        rows = chain(steps[:number], latest, said, prizes)
        if rows is not None:
            return Standing(rows, pending(steps[number:], rows, latest, said, prizes))
    raise AssertionError("Nothing is asked of no steps.")


def chain(steps: Sequence[str], latest: dict[str, int], said: Sequence[Said], prizes: str) -> tuple[int, ...] | None:
    """Rows of these steps that lead to these prizes, each recorded after the one before; None where they do not."""
    rows: list[int] = []
    wanted, after = prizes, len(said)
    for step in reversed(steps):
        row = latest.get(step)
        if row is None or row >= after or said[row].outcome == REFUSED or said[row].approves != wanted:
            return None
        rows.append(row)
        wanted, after = said[row].seen, row
    return tuple(reversed(rows))


def pending(
    left: Sequence[str], rows: Sequence[int], latest: dict[str, int], said: Sequence[Said], prizes: str
) -> int | None:
    """What the next body said of this very list, where that is not its approval as it stands."""
    row = latest.get(left[0]) if left else None
    if row is None or said[row].seen != prizes or (rows and row < rows[-1]):
        return None
    return row if said[row].approves != prizes else None

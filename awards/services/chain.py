"""What the tie-breakers of a plan say of the entries of one place, each asked only where a tie reaches it."""

from collections.abc import Sequence
from typing import overload

from judging.core.tiebreaks import TieBreaker, Value
from judging.models import Rubric
from judging.services.tiebreaks import Judged

Said = list[Value | None]


class Chain(Sequence[Said]):
    """As `prizes.Values`: (breakers, entries).

    rubric    whose sheets a judge is left out of, in `without`
    entries   by primary key
    """

    def __init__(self, judged: Judged, rubric: Rubric, entries: Sequence[int], breakers: Sequence[TieBreaker]):
        self.judged, self.rubric, self.entries, self.breakers = judged, rubric, entries, breakers
        self.said: dict[int, Said] = {}

    def __len__(self) -> int:
        return len(self.breakers)

    @overload
    def __getitem__(self, step: int) -> Said: ...
    @overload
    def __getitem__(self, step: slice) -> list[Said]: ...
    def __getitem__(self, step: int | slice) -> Said | list[Said]:
        if isinstance(step, slice):
            return [self[at] for at in range(len(self))[step]]
        if step not in range(len(self)):
            raise IndexError(step)
        if step not in self.said:
            self.said[step] = self.asked(step)
        return self.said[step]

    def asked(self, step: int) -> Said:
        return self.judged.values_of(self.rubric.track, self.entries, self.breakers[step])

    def without(self, judge: int) -> "Chain":
        """As if this judge, by primary key, had marked nothing of the track in the round."""
        return WithoutJudge(self, judge)


class WithoutJudge(Chain):
    """Only what hangs on this judge's entries is asked anew."""

    def __init__(self, whole: Chain, judge: int):
        super().__init__(whole.judged, whole.rubric, whole.entries, whole.breakers)
        self.whole, self.judge = whole, judge

    def asked(self, step: int) -> Said:
        frame = self.judged.frame
        here = (frame["round"] == self.rubric.round_id) & (frame["track"] == self.rubric.track_id)
        theirs = here & (frame["judge"] == self.judge)
        marked = set(frame["entry"][theirs])
        rows = [row for row, entry in enumerate(self.entries) if entry in marked]
        kept = frame[~theirs & frame["entry"].isin(marked)]
        judged = Judged(self.judged.contest, kept, self.judged.field)
        found = list(self.whole[step])
        again = judged.values_of(self.rubric.track, [self.entries[row] for row in rows], self.breakers[step])
        for row, value in zip(rows, again, strict=True):
            found[row] = value
        return found

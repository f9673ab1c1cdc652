"""Where a further review is worth most: next to a cut, with few reviews. What a prize is worth is not asked."""

import numpy as np

from awards.core.deciding import FloatArray
from judging.core.scores import IntArray

CERTAIN = 1e-9  # shares of draws are sums of floats


def likeliest(chances: FloatArray) -> FloatArray:
    """(entries,) the share of draws of what an entry most often wins, no prize included.

    chances   (levels, entries)  as `deciding.level_shares`; what is missing to 1 is no prize
    """
    none = 1 - chances.sum(axis=0)
    return np.maximum(chances.max(axis=0, initial=0.0), none)


def next_reviews(sure: FloatArray, reviews: IntArray, room: IntArray) -> list[int]:
    """Rows in the order in which further reviews go to them, each as often as it has room.

    sure      (entries,)  the share of draws of what the entry most often wins
    reviews   (entries,)  that it has, further ones of before included
    room      (entries,)  further ones that it may have
    rule      always the entry with the largest (1 - sure) / (reviews + 1), by row where equal; who is sure gets none
    source    one more of R reviews takes 1 / (R + 1) off what is left of chance; docs/rulebook.md "Borderline reviews"
    """
    doubt = 1 - sure
    rows = [row for row, most in enumerate(room.tolist()) if doubt[row] > CERTAIN for _ in range(most)]
    nth = [at for row, most in enumerate(room.tolist()) if doubt[row] > CERTAIN for at in range(most)]
    row_of = np.array(rows, dtype=np.int64)
    worth = doubt[row_of] / (reviews[row_of] + np.array(nth, dtype=np.int64) + 1)
    return row_of[np.lexsort((row_of, -worth))].tolist()

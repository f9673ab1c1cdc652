"""Similar works: a hint to look at two texts side by side, never a verdict.

texts      what of a text is compared, and where it stands in the text as written
grams      short windows of a text as numbers, and how much a text says
index      the texts of many works, without their words: built, extended, thinned, stored
search     which of them stand out as similar to a text, or to each other
passages   what two texts have in common, for a page to mark
"""

from competition.core.similarity.index import Index, SimilarityInputError, build_index, extended, without
from competition.core.similarity.passages import Passage, passages
from competition.core.similarity.search import LEAST, STANDS_OUT, Match, Pair, all_matches, matches
from competition.core.similarity.texts import normalised

__all__ = [
    "LEAST",
    "STANDS_OUT",
    "Index",
    "Match",
    "Pair",
    "Passage",
    "SimilarityInputError",
    "all_matches",
    "build_index",
    "extended",
    "matches",
    "normalised",
    "passages",
    "without",
]

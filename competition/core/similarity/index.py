"""The texts of many works as numbers, to be searched. Their words are not in it."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from math import isqrt
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from competition.core.similarity.grams import BITS, columns_of
from competition.core.similarity.texts import IntArray, normalised, substance

FORMAT = 2  # raise it whenever the same text would get other columns
SHORT = 50  # wide characters; under it a text is a title (demo: up to 46), and only an equal one is similar
BLANK = 4  # wide characters; under it ("无", "n/a") nothing is similar
SEEN = 5  # texts; a gram in fewer counts as if it had been in so many, or typing errors would count most


class SimilarityInputError(ValueError):
    """Keys that do not fit their texts, or bytes that are no index of ours."""


@dataclass(frozen=True, eq=False)
class Index:
    """Texts by their grams. A row's worth rests on the texts at the last rebuild only.

    keys         (rows,) one name for each text, no two equal
    digests      (rows,) equal for equal normalised texts; 0 for a blank one
    starts       (rows + 1,) where the columns of a row begin
    columns      all rows' grams, ascending in a row; none for short texts
    counted      texts with grams at the last rebuild
    frequencies  (2^20,) how many of those had the gram
    """

    keys: tuple[str, ...]
    digests: NDArray[np.uint64]
    starts: IntArray
    columns: NDArray[np.int32]
    counted: int
    frequencies: NDArray[np.int32]

    @cached_property
    def filled(self) -> int:
        """Texts with grams."""
        return int((np.diff(self.starts) > 0).sum())

    @cached_property
    def rank(self) -> int:
        """Which nearest text tells what is usual here: two places for the text itself and a copy, then a
        number for which one STANDS_OUT serves small and large indexes (measured from 20 to 100,000 texts)."""
        return isqrt(self.filled) + 2

    @property
    def is_due(self) -> bool:
        """Whether so much was added since the last rebuild that frequencies should be counted again."""
        return self.filled > 2 * self.counted

    @cached_property
    def worths(self) -> NDArray[np.float32]:
        """(2^20,) what a gram counts: the rarer, the more (inverse document frequency, smoothed)."""
        return np.log1p(max(self.counted, 1) / (self.frequencies + SEEN)).astype(np.float32)

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """(columns,) worths, over the length of the row, so that a product of two rows is their cosine."""
        return weights_of(self.starts, self.columns, self.worths)

    @cached_property
    def postings(self) -> csr_matrix:
        """(2^20, rows) the weights by gram."""
        rows = csr_matrix((self.weights, self.columns, self.starts), shape=(len(self.keys), 1 << BITS))
        return rows.T.tocsr()

    def to_bytes(self) -> bytes:
        """To be stored; equal indexes give equal bytes."""
        common = np.flatnonzero(self.frequencies)
        target = io.BytesIO()
        np.savez(
            target,
            format=np.array([FORMAT, self.counted]),
            keys=np.array(self.keys, dtype=np.str_),
            digests=self.digests,
            starts=self.starts,
            columns=self.columns,
            common=common.astype(np.int32),
            frequencies=self.frequencies[common],
        )
        return target.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Index":
        """What `to_bytes` gave.

        raises   SimilarityInputError where it is something else, or was made by another version: build anew
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                arrays = dict(stored)
            version, counted = arrays["format"].tolist()
            if version != FORMAT:
                raise SimilarityInputError(f"This index has format {version}; ours is {FORMAT}.")
            frequencies = np.zeros(1 << BITS, dtype=np.int32)
            frequencies[arrays["common"]] = arrays["frequencies"]
            keys = tuple(arrays["keys"].tolist())
            return cls(keys, arrays["digests"], arrays["starts"], arrays["columns"], counted, frequencies).checked()
        except (BadZipFile, EOFError, KeyError, IndexError, OSError, TypeError, AttributeError) as error:
            raise SimilarityInputError("These bytes are no index of texts.") from error
        except ValueError as error:
            raise SimilarityInputError(str(error)) from error

    def checked(self) -> "Index":
        """Itself.

        raises   SimilarityInputError where its parts do not fit each other
        """
        sizes = {len(self.keys), len(self.digests), len(self.starts) - 1}
        if len(sizes) > 1 or int(self.starts[-1]) != len(self.columns):
            raise SimilarityInputError("The parts of this index do not fit each other.")
        return self


def weights_of(starts: IntArray, columns: NDArray[np.int32], worths: NDArray[np.float32]) -> NDArray[np.float32]:
    """(columns,) the worth of each, over the length of its row."""
    values, sizes = worths[columns], np.diff(starts)
    of_row = np.repeat(np.arange(len(sizes)), sizes)
    squares = np.bincount(of_row, weights=values.astype(np.float64) ** 2, minlength=len(sizes))
    weights: NDArray[np.float32] = (values / np.sqrt(squares)[of_row]).astype(np.float32)
    return weights


def build_index(texts: Sequence[str], keys: Sequence[str]) -> Index:
    """An index of these texts, each with what belongs together (title and abstract) under a key of its own.

    raises   SimilarityInputError where keys repeat or do not fit
    """
    empty = Index((), *taken([]), counted=0, frequencies=np.zeros(1 << BITS, dtype=np.int32))
    full = extended(empty, texts, keys)
    frequencies = np.bincount(full.columns, minlength=1 << BITS).astype(np.int32)
    return replace(full, counted=full.filled, frequencies=frequencies)


def extended(index: Index, texts: Sequence[str], keys: Sequence[str]) -> Index:
    """The index with more texts, by the frequencies that it has; see `is_due`.

    raises   SimilarityInputError where keys repeat, are known already, or do not fit
    """
    if len(keys) != len(texts):
        raise SimilarityInputError(f"{len(keys)} keys do not fit {len(texts)} texts.")
    every = (*index.keys, *keys)
    if len(set(every)) < len(every):
        raise SimilarityInputError("A key stands for one text.")
    digests, starts, columns = taken(texts)
    return replace(
        index,
        keys=every,
        digests=np.concatenate([index.digests, digests]),
        starts=np.concatenate([index.starts, starts[1:] + index.starts[-1]]),
        columns=np.concatenate([index.columns, columns]),
    )


def without(index: Index, keys: Collection[str]) -> Index:
    """The index less these keys (an entry changed, withdrawn or erased); unknown ones are passed over.

    Frequencies stay as they were: they say in how many texts a gram was, not in which.
    """
    gone = set(keys)
    stay = np.array([key not in gone for key in index.keys], dtype=np.bool_)
    sizes = np.diff(index.starts)
    return replace(
        index,
        keys=tuple(key for key in index.keys if key not in gone),
        digests=index.digests[stay],
        starts=np.concatenate([[0], np.cumsum(sizes[stay])]),
        columns=index.columns[np.repeat(stay, sizes)],
    )


def taken(texts: Sequence[str]) -> tuple[NDArray[np.uint64], IntArray, NDArray[np.int32]]:
    """Digests, starts and columns of texts as written."""
    plain = [normalised(text) for text in texts]
    sizes = [substance(text) for text in plain]
    digests = [digest(text) if size >= BLANK else 0 for text, size in zip(plain, sizes, strict=True)]
    starts, columns = columns_of([text if size >= SHORT else "" for text, size in zip(plain, sizes, strict=True)])
    return np.array(digests, dtype=np.uint64), starts, columns


def digest(text: str) -> int:
    """64 bits of BLAKE2b."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())

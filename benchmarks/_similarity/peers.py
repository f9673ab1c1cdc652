"""The peers: a fixed score of TF-IDF cosines, and MinHash."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sparse_dot_topn import sp_matmul_topn


class FixedScore:
    """scikit-learn's TF-IDF of character 4-grams: the nearest texts with their cosines."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.hashed = HashingVectorizer(
            analyzer="char", ngram_range=(4, 4), n_features=2**20, alternate_sign=False, norm=None, dtype=np.float32
        )
        self.weights = TfidfTransformer()
        self.rows = self.weights.fit_transform(self.hashed.transform(texts)).tocsr()
        self.postings = self.rows.T.tocsr()

    def nearest(self, text: str, most: int = 5) -> list[tuple[int, float]]:
        query = self.weights.transform(self.hashed.transform([text])).tocsr()
        found = sp_matmul_topn(query, self.postings, top_n=most, sort=True)
        return list(zip(found.indices.tolist(), found.data.tolist(), strict=True))


class MinHash:
    """Broder 1997 with banding: rows that share a band, by the share of equal values."""

    VALUES, BANDS, LEAST = 128, 42, 0.2

    def __init__(self, texts: Sequence[str]) -> None:
        rng = np.random.default_rng(1)
        self.factors = rng.integers(1, 2**62, self.VALUES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        self.values = np.stack([self.signature(text) for text in texts])
        self.tables: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        for row, value in enumerate(self.values):
            for band in self.bands(value):
                self.tables[band].append(row)

    def signature(self, text: str) -> np.ndarray:
        codes = np.frombuffer(text.casefold().encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
        grams = np.zeros(len(codes) - 3, dtype=np.uint64)
        for step in range(4):
            grams = grams * np.uint64(0x100000001B3) + codes[step : len(codes) - 3 + step]
        grams ^= grams >> np.uint64(29)
        return ((grams[:, None] * self.factors[None, :]) >> np.uint64(32)).min(axis=0).astype(np.uint32)

    def bands(self, value: np.ndarray) -> list[tuple[int, bytes]]:
        return [(band, value[3 * band : 3 * band + 3].tobytes()) for band in range(self.BANDS)]

    def nearest(self, text: str, most: int = 5) -> list[tuple[int, float]]:
        value = self.signature(text)
        rows = np.array(sorted({row for band in self.bands(value) for row in self.tables.get(band, ())}), dtype=int)
        shares = (self.values[rows] == value).mean(axis=1)
        best = np.argsort(-shares, kind="stable")[:most]
        return [(int(rows[one]), float(shares[one])) for one in best if shares[one] >= self.LEAST]

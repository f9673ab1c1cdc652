"""The little file system inside .doc, .xls and .ppt (OLE compound file), read with every chain bounded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from competition.inspection.kinds import Unfit

FREE = 0xFFFFFFFA  # this and above are marks, not sectors
STREAM, STORAGE, ROOT = 2, 1, 5
SMALL = 4096  # streams under this lie in the mini stream
MINI = 64
MOST_ENTRIES = 50_000


@dataclass(frozen=True)
class Entry:
    """One stream or storage. `path` has its parents: "Macros/VBA/dir"."""

    path: str
    kind: int
    start: int
    size: int
    child: int

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Compound:
    """Making one reads the tables; raises Unfit("broken") where they contradict themselves."""

    def __init__(self, data: bytes | bytearray) -> None:
        self.data = data
        try:
            self._read_tables()
        except struct.error:
            raise Unfit("broken") from None

    def _read_tables(self) -> None:
        if self.data[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or self._word(30, "H") not in (9, 12):
            raise Unfit("broken")
        self.sector = 1 << self._word(30, "H")
        self.count = max(0, len(self.data) // self.sector)
        numbers = self._fat_sectors()
        self.fat: list[int] = []
        for number in numbers:
            self.fat += self._numbers(number)
        self.entries = list(self._tree(self._directory()))
        self.mini_fat = [one for number in self._chain(self._word(60, "I")) for one in self._numbers(number)]
        root = self.entries[0]
        self.mini_places = [self._place(number) for number in self._chain(root.start)]

    def _word(self, place: int, form: str) -> int:
        value: int = struct.unpack_from("<" + form, self.data, place)[0]
        return value

    def _place(self, number: int) -> int:
        return (number + 1) * self.sector

    def _numbers(self, number: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{self.sector // 4}I", self.data, self._place(number))

    def _fat_sectors(self) -> list[int]:
        found = [one for one in struct.unpack_from("<109I", self.data, 76) if one < FREE]
        following, seen = self._word(68, "I"), 0
        while following < FREE:
            *more, following = self._numbers(following)
            found += [one for one in more if one < FREE]
            seen += 1
            if seen > self.count:
                raise Unfit("broken")
        if len(found) > self.count:
            raise Unfit("broken")
        return found

    def _chain(self, start: int) -> Iterator[int]:
        """Sectors one after the other, each at most once."""
        seen = 0
        while start < FREE:
            if start >= len(self.fat) or seen > self.count:
                raise Unfit("broken")
            yield start
            start, seen = self.fat[start], seen + 1

    def _directory(self) -> list[tuple[str, int, int, int, int, int, int]]:
        found = []
        for number in self._chain(self._word(48, "I")):
            for place in range(self._place(number), self._place(number) + self.sector, 128):
                raw = self.data[place : place + 128]
                length, kind = struct.unpack_from("<HB", raw, 64)
                left, right, child = struct.unpack_from("<III", raw, 68)
                start, size = struct.unpack_from("<II", raw, 116)
                name = bytes(raw[: max(0, min(length, 64) - 2)]).decode("utf-16-le", "replace")
                found.append((name, kind, left, right, child, start, size))
                if len(found) > MOST_ENTRIES:
                    raise Unfit("bomb", parts=len(found))
        if not found or found[0][1] != ROOT:
            raise Unfit("broken")
        return found

    def _tree(self, raw: list[tuple[str, int, int, int, int, int, int]]) -> Iterator[Entry]:
        """The root first, then everything under it, each entry once however the pointers go round."""
        seen = {0}
        _, kind, _, _, child, start, size = raw[0]
        yield Entry("", kind, start, size, child)
        waiting = [(child, "")]
        while waiting:
            number, parent = waiting.pop()
            if number >= len(raw) or number in seen:
                continue
            seen.add(number)
            name, kind, left, right, child, start, size = raw[number]
            path = f"{parent}{name}"
            yield Entry(path, kind, start, size, child)
            waiting += [(left, parent), (right, parent), (child, f"{path}/")]

    def find(self, *paths: str) -> Entry | None:
        """The first of these streams that is there; letter case does not count."""
        for path in paths:
            for entry in self.entries:
                if entry.kind == STREAM and entry.path.lower() == path.lower():
                    return entry
        return None

    def places(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """(place in the file, length) of the pieces of a stream, in order."""
        left = min(entry.size, len(self.data))
        pieces = self._mini_pieces(entry.start) if entry.size < SMALL else (
            (self._place(number), self.sector) for number in self._chain(entry.start)
        )  # fmt: skip
        for place, length in pieces:
            if left <= 0:
                return
            yield place, min(left, length)
            left -= length

    def _mini_pieces(self, start: int) -> Iterator[tuple[int, int]]:
        seen, in_sector = 0, self.sector // MINI
        while start < FREE:
            if start >= len(self.mini_fat) or start // in_sector >= len(self.mini_places) or seen > len(self.mini_fat):
                raise Unfit("broken")
            yield self.mini_places[start // in_sector] + start % in_sector * MINI, MINI
            start, seen = self.mini_fat[start], seen + 1

    def read(self, entry: Entry) -> bytes:
        return b"".join(bytes(self.data[place : place + length]) for place, length in self.places(entry))

    def overwrite(self, entry: Entry, fresh: bytes) -> None:
        """Put bytes of the same length where the stream's are. `data` must be a bytearray."""
        done = 0
        for place, length in self.places(entry):
            self.data[place : place + length] = fresh[done : done + length]  # type: ignore[index]
            done += length

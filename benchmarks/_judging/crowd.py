"""Judges at their screens: what each sends and when, in one process, one event loop."""

import asyncio
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from _judging import HOST
from tests.factories.panels import CRITERIA, MOST, Seat

TOKEN = "c" * 32
PATIENCE_S = 30


@dataclass(frozen=True)
class Load:
    judges: int
    seconds: int
    every: int

    @property
    def saves(self) -> int:
        """Of each judge."""
        return self.seconds // self.every


@dataclass
class Log:
    """What came of everything that was asked: milliseconds since it was due, and what went wrong in words."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    took: float = 0.0


@dataclass
class AtWork:
    """A judge with one work of the pile open.

    revision, values   of the last save that the server acknowledged
    unanswered        a save that was sent without an answer: the page sends it again, with its key, when it next saves
    """

    seat: Seat
    work: str
    chance: random.Random
    port: int
    revision: int = 0
    values: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> str:
        return f"/judging/{self.seat.judge}/works/{self.work}/"

    def typed(self) -> dict[str, str]:
        marks = {f"mark-{n}": str(self.chance.randint(0, MOST)) for n in range(1, CRITERIA + 1)}
        return marks | {"comment": "有自己的想法，数据可信。", "feedback": ""}

    def head(self, verb: str, path: str, kind: str = "") -> list[str]:
        """As a web server with HTTPS passes it on, on a connection of its own."""
        head = [f"{verb} {path} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https", "Connection: close",
                f"Cookie: sessionid={self.seat.session}; csrftoken={TOKEN}"]  # fmt: skip
        return head + ([f"Content-Type: {kind}", f"Origin: https://{HOST}", f"X-CSRFToken: {TOKEN}"] if kind else [])

    async def look(self) -> None:
        status, _ = await ask(self.port, self.head("GET", self.page))
        if status != 200:
            raise Wrong(f"page answered {status}")

    def key(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    async def save(self) -> None:
        said = self.unanswered or {"base": self.revision, "save": self.key(), "values": self.typed()}
        self.unanswered = said
        head = self.head("POST", f"/api{self.page}save/", "application/json")
        status, body = await ask(self.port, head, json.dumps(said).encode())
        if status != 200:
            raise Wrong(f"save answered {status}")
        told = json.loads(body)
        if (told["revision"], told["values"]) != (self.revision + 1, said["values"]):
            raise Wrong("save answered with something else than was sent")
        self.revision, self.values, self.unanswered = self.revision + 1, said["values"], {}

    async def save_as_page(self) -> None:
        """Without JavaScript: the form as a whole, then the page again."""
        values = self.typed()
        more = {"csrfmiddlewaretoken": TOKEN, "do": "save", "base": self.revision, "save": self.key()}
        head = self.head("POST", self.page, "application/x-www-form-urlencoded")
        status, _ = await ask(self.port, head, urlencode(values | more).encode())
        if status != 302:
            raise Wrong(f"form answered {status}")
        self.revision, self.values = self.revision + 1, values
        await self.look()


class Wrong(Exception):
    """An answer that is none."""


async def ask(port: int, head: Sequence[str], body: bytes = b"") -> tuple[int, bytes]:
    lines = [*head, f"Content-Length: {len(body)}", "", ""] if body else [*head, "", ""]
    async with asyncio.timeout(PATIENCE_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write("\r\n".join(lines).encode() + body)
            answer = await reader.read()
        finally:
            writer.close()
    first, _, told = answer.partition(b"\r\n\r\n")
    if not first:
        raise Wrong("no answer")
    return int(first.split(b" ", 2)[1]), told


async def evening(crowd: Sequence[AtWork], load: Load) -> Log:
    """All of them: saves spread evenly, and each opens the page once at a moment of its own."""
    log, begin = Log(), time.perf_counter() + 0.5
    await asyncio.gather(*(at_a_screen(one, place, begin, load, log) for place, one in enumerate(crowd)))
    log.took = time.perf_counter() - begin
    return log


async def at_a_screen(one: AtWork, place: int, begin: float, load: Load, log: Log) -> None:
    first = begin + place * load.every / load.judges
    due = [(first + turn * load.every, one.save, log.saves) for turn in range(load.saves)]
    due.append((first + one.chance.uniform(0, load.seconds - load.every), one.look, log.pages))
    for moment, do, times in sorted(due, key=lambda step: step[0]):
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        try:
            await do()
        except (Wrong, OSError, TimeoutError, ValueError) as fault:
            log.errors.append(f"{type(fault).__name__} {fault}".strip())
        else:
            times.append(1000 * (time.perf_counter() - moment))

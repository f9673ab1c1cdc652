"""The product as a process that serves a database of its own, so that it can be loaded, stopped or killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config.settings import database
from tests.factories.databases import migrated
from tests.on_postgresql import URL

PATIENCE_S = 60


@contextmanager
def pointed_at(url: str) -> Iterator[None]:
    """This process works in that database meanwhile, on one connection; a pool would keep the one before."""
    before, configured = connections["default"], connections.settings["default"]
    named = database(url)
    named["OPTIONS"] = {name: value for name, value in named["OPTIONS"].items() if name != "pool"}
    connections.settings["default"] = {**configured, **named}
    connections["default"] = own = connections.create_connection("default")
    try:
        yield
    finally:
        own.close()
        connections.settings["default"] = configured
        connections["default"] = before


@contextmanager
def scratch_sqlite(folder: Path) -> Iterator[str]:
    """A fresh file, migrated: its address."""
    shutil.copyfile(migrated(), folder / "scratch.sqlite3")
    yield f"sqlite:///{folder / 'scratch.sqlite3'}"


@contextmanager
def scratch_postgresql() -> Iterator[str]:
    """A fresh database of the server that answers, migrated, and gone afterwards: its address."""
    name = f"laurel_scratch_{os.getpid()}"
    on_the_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    on_the_server(f"CREATE DATABASE {name}")
    url = urlsplit(URL)._replace(path=f"/{name}").geturl()
    try:
        with pointed_at(url):
            call_command("migrate", verbosity=0, interactive=False)
        yield url
    finally:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def on_the_server(statement: str) -> None:
    with psycopg.connect(URL.replace("postgres://", "postgresql://"), autocommit=True) as direct:
        direct.execute(statement)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("The server did not start.")


@dataclass
class Server:
    """gunicorn as docs/operator.md starts it, on top of this process's environment. `log`: what it complains of."""

    environment: Mapping[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    pid: int = 0

    @property
    def command(self) -> list[str]:
        workers = ["--workers", "4", "--threads", "2", "--timeout", "120"]
        quiet = ["--log-level", "error", "--no-control-socket"]
        return [sys.executable, "-m", "gunicorn", "config.wsgi", *workers, "--bind", f"127.0.0.1:{self.port}", *quiet]

    @contextmanager
    def serving(self) -> Iterator[None]:
        environment = {**os.environ, **self.environment}
        with (
            self.log.open("ab") as log,
            subprocess.Popen(self.command, cwd=settings.BASE_DIR, env=environment, stderr=log) as process,
        ):
            self.pid = process.pid
            try:
                wait_for(self.port)
                yield
            finally:
                process.terminate()

    def cpu_seconds(self) -> float:
        """Of its workers so far; unlike times on the clock it depends little on what else the machine does."""
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                words = path.read_text().rpartition(")")[2].split()
                ticks += int(words[11]) + int(words[12]) if int(words[1]) == self.pid else 0
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass
class MortalServer:
    """The same to be killed and started again, cheaply: each is forked from one process that has read the product and
    touched no database (tests/factories/forking.py).

    application   what it serves, as module:name
    is_killed     set just before the signal: from then on nobody need be answered
    """

    environment: Mapping[str, str]
    application: str = "config.wsgi:application"
    port: int = 0
    is_killed: bool = True
    group: int = 0
    mother: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        self.port = free_port()
        self.group = int(self.told(f"{self.port}"))
        self.is_killed = False
        wait_for(self.port)

    def told(self, line: str = "") -> str:
        """What the mother process answers to this line; without one, what she says next."""
        assert self.mother is not None and self.mother.stdin is not None and self.mother.stdout is not None
        if line:
            self.mother.stdin.write(f"{line}\n")
            self.mother.stdin.flush()
        return self.mother.stdout.readline()

    def kill(self) -> None:
        """Master and workers at once, with no chance to finish anything."""
        if not self.is_killed:
            self.is_killed = True
            with suppress(ProcessLookupError):
                os.killpg(self.group, signal.SIGKILL)
            self.told()

    @contextmanager
    def serving(self) -> Iterator[None]:
        command = [sys.executable, "-m", "tests.factories.forking", self.application]
        environment = {**os.environ, **self.environment}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes) as self.mother:
            try:
                self.start()
                yield
            finally:
                self.kill()

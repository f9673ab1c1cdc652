"""A desk of the product for the browser tests: its servers and commands are forked from one process that has read the
product, since reading takes longer than most of them.

The program is told a line of JSON and answers with one: which port to serve, none to end its one server, or the words of
a command. It asks no database itself: what it forks starts with nothing but code, templates and words in memory.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FORKED = multiprocessing.get_context("fork")


@dataclass
class Desk:
    """room: its folder, the installation in this environment; what is there may change between two servers."""

    room: Path
    environment: Mapping[str, str]
    mother: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    @contextmanager
    def ready(self) -> Iterator[None]:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        read = [sys.executable, "-m", "tests.factories.desks"]
        with subprocess.Popen(read, cwd=ROOT, env=self.environment, **pipes) as self.mother:
            yield

    @contextmanager
    def serving(self, port: int) -> Iterator[None]:
        self.told({"serve": port})
        try:
            yield
        finally:
            self.told({"serve": None})

    def run(self, *words: str) -> str:
        """What `manage.py` prints with these words, or the halls of tests.factories.halls with theirs."""
        status, printed = self.told({"run": words})
        if status:
            raise subprocess.CalledProcessError(status, words, printed)
        return printed

    def told(self, said: Mapping[str, Any]) -> Any:
        assert self.mother is not None and self.mother.stdin is not None and self.mother.stdout is not None
        self.mother.stdin.write(json.dumps(said) + "\n")
        self.mother.stdin.flush()
        return json.loads(self.mother.stdout.readline())


def read() -> None:
    from importlib import import_module

    import django
    from django.conf import settings
    from django.template.loader import get_template

    django.setup()
    import_module("config.urls")
    [templates] = settings.TEMPLATES[0]["DIRS"]
    for path in templates.rglob("*.html"):
        get_template(str(path.relative_to(templates)))


def serve(port: int) -> None:
    """As `manage.py runserver` does."""
    from django.core.servers.basehttp import WSGIServer, get_internal_wsgi_application, run

    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    run("127.0.0.1", port, get_internal_wsgi_application(), threading=True, server_cls=WSGIServer)


def print_into(file: int, words: list[str]) -> None:
    os.dup2(file, sys.stdout.fileno())
    if words[0] == "halls":
        from tests.factories import halls

        halls.main(*words[1:])
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *words])


def printed(words: list[str]) -> tuple[int | None, str]:
    """How the command ended, and what it printed."""
    with tempfile.TemporaryFile("w+") as paper:
        command = FORKED.Process(target=print_into, args=(paper.fileno(), words))
        command.start()
        command.join()
        paper.seek(0)
        return command.exitcode, paper.read()


def main() -> None:
    read()
    server = None
    for line in sys.stdin:
        said = json.loads(line)
        answer: Any = None
        if "run" in said:
            answer = printed(said["run"])
        if server is not None and "serve" in said:
            server.kill()
            server.join()
        if said.get("serve"):
            server = FORKED.Process(target=serve, args=(said["serve"],), daemon=True)
            server.start()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

"""A program that reads the product once and forks a server for every port that it is told, since reading takes seconds.

It answers a port with the process group of the server, and says when that is gone. It asks no database itself: a server
starts with nothing but code in memory, as after a start of its own.
"""

import os
import sys
from importlib import import_module
from typing import Any

from gunicorn.app.base import BaseApplication

OPTIONS = {"workers": 2, "threads": 4, "timeout": 120, "loglevel": "error", "control_socket_disable": True}


class Ready(BaseApplication):
    """gunicorn with what is read already."""

    def __init__(self, application: Any, port: int) -> None:
        self.application, self.port = application, port
        super().__init__()

    def load_config(self) -> None:
        for name, value in (OPTIONS | {"bind": f"127.0.0.1:{self.port}"}).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application


def read(path: str) -> Any:
    """The application, and the addresses with all that they name."""
    module, name = path.split(":")
    application = getattr(import_module(module), name)
    import_module("config.urls")
    return application


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    application = read(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            Ready(application, int(line)).run()
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()

"""The tests that touch the database once more, on PostgreSQL, where one answers. `make test` runs this."""

import os
import subprocess
import sys

import psycopg

URL = os.environ.get("LAUREL_POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ROOMS = ["tests/competition", "tests/judging", "tests/awards/services", "tests/awards/workbook"]
WITHOUT_DATABASE = ["tests/competition/core", "tests/competition/inspection", "tests/judging/core"]


def answers() -> bool:
    try:
        psycopg.connect(URL.replace("postgres://", "postgresql://"), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def main() -> int:
    if not answers():
        print("Left out: the tests on PostgreSQL. Start one and set LAUREL_POSTGRESQL_URL to run them.")
        return 1 if os.environ.get("LAUREL_LEAVE_OUT_NOTHING") else 0
    environment = {**os.environ, "DATABASE_URL": URL}
    command = [sys.executable, "-m", "pytest", "-n", "2", *ROOMS, *(f"--ignore={one}" for one in WITHOUT_DATABASE)]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

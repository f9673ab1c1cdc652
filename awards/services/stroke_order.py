"""How many strokes characters have, from a table that is read once."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def stroke_places() -> dict[str, int]:
    """Character -> its place by strokes, from cn-sort's table of the 20,902 unified characters.

    The table alone: importing the package takes over the process's logging and writes names into it.
    """
    found = find_spec("cn_sort")
    if found is None or found.origin is None:
        raise RuntimeError("cn-sort is not installed.")
    table = json.loads((Path(found.origin).parent / "res" / "all_word.json").read_text(encoding="utf-8"))
    return {one["chinese"]: one["stroke_increment_level"] for one in table["all_word"]}

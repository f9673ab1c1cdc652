"""What an import says of a row that it cannot take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, where, and what stood there."""

    column: str
    text: str
    found: str = ""

"""How the house says no: a Denial tells a person why; Refused carries it out of a service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Denial:
    """Why not. `code` finds the sentence in the messages of the app that denies; `facts` fill its places.

    hide     answer 404: what you may not know of does not exist
    fields   field name -> sentence, where a form is at fault
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    hide: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        from competition.messages import sentence

        return sentence(self.code, self.facts)


class Refused(Exception):
    """A service did nothing, and says why."""

    def __init__(self, denial: Denial):
        super().__init__(denial.message)
        self.denial = denial

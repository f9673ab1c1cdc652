"""How many judges of one institution or district an entry may have. The assigner keeps to it; by hand it only warns."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from competition.models import Contest
from judging.models import Judge

Group = tuple[str, str]  # institution or district, and its name


@dataclass(frozen=True)
class Limits:
    """At most so many of one kind an entry; kinds without a limit are not in it."""

    most: Mapping[str, int]

    def groups(self, judge: Judge) -> list[Group]:
        named = {"institution": judge.institution, "district": str(judge.district or "")}
        return [(kind, named[kind]) for kind in self.most if named[kind]]

    def counts(self, judges: Iterable[Judge]) -> Counter[Group]:
        return Counter(group for judge in judges for group in self.groups(judge))

    def has_room(self, counts: Counter[Group], judge: Judge) -> bool:
        return all(counts[group] < self.most[group[0]] for group in self.groups(judge))

    def beyond(self, counts: Counter[Group]) -> list[str]:
        """What is too many, in words."""
        return [
            _("%(number)s judges of %(name)s, at most %(most)s")
            % {"number": number, "name": name, "most": self.most[kind]}
            for (kind, name), number in sorted(counts.items())
            if number > self.most[kind]
        ]


def limits_of(contest: Contest) -> Limits:
    said = {kind: int(contest.settings.get(f"{kind}_cap") or 0) for kind in ("institution", "district")}
    return Limits({kind: most for kind, most in said.items() if most})

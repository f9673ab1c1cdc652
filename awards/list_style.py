"""How a contest hands its award list in: columns, groups, order, names. One choice for all files of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from competition.models import Contest

SETTING = "list_style"
ANNEX_MOST = 10


class ListColumn(TextChoices):
    """In the order in which they stand."""

    SERIAL = "serial", _("Serial number")
    TRACK = "track", _("Track")
    DIVISION = "division", _("Division")
    PRIZE = "prize", _("Prize")
    PLACE = "place", _("Place")
    NUMBER = "number", _("Entry number")
    TITLE = "title", _("Title")
    AUTHORS = "authors", _("Authors")
    SCHOOL = "school", _("School")
    DISTRICT = "district", _("Unit")
    TUTORS = "tutors", _("Tutors")


class ListGroup(TextChoices):
    TRACK = "track", _("Track")
    DIVISION = "division", _("Division")
    PRIZE = "prize", _("Prize")
    DISTRICT = "district", _("Unit")
    SCHOOL = "school", _("School")


class ListOrder(TextChoices):
    PLACE = "place", _("Prize and place")
    DISTRICT = "district", _("Unit")
    PINYIN = "pinyin", _("Names by pinyin")
    STROKES = "strokes", _("Names by strokes")


class ListNames(TextChoices):
    MASKED = "masked", _("First character, then ＊")
    FULL = "full", _("Full names")


COLUMNS = ("serial", "division", "number", "title", "authors", "school", "tutors")
GROUPS = ("track", "prize")
# A column that is there says somebody's name or work: a list without any of them says nothing.
TELLING = frozenset({ListColumn.NUMBER, ListColumn.TITLE, ListColumn.AUTHORS, ListColumn.SCHOOL})


@dataclass(frozen=True)
class ListStyle:
    """columns   of `ListColumn`, those which are no group's heading are columns of the table
    groups    of `ListGroup`, outer before inner
    annex     number behind 附件, "" for none
    digest    whether the foot has the list's digest and the head of the log
    """

    columns: tuple[str, ...] = COLUMNS
    groups: tuple[str, ...] = GROUPS
    order: str = ListOrder.PLACE
    names: str = ListNames.MASKED
    annex: str = ""
    digest: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it says nothing that a list cannot have."""
        return (
            set(self.columns) <= set(ListColumn.values)
            and bool(set(self.columns) & TELLING)
            and set(self.groups) <= set(ListGroup.values)
            and len(set(self.groups)) == len(self.groups)
            and self.order in ListOrder.values
            and self.names in ListNames.values
            and len(self.annex) <= ANNEX_MOST
        )

    @property
    def in_order(self) -> "ListStyle":
        """Its columns once each, in the order in which lists have them."""
        columns = tuple(one for one in ListColumn.values if one in self.columns)
        return ListStyle(columns, self.groups, str(self.order), str(self.names), self.annex.strip(), self.digest)

    @property
    def stored(self) -> dict[str, Any]:
        return {name: list(one) if isinstance(one, tuple) else one for name, one in asdict(self.in_order).items()}


def style_from(said: Mapping[str, Any]) -> ListStyle:
    plain: dict[str, Any] = {name: said[name] for name in ListStyle.__dataclass_fields__ if name in said}
    for name in ("columns", "groups"):
        if name in plain:
            plain[name] = tuple(plain[name])
    return ListStyle(**plain)


def list_style(contest: Contest) -> ListStyle:
    """What the office chose; until it does, works by track and prize with masked names."""
    return style_from(contest.settings.get(SETTING, {}))

"""How a contest gives its prizes out: screen, tables, seats, labels. One choice for all papers of the prize-giving."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from awards.list_style import ListNames
from competition.models import Contest

SETTING = "ceremony"
NOBODY = "nobody"  # stands alone
MOST_TABLES, MOST_ROWS, MOST_SEATS, MOST_LEADERS, MOST_CODE = 30, 100, 200, 20, 60


class Seated(TextChoices):
    STUDENTS = "students", _("students who won")
    BOTH = "both", _("students who won, and their tutors")


class SeatOrder(TextChoices):
    CALLED = "called", _("highest prizes in front")
    UNITS = "units", _("by unit and school")


class MailSheet(TextChoices):
    """Sheets of labels as shops sell them: columns × rows, millimetres."""

    TWO_BY_SEVEN = "2x7", _("A4, 2 × 7 labels of 99.1 × 38.1 mm")
    TWO_BY_FOUR = "2x4", _("A4, 2 × 4 labels of 99.1 × 67.7 mm")
    THREE_BY_EIGHT = "3x8", _("A4, 3 × 8 labels of 70 × 37 mm")


@dataclass(frozen=True)
class CeremonyStyle:
    """alone     code of the lowest prize from which each winner has a slide alone; "" for the highest alone
    names     on the screen
    tables    at which certificates are collected
    rows      of the hall, with so many `seats` each; 0 where nobody said
    front     rows kept for guests
    leaders   seats more for each school
    """

    alone: str = ""
    names: str = ListNames.FULL
    tables: int = 4
    rows: int = 0
    seats: int = 0
    front: int = 1
    seated: str = Seated.BOTH
    leaders: int = 1
    order: str = SeatOrder.CALLED
    mail_sheet: str = MailSheet.TWO_BY_SEVEN

    @property
    def is_known(self) -> bool:
        """Whether it says nothing that a prize-giving cannot have."""
        return (
            len(self.alone) <= MOST_CODE
            and self.names in ListNames.values
            and 1 <= self.tables <= MOST_TABLES
            and 0 <= self.rows <= MOST_ROWS
            and 0 <= self.seats <= MOST_SEATS
            and 0 <= self.front <= MOST_ROWS
            and self.seated in Seated.values
            and 0 <= self.leaders <= MOST_LEADERS
            and self.order in SeatOrder.values
            and self.mail_sheet in MailSheet.values
        )

    @property
    def stored(self) -> dict[str, Any]:
        return {name: str(one) if isinstance(one, str) else one for name, one in asdict(self).items()}


def style_from(said: Mapping[str, Any]) -> CeremonyStyle:
    return CeremonyStyle(**{name: said[name] for name in CeremonyStyle.__dataclass_fields__ if name in said})


def ceremony_style(contest: Contest) -> CeremonyStyle:
    """What the office chose; until it does, the defaults."""
    return style_from(contest.settings.get(SETTING, {}))

"""The accounts of the demo year: one a role, known to everyone, only ever made at a desk."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competition.states import RoleKind

DEMO_PASSWORD = "laurel-2017"  # noqa: S105 - printed on the screen on purpose


@dataclass(frozen=True)
class DemoAccount:
    """`label` for the terminal in both languages; `description` for the sign-in page."""

    username: str
    name: str
    kind: RoleKind
    label: str
    description: str | Promise

    @property
    def password(self) -> str:
        return DEMO_PASSWORD

    @property
    def role(self) -> str:
        return str(self.kind.label)


DEMO_ACCOUNTS = (
    DemoAccount(
        "organiser",
        "滁州市科协办公室",
        RoleKind.ORGANISER,
        "组织者 organiser",
        _("Drives the contest from entries to certificates."),
    ),
    DemoAccount("school", "示例学校", RoleKind.SCHOOL, "学校 school", _("Enters works and sees what they won.")),
    DemoAccount(
        "unit",
        "示例推荐单位",
        RoleKind.DISTRICT,
        "推荐单位 unit",
        _("Chooses what goes up from the schools of its county."),
    ),
    DemoAccount(
        "judge",
        "示例评委",
        RoleKind.JUDGE,
        "评委 judge",
        _("Sees the sheets that are theirs, without names or schools."),
    ),
    DemoAccount(
        "committee",
        "示例委员",
        RoleKind.COMMITTEE,
        "委员 committee",
        _("Sees the nominees of the Mayor's Award and the ballots."),
    ),
)

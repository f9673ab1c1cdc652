"""The register of personal data: for every field of every model what it is, what for, who sees it, how long.

Each app keeps the part of its own models; a test fails for a field that stands in none.
"""

from dataclasses import dataclass
from enum import Enum


class Class(Enum):
    """How close a field is to a person."""

    CHILD = "a child's"
    ADULT = "an adult's"
    ACCOUNT = "an account's"
    TRACE = "what somebody did"
    FREE_TEXT = "free text that may name people"


@dataclass(frozen=True)
class Personal:
    """purpose, sees and retention in a few words; mask: how it is shown where the whole is not for the reader."""

    kind: Class
    purpose: str
    sees: str
    retention: str
    mask: str


YEARS = "10 years after the edition, as the award record of the office"
OFFICE = "the office of the contest; the own school"

# model -> field -> entry
PERSONAL: dict[str, dict[str, Personal]] = {
    "competition.Person": {
        "name": Personal(Class.CHILD, "entry, certificate, award list", OFFICE, YEARS, "first character, ＊"),
        "school": Personal(Class.CHILD, "entry, certificate, conflicts", OFFICE, YEARS, "not shown"),
        "code": Personal(Class.CHILD, "tells two of one name apart", "the office", YEARS, "not shown"),
        "kind": Personal(Class.CHILD, "student, tutor or judge", OFFICE, YEARS, "not shown"),
    },
    "competition.Entry": {
        "title": Personal(Class.FREE_TEXT, "judging, award list", "everyone after publication", YEARS, "none needed"),
        "title_en": Personal(
            Class.FREE_TEXT, "judging, award list", "everyone after publication", YEARS, "none needed"
        ),
        "group_name": Personal(Class.FREE_TEXT, "certificate, award list", OFFICE, YEARS, "first character, ＊"),
        "extra": Personal(Class.FREE_TEXT, "columns the office keeps for itself", "the office", YEARS, "not shown"),
    },
    "competition.Author": {
        "person": Personal(Class.CHILD, "whose work it is", OFFICE, YEARS, "first character, ＊"),
    },
    "competition.Tutor": {
        "person": Personal(Class.ADULT, "who taught it", OFFICE, YEARS, "first character, ＊"),
    },
    "competition.User": {
        "username": Personal(Class.ACCOUNT, "sign-in", "the account; the office", "while in use", "not shown"),
        "name": Personal(Class.ACCOUNT, "who acts", "the account; the office", "while in use", "not shown"),
        "email": Personal(Class.ACCOUNT, "mail to the account", "the account; the office", "while in use", "not shown"),
        "password": Personal(Class.ACCOUNT, "sign-in (Argon2 hash)", "nobody", "while in use", "never shown"),
        "last_login": Personal(Class.TRACE, "security", "the office", "while in use", "not shown"),
    },
    "competition.Event": {
        "actor": Personal(Class.TRACE, "who changed it", "the office", "as long as the log", "key"),
    },
    "competition.AccessRecord": {
        "user": Personal(Class.TRACE, "who looked at personal data", "the office", "3 years", "not shown"),
        "at": Personal(Class.TRACE, "when", "the office", "3 years", "not shown"),
        "what": Personal(Class.TRACE, "which page or file", "the office", "3 years", "not shown"),
        "subject": Personal(Class.TRACE, "of which entry or list", "the office", "3 years", "not shown"),
    },
}

# model -> fields that say nothing about a person by themselves
IMPERSONAL: dict[str, str] = {
    "competition.Series": "id key label_zh label_en level",
    "competition.Contest": "id key label_zh label_en series kind ordinal year state secret has_verification as_of zone "
    "places entries_per_student settings input_digest belongs_to",
    "competition.Track": "id label_zh label_en contest code order max_authors max_tutors is_group is_by_minutes",
    "competition.Division": "id label_zh label_en contest code order",
    "competition.Subject": "id label_zh label_en contest level code",
    "competition.District": "id key label_zh label_en",
    "competition.School": "id key district name name_en",
    "competition.Person": "id key",
    "competition.Entry": "id key contest track division subject number order school state",
    "competition.Author": "id entry order",
    "competition.Tutor": "id entry order",
    "competition.User": "id key is_active is_superuser groups user_permissions",
    "competition.Role": "id user kind contest school",
    "competition.Chain": "id contest seq hash",
    "competition.Event": "id chain seq at via action subject body prev_hash hash",
    "competition.AccessRecord": "id",
}

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


UNTIL_ERASED = "until the day that the contest names to guardians; unreadable from it on"
SEALED = "the office of the contest, each look recorded; the school masked"
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
        "abstract": Personal(Class.FREE_TEXT, "judging, similar works", OFFICE + "; its judges", YEARS, "none needed"),
        "lower_contest": Personal(Class.FREE_TEXT, "eligibility", OFFICE, YEARS, "not shown"),
        "draft": Personal(Class.CHILD, "what is being typed", OFFICE, "until the edition ends", "not shown"),
        "created_by": Personal(Class.TRACE, "who began it", OFFICE, YEARS, "not shown"),
        "saved_at": Personal(Class.TRACE, "when it was typed on", OFFICE, YEARS, "not shown"),
        "submitted_at": Personal(Class.TRACE, "when it was handed in", OFFICE, YEARS, "not shown"),
    },
    "competition.School": {
        "contact": Personal(
            Class.ADULT, "whom to call", "the office; the unit; the school", "while in use", "not shown"
        ),
        "phone": Personal(Class.ADULT, "calling", "the office; the unit; the school", "while in use", "not shown"),
    },
    "competition.District": {
        "contact": Personal(
            Class.ADULT, "whom to call", "the office; the unit; its schools", "while in use", "not shown"
        ),
        "phone": Personal(Class.ADULT, "calling", "the office; the unit; its schools", "while in use", "not shown"),
    },
    "competition.Contest": {
        "contact": Personal(Class.ADULT, "whom to ask", "everyone", "as the contest's page", "none needed"),
        "about": Personal(Class.FREE_TEXT, "the contest's page", "everyone", "as the contest's page", "none needed"),
    },
    "competition.Material": {
        "name": Personal(Class.FREE_TEXT, "finding one's file again", OFFICE, YEARS, "never to a judge"),
        "findings": Personal(Class.CHILD, "names found in the text", OFFICE, YEARS, "never to a judge"),
        "cleared_reason": Personal(Class.FREE_TEXT, "why found names may stand", "the office", YEARS, "not shown"),
        "cleared_at": Personal(Class.TRACE, "when the office let them stand", "the office", YEARS, "not shown"),
        "cleared_by": Personal(Class.TRACE, "who let them stand", "the office", YEARS, "not shown"),
        "added_by": Personal(Class.TRACE, "who added it", OFFICE, YEARS, "not shown"),
        "added_at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.Submission": {
        "content": Personal(Class.CHILD, "proof of what was handed in", OFFICE, YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who handed it in", OFFICE, YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.Review": {
        "text": Personal(Class.FREE_TEXT, "why", OFFICE, YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who decided", OFFICE, YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.Correction": {
        "reason": Personal(Class.FREE_TEXT, "why it was corrected", OFFICE, YEARS, "not shown"),
        "changes": Personal(Class.CHILD, "what stood before and stands now", OFFICE, YEARS, "not shown"),
        "request": Personal(Class.ADULT, "the stamped request", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who corrected it", OFFICE, YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.Agreement": {
        "facts": Personal(Class.CHILD, "what was proposed, names of a correction", "the office", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why it was proposed", "the office", YEARS, "not shown"),
        "paper": Personal(Class.ADULT, "the stamped request", "the office", YEARS, "not shown"),
        "proposed_at": Personal(Class.TRACE, "when", "the office", YEARS, "not shown"),
        "proposed_by": Personal(Class.TRACE, "who proposed it", "the office", YEARS, "key"),
        "closed_at": Personal(Class.TRACE, "when it was answered", "the office", YEARS, "not shown"),
        "closed_by": Personal(Class.TRACE, "who approved it or sent it back", "the office", YEARS, "key"),
        "answer": Personal(Class.FREE_TEXT, "why it was sent back", "the office", YEARS, "not shown"),
    },
    "competition.SignedForm": {
        "file": Personal(Class.CHILD, "the signatures of pupils and guardians", OFFICE, YEARS, "never to a judge"),
        "by": Personal(Class.TRACE, "who attached it", OFFICE, YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.UnitSummary": {
        "file": Personal(Class.CHILD, "the stamped summary", "the office; the unit", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who attached it", "the office; the unit", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", "the office; the unit", YEARS, "not shown"),
    },
    "competition.Announcement": {
        "title": Personal(Class.FREE_TEXT, "the contest's page", "everyone", "as the contest's page", "none needed"),
        "body": Personal(Class.FREE_TEXT, "the contest's page", "everyone", "as the contest's page", "none needed"),
    },
    "competition.AnnouncementFile": {
        "name": Personal(Class.FREE_TEXT, "the contest's page", "everyone", "as the contest's page", "none needed"),
    },
    "competition.NameProof": {
        "by": Personal(Class.TRACE, "who confirmed", OFFICE, YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.Forwarding": {
        "by": Personal(Class.TRACE, "who sent it up", OFFICE, YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", OFFICE, YEARS, "not shown"),
    },
    "competition.UnitReport": {
        "paper": Personal(Class.FREE_TEXT, "the stamped report", "the office; the unit", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why it was returned", "the office; the unit", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who filled it in", "the office; the unit", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", "the office; the unit", YEARS, "not shown"),
        "decided_by": Personal(Class.TRACE, "who confirmed or returned it", "the office; the unit", YEARS, "not shown"),
        "decided_at": Personal(Class.TRACE, "when", "the office; the unit", YEARS, "not shown"),
    },
    "competition.NumberAbove": {
        "authorisation": Personal(
            Class.ACCOUNT, "filing the entry at the higher contest", OFFICE, YEARS, "never in a log"
        ),
        "number": Personal(Class.CHILD, "finding the entry at the higher contest", OFFICE, YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who entered it", "the office", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", "the office", YEARS, "not shown"),
    },
    "competition.LateTerms": {
        "purpose": Personal(Class.FREE_TEXT, "what guardians agree to", OFFICE, YEARS, "as written"),
    },
    "competition.LateChoice": {
        "at": Personal(Class.TRACE, "when the office chose the entry", OFFICE, UNTIL_ERASED, "not shown"),
        "by": Personal(Class.TRACE, "who chose it", OFFICE, UNTIL_ERASED, "not shown"),
    },
    "competition.LateConsent": {
        "person": Personal(Class.CHILD, "who agreed, or whose guardian", OFFICE, UNTIL_ERASED, "key in the log"),
        "given_on": Personal(Class.CHILD, "when the paper was signed", OFFICE, UNTIL_ERASED, "in the log"),
        "at": Personal(Class.TRACE, "when it was recorded", OFFICE, UNTIL_ERASED, "not shown"),
        "by": Personal(Class.TRACE, "who recorded it", OFFICE, UNTIL_ERASED, "not shown"),
    },
    # One row a field; what each is, below by its name.
    "competition.LateAnswer": {
        "field": Personal(Class.CHILD, "which of the fields below", OFFICE, UNTIL_ERASED, "as is"),
        "value": Personal(Class.CHILD, "the value, as ciphertext", SEALED, UNTIL_ERASED, "as LATE says"),
        "at": Personal(Class.TRACE, "when it was given", OFFICE, UNTIL_ERASED, "not shown"),
        "by": Personal(Class.TRACE, "who gave it", OFFICE, UNTIL_ERASED, "not shown"),
    },
    "competition.SignInLink": {
        "user": Personal(Class.ACCOUNT, "signing in", "nobody", "1 year", "not shown"),
        "digest": Personal(Class.ACCOUNT, "signing in (SHA-256 of the token)", "nobody", "1 year", "never shown"),
        "made_by": Personal(Class.TRACE, "who made it", "the office", "1 year", "not shown"),
        "used_at": Personal(Class.TRACE, "when it was used", "the office", "1 year", "not shown"),
    },
    "competition.Mail": {
        "to": Personal(Class.ADULT, "sending the mail", "the office of the contest", YEARS, "never in a log"),
        "name": Personal(Class.ADULT, "sending the mail", "the office of the contest", YEARS, "never in a log"),
        "subject": Personal(Class.FREE_TEXT, "what was said", "the office of the contest", YEARS, "not shown"),
        "body": Personal(Class.FREE_TEXT, "what was said", "the office of the contest", YEARS, "its link is not in it"),
        "about": Personal(Class.ADULT, "to whom it was sent", "the office of the contest", YEARS, "key"),
        "language": Personal(Class.ADULT, "the language of the text", "the office of the contest", YEARS, "not shown"),
        "made_by": Personal(Class.TRACE, "who wrote it", "the office of the contest", YEARS, "not shown"),
        "made_at": Personal(Class.TRACE, "when it was written", "the office of the contest", YEARS, "not shown"),
    },
    "competition.Job": {
        "made_by": Personal(Class.TRACE, "who began it", "the office of the contest", YEARS, "not shown"),
        "made_at": Personal(Class.TRACE, "when it was begun", "the office of the contest", YEARS, "not shown"),
    },
    "competition.DoorCount": {
        "digest": Personal(Class.TRACE, "how many come through a door (HMAC)", "nobody", "1 minute", "never shown"),
    },
    "competition.WrongTries": {
        "digest": Personal(Class.ACCOUNT, "slowing guesses down (SHA-256)", "nobody", "1 day", "never shown"),
        "last_at": Personal(Class.TRACE, "slowing guesses down", "nobody", "1 day", "not shown"),
    },
    "otp_totp.TOTPDevice": {
        "user": Personal(Class.ACCOUNT, "signing in with a second factor", "the account", "until off", "not shown"),
        "key": Personal(Class.ACCOUNT, "signing in (secret of the app)", "nobody", "until off", "never shown again"),
        "created_at": Personal(Class.TRACE, "since when it is on", "the account", "until off", "not shown"),
        "last_used_at": Personal(Class.TRACE, "security", "nobody", "until off", "not shown"),
        "throttling_failure_timestamp": Personal(Class.TRACE, "slowing guesses down", "nobody", "one try", "not shown"),
    },
    "otp_static.StaticDevice": {
        "user": Personal(Class.ACCOUNT, "signing in with a recovery code", "the account", "until off", "not shown"),
        "created_at": Personal(Class.TRACE, "since when", "nobody", "until off", "not shown"),
        "last_used_at": Personal(Class.TRACE, "security", "nobody", "until off", "not shown"),
        "throttling_failure_timestamp": Personal(Class.TRACE, "slowing guesses down", "nobody", "one try", "not shown"),
    },
    "otp_static.StaticToken": {
        "token": Personal(
            Class.ACCOUNT, "signing in once (recovery code)", "nobody", "until used", "never shown again"
        ),
    },
    "competition.Author": {
        "grade": Personal(Class.CHILD, "division, same stage", OFFICE, YEARS, "not shown"),
        "born_on": Personal(Class.CHILD, "age limit of a track", OFFICE, "until the edition ends", "never shown"),
        "person": Personal(Class.CHILD, "whose work it is", OFFICE, YEARS, "first character, ＊"),
    },
    "competition.Tutor": {
        "stage": Personal(Class.ADULT, "same stage as the authors", OFFICE, YEARS, "not shown"),
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

# field that is asked late -> entry; all of them stand in LateAnswer.value, as ciphertext
LATE: dict[str, Personal] = {
    "id_number": Personal(Class.CHILD, "entering the higher contest", SEALED, UNTIL_ERASED, "first 4, last 4"),
    "birth_date": Personal(Class.CHILD, "entering the higher contest", SEALED, UNTIL_ERASED, "the year"),
    "sex": Personal(Class.CHILD, "entering the higher contest", SEALED, UNTIL_ERASED, "not shown"),
    "photo": Personal(Class.CHILD, "the card of the higher contest", SEALED, UNTIL_ERASED, "not shown"),
    "address": Personal(Class.CHILD, "letters of the higher contest", SEALED, UNTIL_ERASED, "first 3 characters"),
    "guardian_name": Personal(Class.ADULT, "whom to call", SEALED, UNTIL_ERASED, "first character"),
    "guardian_phone": Personal(Class.ADULT, "calling", SEALED, UNTIL_ERASED, "first 3, last 4"),
    "phone": Personal(Class.ADULT, "calling", SEALED, UNTIL_ERASED, "first 3, last 4"),
    "email": Personal(Class.ADULT, "writing", SEALED, UNTIL_ERASED, "first character and the server"),
}

# model -> fields that say nothing about a person by themselves
IMPERSONAL: dict[str, str] = {
    "competition.Series": "id key label_zh label_en level",
    "competition.Contest": "id key label_zh label_en series kind ordinal year state secret has_verification as_of zone "
    "places entries_per_student settings input_digest belongs_to has_unit_step opens_at closes_at unit_closes_at "
    "grace_minutes days_to_correct work_since work_until team_same_stage team_same_area tutor_same_stage "
    "tutor_same_area",
    "competition.Track": "id label_zh label_en contest code order max_authors max_tutors is_group is_by_minutes "
    "min_age max_age abstract_most has_abstract asks_lower_contest asks_subject",
    "competition.Division": "id label_zh label_en contest code order",
    "competition.Subject": "id label_zh label_en contest level code",
    "competition.District": "id key label_zh label_en kind aliases",
    "competition.School": "id key district name name_en aliases state",
    "competition.Person": "id key",
    "competition.Entry": "id key contest track division subject number order school state finished_on "
    "return_until unit_rank",
    "competition.Author": "id entry order",
    "competition.Tutor": "id entry order",
    "competition.User": "id key is_active is_superuser groups user_permissions",
    "competition.Role": "id user kind contest school district",
    "competition.Chain": "id contest seq hash",
    "competition.Event": "id chain seq at via action subject body prev_hash hash",
    "competition.AccessRecord": "id",
    "competition.MaterialKind": "id label_zh label_en track code order is_required is_for_judges formats max_mb "
    "max_pages max_seconds max_files help_zh help_en",
    "competition.Pledge": "id label_zh label_en contest code order by text_zh text_en is_required",
    "competition.Quota": "id contest district school track division most team_percent",
    "competition.StoredFile": "id sha256 size kind media_type pages seconds stored_at",
    "competition.Material": "id key entry kind size sha256 file copy is_removed",
    "competition.Correction": "id key entry submission",
    "competition.Agreement": "id key contest step about seen state",
    "competition.SignedForm": "id key entry submission",
    "competition.UnitSummary": "id key contest district digest",
    "competition.Submission": "id entry version digest",
    "competition.Review": "id entry step verdict reasons",
    "competition.Announcement": "id key contest at is_hidden",
    "competition.AnnouncementFile": "id key announcement file",
    "competition.NameProof": "id contest school digest",
    "competition.Forwarding": "id key sent contest entry",
    "competition.NumberAbove": "id entry contest higher",
    "competition.UnitReport": "id key contest district version state schools pupils works lines digest",
    "competition.LateTerms": "id contest author_fields tutor_fields due_on erase_on erased_at",
    "competition.LateChoice": "id entry",
    "competition.LateConsent": "id choice",
    "competition.LateAnswer": "id consent",
    "competition.SignInLink": "id made_at expires_at revoked_at",
    "competition.Mail": "id key contest kind link state due_at claimed_at sent_at tries why reply",
    "competition.Job": "id key contest kind about state ended_at owner lease_until done total terms options why "
    "why_facts file_until",
    "competition.JobItem": "id job place about digest",
    "competition.DoorCount": "window count",
    "competition.WrongTries": "count",
    "otp_totp.TOTPDevice": "id name confirmed step t0 digits tolerance drift last_t throttling_failure_count",
    "otp_static.StaticDevice": "id name confirmed throttling_failure_count",
    "otp_static.StaticToken": "id device",
}

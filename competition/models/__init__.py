from competition.models.agreement import Agreement
from competition.models.announcing import Announcement, AnnouncementFile
from competition.models.contest import Contest, Division, Series, Subject, Track
from competition.models.entering import (
    Material,
    MaterialKind,
    NameProof,
    Pledge,
    Quota,
    Review,
    StoredFile,
    Submission,
)
from competition.models.entry import ALIVE, Author, Entry, Tutor
from competition.models.forwarding import Forwarding, NumberAbove
from competition.models.job import LEASE, Job, JobItem
from competition.models.late import LateAnswer, LateChoice, LateConsent, LateTerms
from competition.models.link import SignInLink
from competition.models.log import AccessRecord, Chain, Event
from competition.models.mail import LINK_PLACE, LOST_AFTER, Mail
from competition.models.papers import Correction, SignedForm, UnitSummary
from competition.models.person import Person
from competition.models.place import District, School
from competition.models.tries import DoorCount, WrongTries
from competition.models.unit_report import UnitReport
from competition.models.user import Role, User

__all__ = [
    "ALIVE",
    "LEASE",
    "LINK_PLACE",
    "LOST_AFTER",
    "AccessRecord",
    "Agreement",
    "Announcement",
    "AnnouncementFile",
    "Author",
    "Chain",
    "Contest",
    "Correction",
    "District",
    "Division",
    "DoorCount",
    "Entry",
    "Event",
    "Forwarding",
    "Job",
    "JobItem",
    "LateAnswer",
    "LateChoice",
    "LateConsent",
    "LateTerms",
    "Mail",
    "Material",
    "MaterialKind",
    "NameProof",
    "NumberAbove",
    "Person",
    "Pledge",
    "Quota",
    "Review",
    "Role",
    "School",
    "Series",
    "SignInLink",
    "SignedForm",
    "StoredFile",
    "Subject",
    "Submission",
    "Track",
    "Tutor",
    "UnitReport",
    "UnitSummary",
    "User",
    "WrongTries",
]

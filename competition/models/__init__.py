from competition.models.contest import Contest, Division, Series, Subject, Track
from competition.models.entry import Author, Entry, Tutor
from competition.models.log import AccessRecord, Chain, Event
from competition.models.person import Person
from competition.models.place import District, School
from competition.models.user import Role, User

__all__ = [
    "AccessRecord",
    "Author",
    "Chain",
    "Contest",
    "District",
    "Division",
    "Entry",
    "Event",
    "Person",
    "Role",
    "School",
    "Series",
    "Subject",
    "Track",
    "Tutor",
    "User",
]

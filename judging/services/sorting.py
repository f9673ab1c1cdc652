"""A judge's own quick sorting of pictures, before marks are given."""

from datetime import datetime

from django.db import transaction

from competition.errors import Refused
from competition.models import User
from judging.access import why_not_sort
from judging.models import Assignment, Sorting
from judging.services.marking import locked_revision
from judging.states import SortedAs


def sort_work(*, assignment: Assignment, sorted_as: SortedAs, by: User, at: datetime) -> None:
    """Put a work where the judge wants it; what is put there last stands.

    Not in the log, like a draft: it changes no mark, counts nowhere and is nobody's but the judge's, and in a log that
    the office reads it would be there for the office. The revision stays, so that a page on which marks are typed
    meanwhile is none the older.

    raises   Refused, why the judge may not look at the work, or may not sort any more
    """
    if denial := why_not_sort(by, assignment, at=at):
        raise Refused(denial)
    put(assignment, sorted_as)


@transaction.atomic
def put(assignment: Assignment, sorted_as: SortedAs) -> None:
    """Where the work was taken away meanwhile, the lock does not find it."""
    locked_revision(assignment)
    if sorted_as == SortedAs.NONE:
        Sorting.objects.filter(assignment=assignment).delete()
    else:
        Sorting.objects.update_or_create(assignment=assignment, defaults={"sorted_as": sorted_as})

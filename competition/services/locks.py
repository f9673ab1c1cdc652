"""Who waits for whom."""

from competition.models import Contest


def locked_contest(pk: int) -> Contest:
    """Before anything is read that another may change: numbers, places in the order, quotas and the limit of a pupil
    are asked one at a time, and so is whatever a step of two persons rests on."""
    return Contest.objects.select_for_update().get(pk=pk)

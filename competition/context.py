"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest

from competition.core import VERSION


def laurel(request: HttpRequest) -> dict:
    return {
        "laurel_version": VERSION,
        "at_a_desk": settings.AT_A_DESK,
        "has_second_factor_page": settings.SECOND_FACTOR != "off",
    }

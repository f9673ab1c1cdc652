"""Pages of long lists, and their order; both stand in the address."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)
SIZES = (50, 100, 500)


def size_of(request: HttpRequest, sizes: Sequence[int] = SIZES) -> int:
    asked = request.GET.get("size", "")
    return next((one for one in sizes if asked == str(one)), sizes[0])


def page_of(request: HttpRequest, rows: "QuerySet[Row] | list", sizes: Sequence[int] = SIZES) -> Page:
    """The page that the address asks for; one that is not there is the nearest."""
    return Paginator(rows, size_of(request, sizes)).get_page(request.GET.get("page"))


def sorted_by(request: HttpRequest, rows: QuerySet[Row], columns: dict[str, tuple[str, ...]]) -> QuerySet[Row]:
    """In the order that ?sort= names; "-" before it turns it round; any other word leaves the order as it is."""
    asked = request.GET.get("sort", "")
    names = columns.get(asked.removeprefix("-"))
    if not names:
        return rows
    turned = asked.startswith("-")
    return rows.order_by(*(f"-{name}" if turned else name for name in names), "pk")

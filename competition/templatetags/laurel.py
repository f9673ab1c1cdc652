"""Small words for templates."""

from django import template

register = template.Library()

PRIZE_RANKS = {"grand": "first", "mayor": "first", "first": "first", "second": "second", "third": "third"}
LIST_SHAPES = {"draft": "draft", "locked": "locked", "published": "published", "superseded": "off"}


@register.filter
def prize_rank(code: str) -> str:
    """How the mark of a prize is drawn."""
    return PRIZE_RANKS.get(code, "other")


@register.filter
def list_shape(state: str) -> str:
    """How the mark of a list's state is drawn."""
    return LIST_SHAPES.get(state, "info")

"""Small words for templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from competition.core.grades import GRADES
from competition.wording import speaks_chinese

register = template.Library()

PRIZE_RANKS = {"grand": "first", "mayor": "first", "first": "first", "second": "second", "third": "third"}
LIST_SHAPES = {"draft": "draft", "locked": "locked", "published": "published", "superseded": "off"}


@register.filter
def prize_rank(code: str) -> str:
    """How the mark of a prize is drawn."""
    return PRIZE_RANKS.get(code, "other")


@register.filter
def grade(number: int | None) -> str:
    """A school year in the reader's language."""
    if number not in GRADES:
        return ""
    _, zh, en = GRADES[number]
    return zh if speaks_chinese() else en


@register.filter
def typed_names(people: list[dict[str, str]]) -> SafeString:
    """Names of people of a draft, as typed."""
    return names([one["name"] for one in people if one.get("name")])


@register.filter
def names(people) -> SafeString:
    """Names in a row, each kept whole where it fits into a line: authors, tutors, or a text joined with 、."""
    said = people.split("、") if isinstance(people, str) else [str(one) for one in people]
    followed = [f"{one}、" for one in said[:-1]] + said[-1:]
    inside = format_html_join("", '<span class="name">{}</span>', ((one,) for one in followed if one))
    return format_html("<span>{}</span>", inside) if inside else inside


@register.filter
def list_shape(state: str) -> str:
    """How the mark of a list's state is drawn."""
    return LIST_SHAPES.get(state, "info")


@register.filter
def scan_pages(pages: tuple[int, ...]) -> str:
    """1, or 1–2."""
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"

"""The share in the right prize by reviews an entry, drawn: a picture beside its table."""

from collections.abc import Sequence
from math import floor

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.core.certainty import Certainty

LEFT, RIGHT, TOP, BOTTOM = 48, 388, 14, 170
STEPS = 4  # lines across


def picture(found: Sequence[Certainty], wanted: float) -> SafeString:
    """Points with two standard errors up and down; a broken line for what is wanted."""
    lowest = floor(min([wanted, *(one.right for one in found)]) * 10) / 10
    lowest = min(lowest, 0.9)
    first, last = found[0].reviews, found[-1].reviews

    def x(reviews: int) -> str:
        return f"{LEFT + 12 + (RIGHT - LEFT - 24) * (reviews - first) / (last - first):.1f}"

    def y(share: float) -> str:
        return f"{BOTTOM - (BOTTOM - TOP) * (min(max(share, lowest), 1) - lowest) / (1 - lowest):.1f}"

    levels = [lowest + (1 - lowest) * at / STEPS for at in range(STEPS + 1)]
    lines = format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="#dcd7cb" />'
        '<text x="{}" y="{}" text-anchor="end" dy="4" fill="currentColor">{}</text>',
        ((LEFT, y(level), RIGHT, LEFT - 6, y(level), f"{level * 100:.0f}") for level in levels),
    )
    points = format_html_join(
        "",
        '<path d="M{} {}V{}" stroke="currentColor" /><circle cx="{}" cy="{}" r="4" fill="currentColor" />'
        '<text x="{}" y="{}" text-anchor="middle" fill="currentColor">{}</text>',
        (
            (x(n), y(one.right - 2 * one.right_error), y(one.right + 2 * one.right_error), x(n), y(one.right), x(n),
             BOTTOM + 18, n)
            for one in found for n in [one.reviews]
        ),
    )  # fmt: skip
    curve = "M" + "L".join(f"{x(one.reviews)} {y(one.right)}" for one in found)
    return format_html(
        '<svg viewBox="0 0 400 212" font-size="12" fill="none">{}'
        '<path d="{}" stroke="currentColor" stroke-width="1.5" />'
        '<path d="M{} {}H{}" stroke="#b8301c" stroke-width="1.5" stroke-dasharray="6 4" />{}'
        '<text x="{}" y="206" text-anchor="middle" fill="currentColor">{}</text></svg>',
        lines, curve, LEFT, y(wanted), RIGHT, points, (LEFT + RIGHT) // 2, _("reviews an entry"),
    )  # fmt: skip

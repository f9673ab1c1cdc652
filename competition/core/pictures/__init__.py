"""Pictures as SVG: pure functions from plain numbers and words to a drawing that stands in a page beside its table.

Attributes of presentation alone, no style and no script, so that the page's content security policy lets all of it
through; text stays text, in the face of the page. 400 units wide, so that it is readable on a phone. Nothing is told by
colour alone: what a colour says a hatch, a shape or a word says too.

svg         the few elements that everything is drawn with
bars        bars made of parts: prizes by district
spread      how many are where, with cuts: scores of a group
intervals   a point and how sure it is, row by row: entries, judges
course      a count that rises over time: sheets handed in
"""

from competition.core.pictures.bars import Bar, bars
from competition.core.pictures.course import Step, course
from competition.core.pictures.intervals import Interval, Limit, bounds, intervals
from competition.core.pictures.spread import Cut, spread
from competition.core.pictures.svg import Chart, Drawn, Kind

__all__ = [
    "Bar",
    "Chart",
    "Cut",
    "Drawn",
    "Interval",
    "Kind",
    "Limit",
    "Step",
    "bars",
    "bounds",
    "course",
    "intervals",
    "spread",
]

"""A form of somebody else's (.xlsx): its headings read, and rows written into it. Everything else in it stays.

Only the parts that rows are written into, or that name rows, are written anew; pictures, fonts, colours, print set-up
and whatever else a program has put in come through as bytes. Plain data in, bytes out.
"""

from awards.their_form.filling import filled_in
from awards.their_form.reading import TheirForm, read_form

__all__ = ["TheirForm", "filled_in", "read_form"]

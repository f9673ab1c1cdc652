"""Work that makes millions of rows and no circles among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_rows() -> Iterator[None]:
    """The search for circles of objects rests meanwhile: it would go through all the rows again and again, a fifth of
    the time. What nobody refers to any more is freed as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

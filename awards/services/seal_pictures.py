"""A picture of a seal or a signature: a PNG by its content, written again without metadata, white made transparent."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

import numpy as np
import numpy.typing as npt
from PIL import Image

from competition import files
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Inspected, Limits, Unfit, inspect_file, judge_copy
from competition.models import StoredFile
from competition.services.papers import drop_unused, stored_file
from competition.unfit import sentence

LIMITS = Limits(kinds=frozenset({FileKind.IMAGE}), max_bytes=5 * 1024 * 1024, max_pixels=16_000_000)
PNG = "image/png"
MOST = 1200  # pixels of the longer side: 600 an inch of a seal of five centimetres
FAINT = 12  # of 255: paper that is not quite white
MOST_COVER = 0.9  # of the pixels; more is a photo, not a seal on white paper
Pixels = npt.NDArray[np.uint8]


@contextmanager
def seal_picture(*, name: str, chunks: Iterable[bytes], at: datetime) -> Iterator[StoredFile]:
    """For as long as it takes to say what it is for; nothing is kept of what came to be for nothing.

    raises   Refused "file-unfit", "seal-not-png", "seal-blank", "seal-not-clear"
    """
    picture = kept(cleaned(name, chunks), at=at)
    try:
        yield picture
    finally:
        drop_unused(picture)


def cleaned(name: str, chunks: Iterable[bytes]) -> bytes:
    scratch = random_key()
    path = files.write_part(scratch, chunks)
    try:
        found = inspect_file(path, LIMITS)
        if found.media_type != PNG:
            raise Refused(Denial("seal-not-png", {"name": name}))
        data = judge_copy(path, FileKind.IMAGE)
    except Unfit as fault:
        raise Refused(Denial("file-unfit", {"name": name, "why": sentence(fault)})) from fault
    finally:
        files.forget_part(scratch)
    return on_nothing(data, name)


def on_nothing(data: bytes, name: str) -> bytes:
    """The picture cut to its ink. One without transparency loses its white paper."""
    with Image.open(io.BytesIO(data)) as image:
        pixels = np.asarray(image.convert("RGBA"))
    if pixels[..., 3].min() == 255:
        pixels = without_paper(pixels)
    inked = pixels[..., 3] > FAINT
    if not inked.any():
        raise Refused(Denial("seal-blank", {"name": name}))
    if inked.mean() > MOST_COVER:
        raise Refused(Denial("seal-not-clear", {"name": name}))
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    cut = Image.fromarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], "RGBA")
    cut.thumbnail((MOST, MOST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    cut.save(out, "PNG", optimize=True)
    return out.getvalue()


def without_paper(pixels: Pixels) -> Pixels:
    """As ink on glass: whatever white the paper gave to a pixel becomes transparency."""
    colours = pixels[..., :3].astype(np.int32)
    cover = 255 - colours.min(axis=2)
    cover[cover <= FAINT] = 0
    safe = np.maximum(cover, 1)[..., None]
    bare = np.clip((colours - 255 + cover[..., None]) * 255 // safe, 0, 255)
    return np.dstack([bare, cover]).astype(np.uint8)


def kept(data: bytes, *, at: datetime) -> StoredFile:
    scratch = random_key()
    path = files.write_part(scratch, [data])
    sha256 = files.sha256_of(path)
    files.keep(path, sha256)
    return stored_file(Inspected(FileKind.IMAGE, PNG, len(data), sha256), at=at)

"""Pictures for the demo's track of paintings, drawn by the machine: skies, planets, towers."""

import io
import math
import random
from collections.abc import Sequence
from datetime import datetime

from PIL import Image, ImageDraw

from competition import files
from competition.core.tokens import random_key
from competition.inspection import FileKind, Inspected
from competition.models import Entry, Material, MaterialKind, Track
from competition.services.papers import stored_file

WIDE, HIGH = 1350, 950  # in the proportions of 54 × 38 cm
Colour = tuple[int, int, int]
SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((16, 24, 66), (226, 120, 92)), ((9, 46, 74), (120, 200, 190)), ((50, 18, 70), (240, 170, 120)),
    ((10, 12, 30), (70, 90, 170)), ((120, 190, 230), (250, 240, 200)), ((30, 60, 40), (190, 220, 150)),
)  # fmt: skip
BRIGHT: tuple[Colour, ...] = ((244, 201, 93), (231, 111, 81), (120, 200, 230), (200, 150, 220), (150, 210, 130))


def hang(track: Track, entries: Sequence[Entry], *, at: datetime) -> None:
    """A picture to each. We drew it ourselves and nothing else is in it, so it is its own copy for judges and needs no
    process to look into it: the demo stays quick to load."""
    kind = MaterialKind.objects.create(
        track=track,
        code="painting",
        order=1,
        label_zh="作品图片",
        label_en="Picture",
        formats=[FileKind.IMAGE],
        max_mb=10,
    )
    for number, entry in enumerate(entries, 1):
        part = files.write_part(random_key(), [painting(number)])
        size, sha256 = part.stat().st_size, files.sha256_of(part)
        files.keep(part, sha256)
        stored = stored_file(Inspected(FileKind.IMAGE, "image/jpeg", size, sha256), at=at)
        Material.objects.create(
            entry=entry,
            kind=kind,
            name=f"{number}.jpg",
            size=size,
            sha256=sha256,
            file=stored,
            copy=stored,
            added_at=at,
        )


def painting(number: int) -> bytes:
    """A JPEG without any metadata; the same number, the same one."""
    rng = random.Random(number)
    image = Image.new("RGB", (WIDE, HIGH))
    draw = ImageDraw.Draw(image)
    sky(draw, *SKIES[number % len(SKIES)])
    for _ in range(90):
        x, y, size = rng.randrange(WIDE), rng.randrange(HIGH * 2 // 3), rng.choice((1, 1, 2, 3))
        draw.ellipse((x, y, x + size, y + size), fill=(255, 255, 245))
    planet(draw, rng)
    towers(draw, rng)
    rocket(draw, rng)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=80)
    return data.getvalue()


def sky(draw: ImageDraw.ImageDraw, above: Colour, below: Colour) -> None:
    for y in range(HIGH):
        share = y / HIGH
        line = tuple(round(a + (b - a) * share) for a, b in zip(above, below, strict=True))
        draw.line((0, y, WIDE, y), fill=line)


def planet(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """With rings, as every planet in such a picture."""
    x, y, size = rng.randrange(250, WIDE - 250), rng.randrange(180, 380), rng.randrange(80, 170)
    draw.ellipse((x - size, y - size, x + size, y + size), fill=rng.choice(BRIGHT))
    for ring in range(3):
        wide = size * 1.6 + ring * 16
        draw.arc((x - wide, y - wide / 4, x + wide, y + wide / 4), 20, 340, fill=(250, 240, 220), width=5)


def towers(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x = 20
    while x < WIDE - 60:
        wide, high, colour = rng.randrange(60, 130), rng.randrange(150, 480), rng.choice(BRIGHT)
        top = HIGH - high
        shade = tuple(part * 2 // 3 for part in colour)
        draw.rounded_rectangle((x, top, x + wide, HIGH + 20), radius=rng.choice((6, 30, wide // 2)), fill=shade)
        for y in range(top + 40, HIGH - 20, 44):
            for window in range(x + 14, x + wide - 18, 26):
                draw.ellipse((window, y, window + 12, y + 16), fill=colour if rng.random() < 0.7 else (255, 250, 220))
        x += wide + rng.randrange(10, 60)


def rocket(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x, y, turn = rng.randrange(200, WIDE - 200), rng.randrange(250, 520), rng.uniform(-0.7, 0.7)
    body = ((0, -110), (26, -50), (26, 50), (52, 90), (-52, 90), (-26, 50), (-26, -50))
    flame = ((-20, 92), (20, 92), (0, 92 + rng.randrange(60, 140)))
    for shape, colour in ((flame, (250, 160, 60)), (body, (240, 240, 235))):
        draw.polygon([turned(x, y, point, turn) for point in shape], fill=colour)
    at_x, at_y = turned(x, y, (0, -30), turn)
    draw.ellipse((at_x - 14, at_y - 14, at_x + 14, at_y + 14), fill=(60, 110, 160))


def turned(x: int, y: int, point: tuple[int, int], turn: float) -> tuple[float, float]:
    across, along = point
    return (
        x + across * math.cos(turn) - along * math.sin(turn),
        y + across * math.sin(turn) + along * math.cos(turn),
    )

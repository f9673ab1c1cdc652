"""Pictures, in the child: read whole, turned upright, written again without what the camera knew."""

import io
import re
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from competition.inspection.kinds import FileKind, Limits, Unfit
from competition.inspection.signatures import Family

ORIENTATION = 0x0112
ON_ITS_SIDE = (5, 6, 7, 8)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ABSURD = 10  # times the limit: nobody's photo, a picture made to fill memory
MOST_TURNED = 40_000_000  # pixels that fit into memory twice; above, a turned photo is halved
MOST_WEBP = 30_000_000
LONGEST = 4  # a preview is at most so many times as high as wide
WEBP_QUALITY, JPEG_QUALITY, PORTRAIT_QUALITY = 80, 90, 88

Image.MAX_IMAGE_PIXELS = None  # ours is stricter, and Pillow's first only warns


def inspected(path: Path, family: Family, limits: Limits) -> dict[str, Any]:
    if family is Family.WEBP:
        require_pixels(*webp_size(path), min(limits.max_pixels, MOST_WEBP))
    image = opened(path, family)
    require_pixels(*image.size, limits.max_pixels)
    width, height = image.size
    turned = orientation(image) in ON_ITS_SIDE
    loaded(image, (max(1, width // 8), max(1, height // 8)))
    return {
        "kind": FileKind.IMAGE,
        "width": height if turned else width,
        "height": width if turned else height,
    }


def webp_size(path: Path) -> tuple[int, int]:
    """As the head declares it: Pillow tells only after it has taken memory for three whole pictures."""
    with path.open("rb") as file:
        head = file.read(30).ljust(30, b"\0")
    match head[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def opened(path: Path, family: Family) -> Image.Image:
    try:
        return Image.open(path, formats=[family])
    except ValueError as fault:
        raise unpacks_too_much(fault) from fault


def loaded(image: Image.Image, smallest: tuple[int, int] | None = None) -> None:
    """Read all of the first frame. A JPEG may be read smaller: the same bytes, a sixty-fourth of the memory."""
    if smallest:
        image.draft(None, smallest)
    try:
        image.load()
    except ValueError as fault:
        raise unpacks_too_much(fault) from fault


def unpacks_too_much(fault: ValueError) -> Unfit:
    """Pillow's own guards over text and colour profiles inside a PNG speak by ValueError."""
    return Unfit("bomb" if re.search("too (large|much)", str(fault), re.IGNORECASE) else "broken")


def require_pixels(width: int, height: int, most: int) -> None:
    if width * height > ABSURD * most:
        raise Unfit("bomb", pixels=width * height)
    if width * height > most:
        raise Unfit("too-many-pixels", found=width * height, most=most)


def orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - the picture is good though its EXIF is not
        return 1


def write_copy(path: Path, family: Family, kind: FileKind, to: Path) -> None:
    image = opened(path, family)
    turn = TURNS.get(orientation(image))
    if turn is not None and image.width * image.height > MOST_TURNED:
        image.draft(None, (image.width // 2, image.height // 2))
    loaded(image)
    image = in_plain_colours(image)
    # Everything that Pillow would write along goes: EXIF, comments, profile, resolution.
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if turn is not None:
        image = image.transpose(turn)
    if family is Family.JPEG or (family is Family.WEBP and image.mode == "RGB"):
        (image if image.mode in ("RGB", "L") else image.convert("RGB")).save(to, "JPEG", quality=JPEG_QUALITY)
    else:
        image.save(to, "PNG")


def in_plain_colours(image: Image.Image) -> Image.Image:
    """In sRGB. A colour profile is not copied (it may name a device and its owner), so it is applied."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        plain = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(image, io.BytesIO(profile), plain, outputMode=mode, inPlace=mode == image.mode)
    except (ImageCms.PyCMSError, ValueError, OSError):
        return image
    return image if done is None else done


def write_preview(path: Path, family: Family, to: Path, page: int, width: int) -> None:
    if page != 1:
        raise Unfit("no-such-page", page=page)
    image = opened(path, family)
    turns = orientation(image)
    fitting = (LONGEST * width, width) if turns in ON_ITS_SIDE else (width, LONGEST * width)
    image.draft(None, fitting)
    loaded(image)
    image = shown(image)
    image.thumbnail(fitting)  # smaller first, turned second: a large picture is not in memory twice
    if turns in TURNS:
        image = image.transpose(TURNS[turns])
    image.info = {}
    image.save(to, "WEBP", quality=WEBP_QUALITY)


def write_portrait(path: Path, family: Family, to: Path, longest: int) -> None:
    """A photo of a person as a JPEG at most `longest` wide and high, upright, without what the camera knew."""
    image = opened(path, family)
    turn = TURNS.get(orientation(image))
    image.draft(None, (2 * longest, 2 * longest))
    loaded(image)
    image = in_plain_colours(shown(image))
    image.thumbnail((longest, longest))
    if turn is not None:
        image = image.transpose(turn)
    plain = Image.new("RGB", image.size, "white")  # what is transparent is white, as on paper
    plain.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    plain.save(to, "JPEG", quality=PORTRAIT_QUALITY)


def shown(image: Image.Image) -> Image.Image:
    """In a mode that WebP has."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGB", "RGBA", "L"):
        return image
    return image.convert("RGBA" if "transparency" in image.info or "A" in image.mode else "RGB")

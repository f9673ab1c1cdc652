"""Pictures inside other files: taken out of them what the camera wrote, every pixel kept as it is."""

import struct

JPEG_KEPT = (0xE0, 0xE2, 0xEE)  # JFIF, colour profile, Adobe's transform: they change what is seen
PNG_LEFT_OUT = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
ORIENTATION = 0x0112
EXIF = b"Exif\0\0"


def bare_jpeg(data: bytes, keep_turn: bool = False) -> bytes:
    """Without EXIF, XMP, IPTC and comments; as it came where it is not built as a JPEG.

    keep_turn  write an EXIF of one entry, the orientation, where the readers of the outer file heed it
    """
    if data[:2] != b"\xff\xd8":
        return data
    kept, place, turn = [data[:2]], 2, 0
    while place + 4 <= len(data):
        mark, kind, length = data[place], data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if mark != 0xFF or length < 2:
            return data
        if kind == 0xFF:  # fill byte
            place += 1
            continue
        segment = data[place : place + 2 + length]
        if kind == 0xE1 and segment[4:10] == EXIF:
            turn = turn or turn_of(segment[10:])
        if kind == 0xDA:  # the picture itself: to the end
            extra = [turn_segment(turn)] if keep_turn and turn > 1 else []
            return b"".join([*kept[:1], *extra, *kept[1:], data[place:]])
        if kind in JPEG_KEPT or not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            kept.append(segment)
        place += 2 + length
    return data


def turn_of(tiff: bytes) -> int:
    """The orientation that an EXIF block tells; 0 where it tells none."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * number)
            if tag == ORIENTATION:
                return int(value)
    except (KeyError, struct.error):
        pass
    return 0


def turn_segment(turn: int) -> bytes:
    body = EXIF + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def bare_png(data: bytes) -> bytes:
    """Without text, time and EXIF; as it came where it is not built as a PNG."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return data
    kept, place = [data[:8]], 8
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4])
        if end > len(data):
            return data
        if data[place + 4 : place + 8] not in PNG_LEFT_OUT:
            kept.append(data[place:end])
        place = end
    return b"".join(kept)

"""What makes a PDF fit for an archive (PDF/A-2u, ISO 19005-2): it says so in XMP, and what its colours mean.

Both are written by hand, so that their bytes are the same on every machine and in every year.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

# ---- sRGB (IEC 61966-2-1) as an ICC profile of version 4.2: primaries as seen under D50, and its curve

D50 = (0.9642, 1.0, 0.82491)
RED, GREEN, BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
FROM_D65 = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
NAME = "sRGB IEC61966-2.1"
MADE = (2017, 12, 17, 0, 0, 0)  # the header wants a date; nothing depends on it
HEADER, ENTRY = 128, 12


def _fixed(values: Sequence[float]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _text(text: str) -> bytes:
    body = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(body), 28) + body


def _point(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


@cache
def srgb_profile() -> bytes:
    """The profile's bytes, about 600."""
    curve = b"para" + struct.pack(">4xHH", 3, 0) + _fixed(CURVE)
    tags = {
        b"desc": _text(NAME),
        b"cprt": _text("No copyright"),
        b"wtpt": _point(D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(FROM_D65),
        b"rXYZ": _point(RED),
        b"gXYZ": _point(GREEN),
        b"bXYZ": _point(BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    at, table, body = HEADER + 4 + ENTRY * len(tags), struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for tag, data in tags.items():
        if data not in places:  # equal tags share their bytes
            places[data] = at + len(body)
            body += data + bytes(-len(data) % 4)
        table += tag + struct.pack(">II", places[data], len(data))
    size = at + len(body)
    head = struct.pack(">I4xI4s4s4s6H4s", size, 0x04200000, b"mntr", b"RGB ", b"XYZ ", *MADE, b"acsp")
    head += bytes(28) + _fixed(D50)
    return head.ljust(HEADER, b"\0") + table + body


# ---- XMP

CLAIM = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description>
"""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{claim}<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML


def _words(text: str) -> str:
    return escape(_UNFIT.sub("", text))


def metadata(*, title: str, author: str, creator: str, producer: str, at: datetime) -> bytes:
    """The XMP packet: what the file's information dictionary says, and that it is PDF/A-2u."""
    return _PACKET.format(
        claim=CLAIM,
        title=_words(title),
        author=_AUTHOR.format(_words(author)) if author else "",
        creator=_words(creator),
        producer=_words(producer),
        date=at.replace(microsecond=0).isoformat(),
    ).encode()


def without_claim(packet: bytes) -> bytes:
    """The packet of a file that holds what nobody here made: it says nothing of PDF/A."""
    return packet.replace(CLAIM.encode(), b"")

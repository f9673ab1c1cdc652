"""Members in a zip whose bytes follow from them alone: no moment, no packing, no choice."""

import io
import zipfile
from collections.abc import Mapping

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # that a zip knows


def zipped(members: Mapping[str, bytes]) -> bytes:
    """In the order of their names. source   docs/adr/0007-bundle.md"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, FIRST_MOMENT)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, members[name])
    return out.getvalue()

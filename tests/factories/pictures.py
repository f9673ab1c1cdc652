"""Pictures on the entries of a contest: its first track becomes one of pictures."""

from competition.inspection import FileKind
from competition.models import Entry, Material, MaterialKind, StoredFile, Track
from tests.factories.contests import AT


def hang(track: Track) -> MaterialKind:
    """A picture each, as rows alone: no bytes lie behind them."""
    kind, _ = MaterialKind.objects.get_or_create(
        track=track, code="painting", defaults={"order": 1, "label_zh": "作品图片", "formats": [FileKind.IMAGE]}
    )
    for entry in Entry.objects.filter(track=track, materials=None):
        sha256 = f"{entry.pk:064x}"
        stored = StoredFile.objects.create(sha256=sha256, size=9, kind="image", media_type="image/jpeg", stored_at=AT)
        Material.objects.create(
            entry=entry, kind=kind, name="x.jpg", size=9, sha256=sha256, file=stored, copy=stored, added_at=AT
        )
    return kind

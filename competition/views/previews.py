"""One page of a PDF, or a picture, as WebP: phones show no PDF in a frame."""

from django.http import FileResponse, Http404

from competition import files
from competition.inspection import FileKind, Unfit, preview
from competition.models import StoredFile


def preview_page(file: StoredFile | None, number: int) -> FileResponse:
    """Drawn once and kept."""
    if file is None or file.kind not in (FileKind.PDF, FileKind.IMAGE):
        raise Http404("There is nothing to be shown.")
    cached = files.preview_path_of(file.sha256, number)
    if not cached.exists():
        try:
            data = preview(files.path_of(file.sha256), FileKind(file.kind), number)
        except Unfit as fault:
            raise Http404("This page cannot be shown.") from fault
        files.write_whole(cached, data)
    return FileResponse(cached.open("rb"), content_type="image/webp")

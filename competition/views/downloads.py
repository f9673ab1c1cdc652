"""Files that are made on demand and kept nowhere, and those that are kept by their SHA-256."""

from django.http import FileResponse, HttpResponse

from competition import files
from competition.models import StoredFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
JSON = "application/json; charset=utf-8"
ZIP = "application/zip"
TEXT = "text/plain; charset=utf-8"
SHOWN_IN_PAGE = ("application/pdf", "image/jpeg", "image/png", "image/webp")
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{OFFICE}.wordprocessingml.document"
HTML = "text/html; charset=utf-8"
ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    f"{OFFICE}.wordprocessingml.document": ".docx",
    f"{OFFICE}.spreadsheetml.sheet": ".xlsx",
    f"{OFFICE}.presentationml.presentation": ".pptx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
}


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """Offered to be saved under this name, never shown in the page's own place."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(data, content_type=kind, headers=headers)


def stored(file: StoredFile, name: str) -> FileResponse:
    """Kept bytes: pictures and PDFs are shown, everything else is saved. Nothing in them runs."""
    is_shown = file.media_type in SHOWN_IN_PAGE
    path = files.path_of(file.sha256)
    response = FileResponse(path.open("rb"), as_attachment=not is_shown, filename=name, content_type=file.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response

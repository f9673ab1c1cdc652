"""Files that are made on demand and kept nowhere."""

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """Offered to be saved under this name, never shown in the page's own place."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(data, content_type=kind, headers=headers)

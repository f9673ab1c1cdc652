"""Files of an entry: added whole, or named first and sent in pieces; seen again; taken out."""

import json
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events, files
from competition.access import why_not_see_form
from competition.errors import Refused
from competition.events import record_look
from competition.models import Entry, Material
from competition.services.materials import add_material, promise_material, receive_piece, remove_material
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import stored
from competition.views.entering import find_entry
from competition.views.previews import preview_page

PIECE_MOST = 4 * 1024 * 1024


def materials_url(entry: Entry) -> str:
    return f"{reverse('form', args=[entry.key])}?step=materials"


@require_POST
@allowed(why_not_see_form, find_entry)
def add(request: SignedIn, entry: Entry, kind: str) -> HttpResponse:
    wanted = get_object_or_404(entry.track.material_kinds, code=kind)
    file = request.FILES.get("file")
    if file is None:
        return answer(request, partial(refuse_nothing, entry), materials_url(entry))
    do = partial(
        add_material, entry=entry, kind=wanted, name=file.name or "", size=file.size or 0, chunks=file.chunks(),
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    return answer(request, do, materials_url(entry), str(_("The file is added.")))


def refuse_nothing(entry: Entry) -> None:
    from competition.errors import Denial

    raise Refused(Denial("file-not-chosen", {"entry": entry}))


@require_POST
@allowed(why_not_see_form, find_entry)
def promise(request: SignedIn, entry: Entry, kind: str) -> HttpResponse:
    """JSON {name, size, sha256} -> {url}: where its pieces go."""
    wanted = get_object_or_404(entry.track.material_kinds, code=kind)
    try:
        said = json.loads(request.body)
        name, size, sha256 = str(said["name"]), int(said["size"]), str(said["sha256"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"code": "malformed", "message": str(_("This request cannot be understood."))}, status=422)
    try:
        with events.via(Via.WEB):
            material = promise_material(
                entry=entry, kind=wanted, name=name, size=size, sha256=sha256, by=request.user, at=timezone.now()
            )
    except Refused as refused:
        return refusal(refused)
    return JsonResponse({"url": reverse("material-upload", args=[entry.key, material.key])}, status=201)


def refusal(refused: Refused, **more: Any) -> JsonResponse:
    return JsonResponse({"code": refused.denial.code, "message": refused.denial.message, **more}, status=409)


def found_material(entry: Entry, key: str) -> Material:
    rows = Material.objects.select_related("kind", "file", "entry__contest", "entry__school__district", "entry__track")
    return get_object_or_404(rows, entry=entry, key=key)


@require_http_methods(["GET", "PATCH"])
@allowed(why_not_see_form, find_entry)
def upload(request: SignedIn, entry: Entry, material: str) -> HttpResponse:
    """GET: how much has arrived. PATCH: the next piece, with Upload-Offset; a wrong one is answered with the right."""
    found = found_material(entry, material)
    if request.method == "GET":
        there = found.size if found.file else files.received(found.key)
        return JsonResponse({"received": there, "is_kept": found.file is not None})
    offset = request.headers.get("Upload-Offset", "")
    length = int(request.headers.get("Content-Length") or 0)
    if not offset.isdecimal() or length > PIECE_MOST:
        return JsonResponse({"code": "malformed", "message": str(_("This request cannot be understood."))}, status=422)
    data = request.read(PIECE_MOST)
    try:
        with events.via(Via.WEB):
            there = receive_piece(material=found, offset=int(offset), data=data, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(refused)
    found.refresh_from_db(fields=["file"])
    return JsonResponse({"received": there, "is_kept": found.file is not None})


@require_POST
@allowed(why_not_see_form, find_entry)
def remove(request: SignedIn, entry: Entry, material: str) -> HttpResponse:
    do = partial(remove_material, material=found_material(entry, material), by=request.user, at=timezone.now())
    return answer(request, do, materials_url(entry), str(_("The file is taken out.")))


@require_GET
@allowed(why_not_see_form, find_entry)
def material(request: SignedIn, entry: Entry, material: str) -> FileResponse:
    """The file as it came; pictures and PDFs are shown, everything else is saved."""
    found = found_material(entry, material)
    if found.file is None:
        raise Http404("The bytes have not arrived.")
    record_look(request.user, "material", entry, at=timezone.now())
    return stored(found.file, found.name)


@require_GET
@allowed(why_not_see_form, find_entry)
def page(request: SignedIn, entry: Entry, material: str, number: int) -> FileResponse:
    """One page, drawn by the server."""
    return preview_page(found_material(entry, material).file, number)

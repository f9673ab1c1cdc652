"""Where everybody checks a certificate: by its code on the web, or away from it by our keys and list."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.core.signed_code import LENGTH, TOKEN
from awards.models import Certificate, Participant
from awards.outputs.published import published_keys, published_list
from awards.selectors import attendance_by_token, certificate_by_token, newer_attendance, newer_certificate
from awards.services.signing import is_genuine
from awards.states import CertificateKind, KeyState, RecognitionKind
from competition.access import why_not_anyone
from competition.crowds import Door
from competition.errors import Refused
from competition.views.crowds import hidden, limited
from competition.views.doors import allowed, refuse
from competition.views.masks import masked, masked_all

# A class, or a hall, that checks at once from one address is let in; who asks for hours on end is not.
CHECKS = Door("certificates", each=300, everyone=3000)
LISTS = Door("published list", each=30, everyone=300)


def plain_code(typed: str) -> str:
    """As people type or paste it: in capitals, with spaces or hyphens, with the address before it."""
    last = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    return "".join(char for char in last.casefold() if char.isalnum())


@require_GET
@allowed(why_not_anyone)
def certificate_form(request: HttpRequest, thing: None) -> HttpResponse:
    typed = plain_code(request.GET.get("code", ""))
    if typed:
        return redirect("certificate", typed[: LENGTH + TOKEN].upper())
    return check_page(request, {"typed": "", "found": None}, 200)


@require_GET
@allowed(why_not_anyone)
@limited(CHECKS)
def certificate(request: HttpRequest, thing: None, token: str) -> HttpResponse:
    """The first 26 characters find it; what follows on newer papers must be signed, or the code was changed."""
    typed = plain_code(token)
    is_changed = len(typed) > TOKEN and not is_genuine(typed)
    facts = {"typed": typed.upper(), "found": None, "is_changed": is_changed, "is_signed": len(typed) > TOKEN}
    if found := certificate_by_token(typed[:TOKEN]):
        return check_page(request, facts | facts_of(found), 200)
    if attended := attendance_by_token(typed[:TOKEN]):
        return check_page(request, facts | facts_of_attendance(attended), 200, "awards/certificate_of_attendance.html")
    return check_page(request, facts, 404)


def facts_of(found: Certificate) -> dict[str, Any]:
    return {"found": found, "names": public_names(found), "newer": newer_certificate(found)}


def facts_of_attendance(found: Participant) -> dict[str, Any]:
    """No name where those of the training were erased."""
    name = masked(found.name) if found.name else ""
    return {"found": found, "training": found.training, "name": name, "newer": newer_attendance(found)}


def public_names(found: Certificate) -> str:
    """Units, schools and groups in full; people masked."""
    is_unit = found.recognition is not None and found.recognition.rule.kind != RecognitionKind.TUTOR
    is_group = found.kind == CertificateKind.AUTHOR and found.work is not None and not found.work.said["authors"]
    return "、".join(found.recipients) if is_unit or is_group else masked_all(found.recipients)


def check_page(
    request: HttpRequest, facts: dict[str, Any], status: int, template: str = "awards/certificate.html"
) -> HttpResponse:
    return hidden(render(request, template, facts, status=status))


@require_GET
@allowed(why_not_anyone)
@limited(LISTS)
def keys(request: HttpRequest, thing: None) -> HttpResponse:
    return as_file(published_keys(), "certificate-keys.json")


@require_GET
@allowed(why_not_anyone)
@limited(LISTS)
def signed_list(request: HttpRequest, thing: None) -> HttpResponse:
    try:
        found = published_list(at=timezone.now())
    except Refused as refused:
        return refuse(request, refused.denial)
    if found is None:
        raise Http404("Nothing was signed yet.")
    return as_file(found, "certificates.json")


def as_file(value: dict[str, Any], name: str) -> HttpResponse:
    response = JsonResponse(value, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return hidden(response)


@require_GET
@allowed(why_not_anyone)
@limited(LISTS)
def offline(request: HttpRequest, thing: None) -> HttpResponse:
    """One page that carries our keys and asks for nothing more: it works when the network is gone."""
    known = published_keys()["keys"]
    rows = [{**one, "word": KeyState(one["state"]).label} for one in known]
    facts = {"keys": rows, "keys_text": json.dumps(known)}
    return hidden(render(request, "awards/offline_check.html", facts))

"""A contest whose certificates are issued, its office, and small pictures of seals."""

import io
from datetime import date
from typing import Any

from PIL import Image, ImageDraw

from awards.core.certificate_template import Template
from awards.models import CertificateTemplate, SealUse
from awards.services.certificate_templates import newest, save_template, version_of
from awards.services.certificates import issue_certificates
from awards.services.lists import standing_list
from awards.services.seals import Authorised, authorise_seal
from awards.states import SealKind
from awards.template_forms import values_of
from competition.models import Contest, StoredFile, User
from tests.factories.noticing import NOW, locked_contest
from tests.factories.replay import replayed

__all__ = ["NOW", "certified", "locked_contest"]
TODAY = date(2026, 5, 6)


@replayed
def certified() -> Contest:
    contest = locked_contest()
    contest.settings |= {"issuers": ["甲市科学技术协会", "甲市教育局"]}
    contest.save(update_fields=["settings"])
    issue_certificates(award_list=standing_list(contest), by=None, at=NOW)
    contest.refresh_from_db()
    return contest


def saved(
    contest: Contest | None, by: User, template: Template, kind: str = "", *, base: int | None = None, reason: str = "",
    background: StoredFile | None = None,
) -> CertificateTemplate:  # fmt: skip
    base = version_of(newest(contest, kind)) if base is None else base
    return save_template(
        contest=contest, kind=kind, template=template, base=base, reason=reason, background=background, by=by, at=NOW
    )


def typed(template: Template, **more: Any) -> dict[str, Any]:
    """The form of a template as a browser sends it."""
    values = values_of(template) | {"base": 0, "reason": "", "shown_kind": "author", "shown_as": "plain"}
    values |= {"shown_data": "real"} | more
    return {name: value for name, value in values.items() if value is not False and not isinstance(value, dict)}


def authorised(contest: Contest | None, by: User, *, picture: StoredFile | None = None, **more) -> SealUse:
    said = {
        "kind": SealKind.SEAL, "name": "甲市科学技术协会", "authorised_by": "周主任（办公室）",
        "document": "用印审批单〔2026〕3号", "authorised_on": TODAY,
    }  # fmt: skip
    return authorise_seal(contest=contest, said=Authorised(**said | more), picture=picture, by=by, at=NOW)


def scanned_seal(*, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """A red ring on white paper, with a word in its metadata that nobody needs to know."""
    image = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(image).ellipse((40, 40, 260, 260), outline=(210, 25, 20), width=14)
    out = io.BytesIO()
    more = {}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", "metadata-secret")
    image.convert(mode).save(out, kind, **more)
    return out.getvalue()

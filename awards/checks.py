"""What whoever runs the server should hear when it starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils import timezone

from awards.services.file_signatures import is_open_to_others, is_set_up, signing_now

HINT = "See “Signed files” in docs/operator.md. The server starts; until then files that should be signed are refused."


@register(Tags.security)
def signing_of_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warnings, since a contest must not stand still for a certificate."""
    now = signing_now(at=timezone.now())
    if now is None:
        return []
    found: list[CheckMessage] = []
    if now.denial:
        found.append(Warning(now.denial.message, hint=HINT, id="laurel.W002"))
    elif now.by and now.ends_soon:
        text = f"The certificate that signs PDF files ends on {timezone.localtime(now.by.until):%Y-%m-%d}."
        found.append(Warning(text, hint="Ask for a new one in time.", id="laurel.W003"))
    names = [name for name in (settings.PDF_SIGNING, settings.PDF_SIGNING_PASSPHRASE) if name]
    if is_set_up() and any(map(is_open_to_others, names)):
        text = "Other users of this machine may read the file that signs PDF files, or its passphrase."
        found.append(Warning(text, hint="chmod 600 on both.", id="laurel.W004"))
    return found

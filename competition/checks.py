"""What whoever sets up a server should hear before it opens."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def second_factor_on_a_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.AT_A_DESK or settings.SECOND_FACTOR != "off":
        return []
    text = "SECOND_FACTOR is off on a server: a password that somebody else knows is enough to sign in."
    return [Warning(text, hint="Set SECOND_FACTOR to offered or required.", id="laurel.W001")]

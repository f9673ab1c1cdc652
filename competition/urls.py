"""Addresses of contests. A key is 26 characters of base32 and tells nothing."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from competition.core.tokens import KEY_LENGTH
from competition.views import entries, log


class KeyConverter(StringConverter):
    """A word that is no key is no address."""

    regex = f"[a-z2-7]{{{KEY_LENGTH}}}"


register_converter(KeyConverter, "key")

urlpatterns = [
    path("contests/<key:key>/entries/", entries.entries, name="entries"),
    path("contests/<key:key>/entries.xlsx", entries.entries_xlsx, name="entries-xlsx"),
    path("contests/<key:key>/log/", log.log, name="log"),
]

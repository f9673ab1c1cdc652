"""The contest that a command is about."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from competition.models import Contest


def contest_called(word: str) -> Contest:
    found = list(Contest.objects.filter(key=word) or Contest.objects.filter(label_zh=word))
    if len(found) == 1:
        return found[0]
    names = "\n".join(f"  {one.key}  {one.label_zh}" for one in found or Contest.objects.all())
    raise CommandError(
        _("No contest is called “%(word)s”. Give one of these keys:\n%(names)s") % {"word": word, "names": names}
    )

"""A role for somebody, from whoever runs the server: the first organiser of all, the second person of a contest."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from competition.management.contests import contest_called
from competition.models import Contest, User
from competition.services.accounts import create_account, grant_role, make_link
from competition.states import APPROVING, RoleKind


class Command(BaseCommand):
    help = (
        "Makes an account an organiser, or a second person who approves what organisers propose; in one contest or in "
        "all. A new account gets a link that signs in once. The log says so."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username", metavar="NAME", help="the account's name for signing in")
        parser.add_argument("kind", metavar="ROLE", choices=[str(kind) for kind in APPROVING],
                            help="organiser or approver")  # fmt: skip
        parser.add_argument("--contest", metavar="CONTEST", help="its key or its name; without it in all contests")
        parser.add_argument("--person", metavar="PERSON", help="of a new account: who it is")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans", help="of messages")

    def handle(self, *args, **options) -> None:
        with translation.override(options["language"]):
            contest = contest_called(options["contest"]) if options["contest"] else None
            user = User.objects.filter(username=options["username"]).first()
            if user is None and not options["person"]:
                raise CommandError(
                    _("No account “%(name)s”. To make it, say who it is: --person NAME") % {"name": options["username"]}
                )
            with transaction.atomic():
                token = give(user, RoleKind(options["kind"]), contest, options["username"], options["person"])
            facts = {"name": options["username"], "role": RoleKind(options["kind"]).label}
            self.stdout.write(_("%(name)s: %(role)s. The log says so.") % facts)
            if token:
                self.stdout.write(f"{settings.PUBLIC_URL}{reverse('link', args=[token])}")


def give(user: User | None, kind: RoleKind, contest: Contest | None, username: str, person: str | None) -> str:
    """The token that signs a new account in; "" for one that was there."""
    at, token = timezone.now(), ""
    if user is None:
        user = create_account(username=username, name=person or "", password=None, by=None, at=at)
        token = make_link(user=user, by=None, at=at)
    grant_role(user=user, kind=kind, contest=contest, by=None, at=at)
    return token

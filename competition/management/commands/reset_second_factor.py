"""For an organiser who lost the phone and the recovery codes."""

import argparse

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from competition.errors import Refused
from competition.models import User
from competition.services.second_factor import reset_second_factor


class Command(BaseCommand):
    help = "Takes the second factor away from an account; the password alone signs in until a new one is set up."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username", help="the account's name for signing in")

    def handle(self, *args, **options) -> None:
        username = options["username"]
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No account “{username}”. Give the name for signing in, as typed on the sign-in page.")
        try:
            reset_second_factor(user=user, at=timezone.now())
        except Refused as refused:
            raise CommandError(f"“{username}”: {refused}") from refused
        self.stdout.write(f"{username} has no second factor any more; the log says so.")

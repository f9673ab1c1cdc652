"""Wrong tries at signing in, and visits of the public, kept in the database so that all processes of a server count
together."""

from django.db import models


class WrongTries(models.Model):
    """How often in a row something was guessed wrong. `digest`: SHA-256; neither a name nor an address is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "wrong tries"

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.count}"


class DoorCount(models.Model):
    """How many came through a door of the public in one window of time.

    digest   HMAC of door, window and address under the installation's key: no address is kept, and none can be guessed
    window   running number of the window, to throw old rows away
    """

    digest = models.CharField(max_length=64, primary_key=True)
    window = models.PositiveBigIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.count}"

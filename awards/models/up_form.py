"""上报表样: the empty form of a higher contest as it came, which is filled in."""

from django.db import models

from competition.core.tokens import KEY_LENGTH
from competition.models import Contest, StoredFile


class UpForm(models.Model):
    """It holds nobody's data. Its columns stand in the settings of the contest, under the same key.

    layout   key of these columns
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="up_forms")
    layout = models.CharField(max_length=KEY_LENGTH)
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "layout"], name="up_form_once")]

    def __str__(self) -> str:
        return self.name

"""What many rows have: an address that tells nothing, and a label in two languages."""

from django.db import models

from competition.core.tokens import KEY_LENGTH, random_key
from competition.wording import speaks_chinese


class Keyed(models.Model):
    """Has a random key for addresses and for the log: a running number would tell order and count."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=random_key, editable=False)

    class Meta:
        abstract = True


class Labelled(models.Model):
    """Data that people read in Chinese or English; English may be missing and then Chinese stands for it."""

    label_zh = models.CharField(max_length=200)
    label_en = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_zh if speaks_chinese() else self.label_en or self.label_zh

"""Links that sign in: as rows of their own, so that each can be revoked."""

from django.db import models

from competition.models.user import User


class SignInLink(models.Model):
    """A link for one use. Only the SHA-256 of its token is kept: who reads the table cannot sign in."""

    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"

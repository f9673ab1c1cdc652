"""Who may sign in, and what for."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from competition.models.base import Keyed
from competition.states import RoleKind


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Keyed, AbstractBaseUser, PermissionsMixin):
    """An account. A school's account may be used by several people; a person's name is one field."""

    username = models.CharField(_("username"), max_length=60, unique=True)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.username


class Role(models.Model):
    """What a user is, and where: in one contest, for one school or unit, or in the whole installation (none)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    contest = models.ForeignKey("competition.Contest", models.CASCADE, null=True, blank=True, related_name="roles")
    school = models.ForeignKey("competition.School", models.CASCADE, null=True, blank=True, related_name="roles")
    district = models.ForeignKey("competition.District", models.CASCADE, null=True, blank=True, related_name="roles")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "kind",
                Coalesce("contest", 0),
                Coalesce("school", 0),
                Coalesce("district", 0),
                name="role_given_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=RoleKind.DISTRICT, district__isnull=False, contest=None, school=None)
                | (~models.Q(kind=RoleKind.DISTRICT) & models.Q(district=None)),
                name="role_district_has_district",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=RoleKind.values), name="role_kind_is_known"),
            models.CheckConstraint(
                condition=~models.Q(kind=RoleKind.SCHOOL) | models.Q(school__isnull=False, contest__isnull=True),
                name="role_school_has_school",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[RoleKind.JUDGE, RoleKind.REFEREE, RoleKind.COMMITTEE])
                | models.Q(contest__isnull=False, school__isnull=True),
                name="role_judge_has_contest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"

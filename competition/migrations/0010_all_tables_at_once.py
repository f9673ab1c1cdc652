"""Every table at once, for a new database: going through their history takes longer."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import competition.core.tokens
from competition.append_only import create, create_function, drop, drop_function


class Migration(migrations.Migration):
    replaces = [
        ("competition", "0001_initial"),
        ("competition", "0002_append_only"),
        ("competition", "0003_one_word_wider"),
        ("competition", "0004_entering"),
        ("competition", "0005_units_have_other_names"),
        ("competition", "0006_announcement_files"),
        ("competition", "0007_papers_and_corrections"),
        ("competition", "0008_tracks_ask_subject"),
        ("competition", "0009_wrong_tries"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("label_zh", models.CharField(max_length=200, unique=True)),
                ("contact", models.CharField(blank=True, max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("county", "county or district"),
                            ("direct", "school directly under the city"),
                            ("centre", "activity centre"),
                        ],
                        default="county",
                        max_length=10,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("aliases", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("label_zh", models.CharField(max_length=200, unique=True)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "school level"),
                            ("county", "county level"),
                            ("city", "city level"),
                            ("province", "province level"),
                            ("nation", "national level"),
                            ("world", "international level"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="username")),
                ("name", models.CharField(max_length=100)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("media_type", models.CharField(max_length=100)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("seconds", models.FloatField(null=True)),
                ("stored_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WrongTries",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "wrong tries",
            },
        ),
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[("contest", "contest"), ("award", "award")], default="contest", max_length=10
                    ),
                ),
                ("ordinal", models.PositiveIntegerField(blank=True, null=True)),
                ("year", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("setup", "in preparation"),
                            ("entry", "open for entries"),
                            ("judging", "being judged"),
                            ("decision", "awaiting the decision"),
                            ("locked", "decided"),
                            ("published", "published"),
                        ],
                        default="setup",
                        max_length=12,
                    ),
                ),
                ("secret", models.BinaryField(max_length=32)),
                ("has_verification", models.BooleanField(default=False)),
                ("as_of", models.DateTimeField()),
                ("zone", models.CharField(default="Asia/Shanghai", max_length=40)),
                ("places", models.PositiveSmallIntegerField(default=2)),
                ("entries_per_student", models.PositiveSmallIntegerField(blank=True, default=1, null=True)),
                ("settings", models.JSONField(blank=True, default=dict)),
                ("input_digest", models.CharField(blank=True, max_length=71)),
                (
                    "belongs_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companions",
                        to="competition.contest",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contests", to="competition.series"
                    ),
                ),
                ("about", models.TextField(blank=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("contact", models.TextField(blank=True)),
                ("days_to_correct", models.PositiveSmallIntegerField(default=7)),
                ("grace_minutes", models.PositiveIntegerField(default=0)),
                ("has_unit_step", models.BooleanField(default=True)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("team_same_area", models.BooleanField(default=True)),
                ("team_same_stage", models.BooleanField(default=True)),
                ("tutor_same_area", models.BooleanField(default=False)),
                ("tutor_same_stage", models.BooleanField(default=False)),
                ("unit_closes_at", models.DateTimeField(blank=True, null=True)),
                ("work_since", models.DateField(blank=True, null=True)),
                ("work_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-as_of", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "year", "ordinal"), name="contest_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["contest", "award"])), name="contest_kind_is_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("places__lte", 4)), name="contest_places_at_most_4"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["setup", "entry", "judging", "decision", "locked", "published"])
                        ),
                        name="contest_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="contest_opens_before_it_closes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=300)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="schools", to="competition.district"
                    ),
                ),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("contact", models.CharField(blank=True, max_length=100)),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "waits for approval"), ("active", "approved"), ("refused", "refused")],
                        default="active",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "name"), name="school_once_a_district"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "active", "refused"])),
                        name="school_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("student", "student"), ("tutor", "tutor"), ("judge", "judge")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("code", models.CharField(blank=True, max_length=40)),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="competition.school",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["student", "tutor", "judge"])), name="person_kind_is_known"
                    ),
                    models.UniqueConstraint(
                        models.F("kind"),
                        models.F("name"),
                        django.db.models.functions.comparison.Coalesce("school", 0),
                        models.F("code"),
                        name="person_once_a_school",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveBigIntegerField(default=0)),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000", max_length=64
                    ),
                ),
                (
                    "contest",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chain",
                        to="competition.contest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("contest", 0), name="chain_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=200)),
                ("order", models.PositiveIntegerField()),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="divisions", to="competition.contest"
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("contest", "code"), name="division_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organiser", "organiser"),
                            ("school", "school"),
                            ("district", "recommending unit"),
                            ("judge", "judge"),
                            ("committee", "committee member"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="competition.contest",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="competition.school",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="competition.district",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "school"), _negated=True),
                            models.Q(("contest__isnull", True), ("school__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_school_has_school",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["judge", "committee"]), _negated=True),
                            models.Q(("contest__isnull", False), ("school__isnull", True)),
                            _connector="OR",
                        ),
                        name="role_judge_has_contest",
                    ),
                    models.UniqueConstraint(
                        models.F("user"),
                        models.F("kind"),
                        django.db.models.functions.comparison.Coalesce("contest", 0),
                        django.db.models.functions.comparison.Coalesce("school", 0),
                        django.db.models.functions.comparison.Coalesce("district", 0),
                        name="role_given_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contest", None), ("district__isnull", False), ("kind", "district"), ("school", None)
                            ),
                            models.Q(models.Q(("kind", "district"), _negated=True), ("district", None)),
                            _connector="OR",
                        ),
                        name="role_district_has_district",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["organiser", "school", "district", "judge", "committee"])),
                        name="role_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("level", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(max_length=200)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="competition.contest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "level", "code"), name="subject_once_a_level")
                ],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=200)),
                ("order", models.PositiveIntegerField()),
                ("max_authors", models.PositiveSmallIntegerField(default=3)),
                ("max_tutors", models.PositiveSmallIntegerField(default=3)),
                ("is_group", models.BooleanField(default=False)),
                ("is_by_minutes", models.BooleanField(default=False)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tracks", to="competition.contest"
                    ),
                ),
                ("abstract_most", models.PositiveIntegerField(default=800)),
                ("asks_lower_contest", models.BooleanField(default=False)),
                ("has_abstract", models.BooleanField(default=True)),
                ("max_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("min_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("asks_subject", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("contest", "code"), name="track_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("is_hidden", models.BooleanField(default=False)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announcements",
                        to="competition.contest",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="NameProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=71)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_proofs",
                        to="competition.contest",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="name_proofs", to="competition.school"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "school", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField()),
                (
                    "by",
                    models.CharField(
                        choices=[("author", "the authors"), ("guardian", "the guardians"), ("school", "the school")],
                        max_length=10,
                    ),
                ),
                ("text_zh", models.TextField()),
                ("text_en", models.TextField(blank=True)),
                ("is_required", models.BooleanField(default=True)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pledges", to="competition.contest"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "order"],
                "constraints": [models.UniqueConstraint(fields=("contest", "code"), name="pledge_once")],
            },
        ),
        migrations.CreateModel(
            name="UnitSummary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("digest", models.CharField(max_length=71)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unit_summaries",
                        to="competition.contest",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="summaries", to="competition.district"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="competition.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "district", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("group_name", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted to the unit"),
                            ("recommended", "recommended"),
                            ("not_recommended", "not recommended"),
                            ("returned", "returned for correction"),
                            ("passed", "passed"),
                            ("not_passed", "not passed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="competition.contest"
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="competition.division",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="competition.school",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="competition.subject",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="competition.track"
                    ),
                ),
                ("abstract", models.TextField(blank=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("draft", models.JSONField(blank=True, default=dict)),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("lower_contest", models.CharField(blank=True, max_length=200)),
                ("return_until", models.DateTimeField(blank=True, null=True)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("unit_rank", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ["order"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "submitted",
                                    "recommended",
                                    "not_recommended",
                                    "returned",
                                    "passed",
                                    "not_passed",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="entry_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("contest", "number"),
                        name="entry_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            ("state__in", ["draft", "withdrawn"]),
                            _connector="OR",
                        ),
                        name="entry_submitted_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "via",
                    models.CharField(
                        choices=[("web", "Web"), ("api", "Api"), ("command", "Command"), ("link", "Link")],
                        max_length=10,
                    ),
                ),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("body", models.JSONField(default=dict)),
                ("prev_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="competition.chain"
                    ),
                ),
            ],
            options={
                "ordering": ["chain", "seq"],
                "constraints": [models.UniqueConstraint(fields=("chain", "seq"), name="event_seq_once")],
            },
        ),
        migrations.CreateModel(
            name="MaterialKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField()),
                ("is_required", models.BooleanField(default=True)),
                ("is_for_judges", models.BooleanField(default=True)),
                ("formats", models.JSONField(default=list)),
                ("max_mb", models.PositiveIntegerField(default=20)),
                ("max_pages", models.PositiveIntegerField(blank=True, null=True)),
                ("max_seconds", models.PositiveIntegerField(blank=True, null=True)),
                ("max_files", models.PositiveSmallIntegerField(default=1)),
                ("help_zh", models.CharField(blank=True, max_length=300)),
                ("help_en", models.CharField(blank=True, max_length=300)),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="material_kinds",
                        to="competition.track",
                    ),
                ),
            ],
            options={
                "ordering": ["track", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("track", "code"), name="material_kind_once"),
                    models.CheckConstraint(
                        condition=models.Q(("max_files__gt", 0), ("max_mb__gt", 0)), name="material_kind_has_room"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("most", models.PositiveIntegerField()),
                ("team_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotas", to="competition.contest"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="competition.district",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="competition.division",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="competition.school",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="competition.track",
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("district__isnull", False), ("school", None)),
                            models.Q(("district", None), ("school__isnull", False)),
                            _connector="OR",
                        ),
                        name="quota_of_unit_or_school",
                    ),
                    models.UniqueConstraint(
                        models.F("contest"),
                        django.db.models.functions.comparison.Coalesce("district", 0),
                        django.db.models.functions.comparison.Coalesce("school", 0),
                        django.db.models.functions.comparison.Coalesce("track", 0),
                        django.db.models.functions.comparison.Coalesce("division", 0),
                        name="quota_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnouncementFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="competition.announcement"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announced",
                        to="competition.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["announcement", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="competition.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorships", to="competition.person"
                    ),
                ),
                ("born_on", models.DateField(blank=True, null=True)),
                ("grade", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "order"), name="author_order_once"),
                    models.UniqueConstraint(fields=("entry", "person"), name="author_once_an_entry"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tutor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tutors", to="competition.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tutorships", to="competition.person"
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "order"), name="tutor_order_once"),
                    models.UniqueConstraint(fields=("entry", "person"), name="tutor_once_an_entry"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("findings", models.JSONField(blank=True, default=list)),
                ("added_at", models.DateTimeField()),
                ("is_removed", models.BooleanField(default=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="competition.entry"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="competition.materialkind",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="competition.storedfile",
                    ),
                ),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cleared_reason", models.CharField(blank=True, max_length=300)),
                (
                    "copy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copy_of",
                        to="competition.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "kind__order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[("unit", "recommending unit"), ("office", "office of the contest")], max_length=10
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("recommended", "recommended"),
                            ("not_recommended", "not recommended"),
                            ("returned", "returned for correction"),
                            ("passed", "passed"),
                            ("not_passed", "not passed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="competition.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["recommended", "not_recommended", "returned", "passed", "not_passed"])
                        ),
                        name="review_verdict_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=71)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="submissions", to="competition.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "version"],
                "constraints": [models.UniqueConstraint(fields=("entry", "version"), name="submission_version_once")],
            },
        ),
        migrations.CreateModel(
            name="SignedForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signed_forms", to="competition.entry"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="competition.storedfile"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_forms",
                        to="competition.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
                ("changes", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="competition.entry"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competition.storedfile",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="competition.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="correction_has_reason"
                    )
                ],
            },
        ),
        migrations.RunPython(create_function, drop_function),
        migrations.RunPython(create, drop),
    ]

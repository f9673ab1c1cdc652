"""Every table at once, for a new database: going through their history takes longer."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import competition.core.tokens


class Migration(migrations.Migration):
    replaces = [
        ("judging", "0001_initial"),
        ("judging", "0002_one_word_wider"),
        ("judging", "0003_judges_mark_online"),
        ("judging", "0004_keys_of_assignments"),
        ("judging", "0005_assignment_key_once"),
        ("judging", "0006_the_day_of_the_defence"),
    ]

    initial = True

    dependencies = [
        ("competition", "0010_all_tables_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Judge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("institution", models.CharField(blank=True, max_length=200)),
                ("max_load", models.PositiveIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judges", to="competition.contest"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competition.district",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgeships", to="competition.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competition.school",
                    ),
                ),
                ("tracks", models.ManyToManyField(blank=True, related_name="judges", to="competition.track")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="judgeships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("availability", models.CharField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("pledged_at", models.DateTimeField(blank=True, null=True)),
                ("relations", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("listed", "not invited yet"),
                            ("invited", "invited"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                        ],
                        default="listed",
                        max_length=10,
                    ),
                ),
                ("subjects", models.ManyToManyField(blank=True, related_name="judges", to="competition.subject")),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "code"), name="judge_code_once"),
                    models.UniqueConstraint(fields=("contest", "person"), name="judge_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["listed", "invited", "accepted", "declined"])),
                        name="judge_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            ("pledged_at__isnull", False),
                            _connector="OR",
                        ),
                        name="judge_accepted_means_pledged",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=200)),
                ("order", models.PositiveIntegerField()),
                ("weight", models.DecimalField(decimal_places=4, default=Decimal("1"), max_digits=9)),
                ("is_for_finalists", models.BooleanField(default=False)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="competition.contest"
                    ),
                ),
                ("cut", models.JSONField(blank=True, default=dict)),
                ("finalists_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("grace_minutes", models.PositiveSmallIntegerField(default=0)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("reply_until", models.DateTimeField(blank=True, null=True)),
                ("schedule_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "code"), name="round_code_once"),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="round_weight_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("rule_version", models.CharField(max_length=20)),
                ("code_version", models.CharField(max_length=20)),
                ("parameters", models.JSONField()),
                ("input_digest", models.CharField(max_length=71)),
                ("result_digest", models.CharField(max_length=71)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing_runs",
                        to="competition.contest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="competition.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="competition.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="competition.school",
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="judging.judge"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("office", "said by the office"),
                            ("workbook", "in the workbook"),
                            ("judge", "said by the judge"),
                            ("recusal", "the judge knew the work"),
                        ],
                        default="office",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry__isnull", False), ("person", None), ("school", None)),
                            models.Q(("entry", None), ("person", None), ("school__isnull", False)),
                            models.Q(("entry", None), ("person__isnull", False), ("school", None)),
                            _connector="OR",
                        ),
                        name="conflict_with_exactly_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("workbook", "given in the workbook"),
                            ("solver", "assigned by the system"),
                            ("sheet", "known from a sheet"),
                            ("hand", "assigned by hand"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="competition.entry"
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="judging.judge"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="judging.round"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["round", "entry", "judge"],
                "constraints": [models.UniqueConstraint(fields=("round", "entry", "judge"), name="assigned_once")],
            },
        ),
        migrations.CreateModel(
            name="Rubric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("places", models.PositiveSmallIntegerField(default=0)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("mean", "mean"),
                            ("median", "median"),
                            ("trimmed", "mean without one highest and one lowest"),
                        ],
                        default="mean",
                        max_length=10,
                    ),
                ),
                ("reviews", models.PositiveSmallIntegerField(default=3)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rubrics", to="judging.round"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rubrics", to="competition.track"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "combine",
                    models.CharField(
                        blank=True,
                        choices=[("best", "the best attempt counts"), ("sum", "the sum of all attempts counts")],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("marks", "judges mark"), ("measured", "a referee measures")],
                        default="marks",
                        max_length=10,
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("points", "points"),
                            ("points_time", "points; of equal points the shorter time"),
                            ("time", "time alone: the fastest wins"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["round", "track"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "track"), name="rubric_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["mean", "median", "trimmed"])), name="rubric_method_is_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("reviews__gte", 1)), name="rubric_reviews_at_least_1"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attempts", 0), ("combine", ""), ("kind", "marks"), ("measure", "")),
                            models.Q(
                                ("attempts__range", (1, 10)),
                                ("combine__in", ["best", "sum"]),
                                ("kind", "measured"),
                                ("measure__in", ["points", "points_time", "time"]),
                            ),
                            _connector="OR",
                        ),
                        name="rubric_marked_or_measured",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.BigIntegerField(null=True)),
                ("stage", models.PositiveSmallIntegerField(default=0)),
                ("rank", models.PositiveIntegerField(null=True)),
                ("sheets", models.PositiveIntegerField()),
                ("missing", models.PositiveIntegerField()),
                ("is_trimmed", models.BooleanField(default=False)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standings", to="competition.entry"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standings", to="judging.standingrun"
                    ),
                ),
                ("milliseconds", models.PositiveIntegerField(null=True)),
            ],
            options={
                "ordering": ["run", "entry"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "entry"), name="standing_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rank__isnull", True), ("score__isnull", True)),
                            models.Q(("rank__isnull", False), ("score__isnull", False)),
                            _connector="OR",
                        ),
                        name="standing_rank_means_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("milliseconds", None), ("score__isnull", False), _connector="OR"),
                        name="standing_time_means_score",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HintDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_conflict", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="competition.entry"
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hint_decisions", to="judging.judge"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("judge", "entry"), name="hint_decided_once")],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "to be confirmed"),
                            ("differing", "two people typed different things"),
                            ("confirmed", "confirmed"),
                            ("superseded", "replaced by a newer version"),
                        ],
                        default="entered",
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("valid", "valid"), ("void", "no result")], default="valid", max_length=10
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("points", "points"),
                            ("points_time", "points; of equal points the shorter time"),
                            ("time", "time alone: the fastest wins"),
                        ],
                        max_length=12,
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=0)),
                ("points", models.PositiveIntegerField(null=True)),
                ("milliseconds", models.PositiveIntegerField(null=True)),
                ("save_key", models.CharField(max_length=40)),
                ("entered_at", models.DateTimeField()),
                ("second", models.JSONField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("is_alone", models.BooleanField(default=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="competition.entry"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="judging.round"
                    ),
                ),
            ],
            options={
                "ordering": ["round", "entry", "number", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "entry", "number", "version"), name="attempt_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "superseded"), _negated=True),
                        fields=("round", "entry", "number"),
                        name="attempt_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["entered", "differing", "confirmed", "superseded"])),
                        name="attempt_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 10))), name="attempt_number_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("milliseconds", None), ("outcome", "void"), ("points", None)),
                            models.Q(
                                ("measure", "points"),
                                ("milliseconds", None),
                                ("outcome", "valid"),
                                ("points__isnull", False),
                            ),
                            models.Q(
                                ("measure", "points_time"),
                                ("milliseconds__isnull", False),
                                ("outcome", "valid"),
                                ("points__isnull", False),
                            ),
                            models.Q(
                                ("measure", "time"),
                                ("milliseconds__isnull", False),
                                ("outcome", "valid"),
                                ("points", None),
                            ),
                            _connector="OR",
                        ),
                        name="attempt_says_what_is_measured",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("milliseconds", None), ("milliseconds__gt", 0), _connector="OR"),
                        name="attempt_takes_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("second", None),
                                models.Q(
                                    ("is_alone", True),
                                    models.Q(("checked_by", models.F("entered_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="attempt_confirmed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Panel",
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
                ("has_all_subjects", models.BooleanField(default=True)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="panels", to="competition.contest"
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="panels",
                        to="competition.division",
                    ),
                ),
                ("judges", models.ManyToManyField(blank=True, related_name="panels", to="judging.judge")),
                ("subjects", models.ManyToManyField(blank=True, related_name="panels", to="competition.subject")),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="panels", to="competition.track"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "track__order", "pk"],
                "constraints": [models.UniqueConstraint(fields=("contest", "label_zh"), name="panel_label_once")],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("leader", models.CharField(blank=True, max_length=100)),
                ("phone", models.CharField(blank=True, max_length=40)),
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
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="competition.district"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="judging.round"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["round", "district"],
                "constraints": [models.UniqueConstraint(fields=("round", "district"), name="reply_once_a_unit")],
            },
        ),
        migrations.CreateModel(
            name="Room",
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
                ("order", models.PositiveIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=10)),
                ("pause_from", models.DateTimeField(blank=True, null=True)),
                ("pause_until", models.DateTimeField(blank=True, null=True)),
                ("judges", models.ManyToManyField(blank=True, related_name="rooms", to="judging.judge")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="judging.round"
                    ),
                ),
                ("tracks", models.ManyToManyField(related_name="rooms", to="competition.track")),
            ],
            options={
                "ordering": ["round", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "label_zh"), name="room_label_once"),
                    models.CheckConstraint(condition=models.Q(("minutes__gte", 1)), name="room_minutes_at_least_1"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pause_from", None), ("pause_until", None)),
                            ("pause_until__gt", models.F("pause_from")),
                            _connector="OR",
                        ),
                        name="room_pause_has_two_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="round_entries",
                        to="competition.entry",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="round_entries", to="judging.round"
                    ),
                ),
                ("booth", models.CharField(blank=True, max_length=20)),
                ("place", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "no answer yet"),
                            ("coming", "comes"),
                            ("cancelled", "does not come"),
                            ("present", "is here"),
                            ("absent", "absent"),
                        ],
                        default="expected",
                        max_length=10,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="places",
                        to="judging.room",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "round entries",
                "ordering": ["round", "entry"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "entry"), name="entry_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["expected", "coming", "cancelled", "present", "absent"])),
                        name="attendance_is_known",
                    ),
                    models.UniqueConstraint(fields=("room", "place"), name="place_once_a_room"),
                    models.UniqueConstraint(
                        condition=models.Q(("booth", ""), _negated=True),
                        fields=("round", "booth"),
                        name="booth_once_a_round",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("order", models.PositiveIntegerField()),
                ("maximum", models.PositiveIntegerField()),
                ("weight", models.DecimalField(decimal_places=4, default=Decimal("1"), max_digits=9)),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="judging.rubric"
                    ),
                ),
                ("anchors", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["rubric", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("rubric", "order"), name="criterion_order_once"),
                    models.UniqueConstraint(fields=("rubric", "label_zh"), name="criterion_label_once"),
                    models.CheckConstraint(condition=models.Q(("maximum__gt", 0)), name="criterion_maximum_positive"),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="criterion_weight_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted"),
                            ("reopened", "reopened for correction"),
                            ("superseded", "replaced by a newer version"),
                            ("recused", "recused"),
                        ],
                        max_length=12,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("comment", models.TextField(blank=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="judging.assignment"
                    ),
                ),
                ("feedback", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("reopening", models.CharField(blank=True, max_length=300)),
                ("save_key", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["assignment", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "version"), name="sheet_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "superseded"), _negated=True),
                        fields=("assignment",),
                        name="sheet_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["submitted", "reopened", "superseded", "recused"])),
                        name="sheet_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_save", models.CharField(blank=True, max_length=40)),
                ("marks", models.JSONField(default=dict)),
                ("comment", models.TextField(blank=True)),
                ("feedback", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="judging.assignment"
                    ),
                ),
            ],
            options={
                "ordering": ["assignment"],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                        choices=[
                            ("doubt", "doubt whether the pupil did this"),
                            ("problem", "problem with the material"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("save_key", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="judging.assignment"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "save_key"), name="question_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["doubt", "problem"])), name="question_kind_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marks", models.JSONField()),
                ("comment", models.TextField(blank=True)),
                ("feedback", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="judging.assignment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [models.UniqueConstraint(fields=("assignment", "by"), name="paper_read_once_a_person")],
            },
        ),
        migrations.CreateModel(
            name="Sorting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sorted_as",
                    models.CharField(
                        choices=[
                            ("shortlist", "shortlist"),
                            ("undecided", "undecided"),
                            ("out", "out"),
                            ("none", "not yet sorted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sorting", to="judging.assignment"
                    ),
                ),
            ],
            options={
                "ordering": ["assignment"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sorted_as__in", ["shortlist", "undecided", "out"])),
                        name="sorting_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveIntegerField()),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="judging.criterion"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="judging.sheet"
                    ),
                ),
            ],
            options={
                "ordering": ["sheet", "criterion"],
                "constraints": [models.UniqueConstraint(fields=("sheet", "criterion"), name="mark_once")],
            },
        ),
    ]

"""Every table at once, for a new database: going through their history takes longer."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import competition.core.tokens


class Migration(migrations.Migration):
    replaces = [
        ("awards", "0001_initial"),
        ("awards", "0002_initial"),
        ("awards", "0003_lists_keep_their_words"),
        ("awards", "0004_prize_check"),
        ("awards", "0005_plans_say_why"),
    ]

    initial = True

    dependencies = [
        ("competition", "0010_all_tables_at_once"),
        ("judging", "0007_all_tables_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Achievement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contest_name", models.CharField(max_length=300)),
                ("series_name", models.CharField(blank=True, max_length=200)),
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
                ("track_name", models.CharField(blank=True, max_length=200)),
                ("prize_code", models.CharField(max_length=40)),
                ("prize_name", models.CharField(max_length=200)),
                ("prize_order", models.PositiveIntegerField()),
                ("role", models.CharField(choices=[("author", "author"), ("tutor", "tutor")], max_length=10)),
                ("author_order", models.PositiveSmallIntegerField(default=1)),
                ("won_on", models.DateField()),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="achievements",
                        to="competition.entry",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="achievements",
                        to="competition.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="achievements",
                        to="competition.contest",
                    ),
                ),
            ],
            options={
                "ordering": ["person", "won_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"),
                        models.F("source"),
                        django.db.models.functions.comparison.Coalesce("entry", 0),
                        models.F("contest_name"),
                        models.F("prize_name"),
                        models.F("won_on"),
                        models.F("role"),
                        name="achievement_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "level",
                    models.CharField(
                        blank=True,
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
                ("contest_name", models.CharField(blank=True, max_length=200)),
                ("prize_order", models.PositiveIntegerField(null=True)),
                (
                    "role",
                    models.CharField(blank=True, choices=[("author", "author"), ("tutor", "tutor")], max_length=10),
                ),
                ("first_author_only", models.BooleanField(default=False)),
                ("tracks_excluded", models.JSONField(blank=True, default=list)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternatives",
                        to="competition.contest",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="competition.track"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "order"],
            },
        ),
        migrations.CreateModel(
            name="AwardTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("places", models.PositiveIntegerField()),
                ("nomination_places", models.PositiveIntegerField(default=0)),
                ("majority_num", models.PositiveIntegerField(default=2)),
                ("majority_den", models.PositiveIntegerField(default=3)),
                (
                    "majority_of",
                    models.CharField(
                        choices=[("cast", "of the members who voted"), ("members", "of all members entitled to vote")],
                        default="cast",
                        max_length=10,
                    ),
                ),
                ("quorum_num", models.PositiveIntegerField(default=2)),
                ("quorum_den", models.PositiveIntegerField(default=3)),
                (
                    "track",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="competition.track"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "award terms",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("majority_den__gt", 0), ("quorum_den__gt", 0)),
                        name="terms_fractions_are_fractions",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("round", models.PositiveIntegerField()),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="competition.contest"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "round"],
                "constraints": [models.UniqueConstraint(fields=("contest", "round"), name="ballot_round_once")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, max_length=40)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("minutes", models.CharField(max_length=300)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="competition.contest"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="competition.entry"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "entry"],
                "constraints": [models.UniqueConstraint(fields=("contest", "entry"), name="decision_once")],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                (
                    "contest",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delegation", to="competition.contest"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
                        to="competition.contest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="competition.contest"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("contest", "name"), name="member_once")],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_eligible", models.BooleanField(null=True)),
                ("reason", models.JSONField(blank=True, default=list)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="nomination", to="competition.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="competition.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="competition.school",
                    ),
                ),
                ("is_admitted", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["entry"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("school", None)),
                            models.Q(("person", None), ("school__isnull", False)),
                            _connector="OR",
                        ),
                        name="nomination_of_exactly_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrizePlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prize_plans",
                        to="competition.contest",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["contest", "version"],
                "constraints": [models.UniqueConstraint(fields=("contest", "version"), name="plan_version_once")],
            },
        ),
        migrations.CreateModel(
            name="RecognitionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "outstanding unit"),
                            ("school", "outstanding school"),
                            ("tutor", "outstanding tutor"),
                        ],
                        max_length=10,
                    ),
                ),
                ("order", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("points", models.JSONField()),
                (
                    "ties",
                    models.CharField(
                        choices=[
                            ("extend", "all tied get the better prize"),
                            ("shrink", "all tied get the lower prize"),
                            ("hold", "held for the committee"),
                        ],
                        default="extend",
                        max_length=10,
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recognition_rules",
                        to="competition.contest",
                    ),
                ),
                ("is_in_force", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="PrizeCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("until", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("is_shown", models.BooleanField(default=True)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prize_checks",
                        to="competition.contest",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("contest",), name="one_prize_check_runs"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "proposed"),
                            ("locked", "locked"),
                            ("published", "published"),
                            ("superseded", "replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("locked_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("digest", models.CharField(blank=True, max_length=71)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="award_lists",
                        to="competition.contest",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="judging.standingrun",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.prizeplan"
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "version"), name="list_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "superseded"), _negated=True),
                        fields=("contest",),
                        name="list_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "locked", "published", "superseded"])),
                        name="list_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["locked", "published"]), _negated=True),
                            ("locked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="list_locked_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="list_published_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrizeGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "rounding",
                    models.CharField(
                        choices=[
                            ("half_up", "round half up"),
                            ("down", "round down"),
                            ("up", "round up"),
                            ("largest_remainder", "largest remainder"),
                        ],
                        default="half_up",
                        max_length=20,
                    ),
                ),
                (
                    "ties",
                    models.CharField(
                        choices=[
                            ("extend", "all tied get the better prize"),
                            ("shrink", "all tied get the lower prize"),
                            ("hold", "held for the committee"),
                        ],
                        default="hold",
                        max_length=10,
                    ),
                ),
                ("cap_count", models.PositiveIntegerField(null=True)),
                ("cap_percent", models.DecimalField(decimal_places=4, max_digits=9, null=True)),
                (
                    "division",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="competition.division",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="competition.track"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="awards.prizeplan"
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("plan"),
                        models.F("track"),
                        django.db.models.functions.comparison.Coalesce("division", 0),
                        name="prize_group_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap_count", None), ("cap_percent", None), _connector="OR"),
                        name="prize_group_one_cap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("abstain", "abstained"), ("recused", "recused")],
                        max_length=10,
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="awards.ballot"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="competition.entry"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="awards.member"
                    ),
                ),
            ],
            options={
                "ordering": ["ballot", "member", "entry"],
                "constraints": [
                    models.UniqueConstraint(fields=("ballot", "member", "entry"), name="vote_once"),
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["yes", "no", "abstain", "recused"])),
                        name="vote_choice_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField()),
                ("place", models.PositiveIntegerField(null=True)),
                (
                    "by",
                    models.CharField(
                        choices=[("plan", "by the plan"), ("minutes", "by minutes"), ("committee", "by the committee")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="competition.entry"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="awards", to="awards.awardlist"
                    ),
                ),
                ("said", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["list", "entry__order", "order"],
                "constraints": [models.UniqueConstraint(fields=("list", "entry"), name="one_level_prize_an_entry")],
            },
        ),
        migrations.CreateModel(
            name="PrizeLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label_zh", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("count", "fixed number"),
                            ("percent_entries", "% of entries"),
                            ("percent_prizes", "% of prizes"),
                            ("ratio", "ratio of prizes"),
                            ("rest", "all that is left"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("minimum", models.BigIntegerField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="awards.prizegroup"
                    ),
                ),
            ],
            options={
                "ordering": ["group", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "code"), name="prize_level_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rest"), ("value", None)),
                            models.Q(models.Q(("kind", "rest"), _negated=True), ("value__gte", 0)),
                            _connector="OR",
                        ),
                        name="prize_level_has_value",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("points", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competition.district",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recognitions", to="awards.awardlist"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competition.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competition.school",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.recognitionrule"
                    ),
                ),
            ],
            options={
                "ordering": ["list", "rule__order", "place", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("district__isnull", False), ("person", None), ("school", None)),
                            models.Q(("district", None), ("person", None), ("school__isnull", False)),
                            models.Q(("district", None), ("person__isnull", False), ("school", None)),
                            _connector="OR",
                        ),
                        name="recognition_of_exactly_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrizeAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_right", models.BooleanField()),
                ("text", models.TextField(blank=True)),
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
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="competition.district"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.awardlist"
                    ),
                ),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="awards.prizecheck"
                    ),
                ),
            ],
            options={
                "ordering": ["check_of", "district", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_right", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="prize_answer_says_what_is_wrong",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=80)),
                ("purpose", models.CharField(max_length=250)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("author", "author"),
                            ("tutor", "tutor"),
                            ("recognition", "recognition"),
                            ("award", "Mayor's Award"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "valid"), ("revoked", "revoked")], default="valid", max_length=10
                    ),
                ),
                ("recipients", models.JSONField()),
                ("honorific", models.CharField(blank=True, max_length=20)),
                ("body", models.TextField()),
                ("token", models.CharField(blank=True, max_length=26)),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="awards.award",
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="competition.contest",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="awards.awardlist"
                    ),
                ),
                (
                    "recognition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="awards.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "serial"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "serial"), name="certificate_serial_once"),
                    models.UniqueConstraint(fields=("contest", "number"), name="certificate_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "valid")),
                        fields=("contest", "purpose"),
                        name="certificate_purpose_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True),
                        fields=("token",),
                        name="certificate_token_once",
                    ),
                ],
            },
        ),
    ]

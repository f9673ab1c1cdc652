"""Long work says what it is of: its contest until now, from here on also a thing of a contest or of none."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

KINDS_BEFORE = ("certificates", "print-shop")


def of_their_contest(apps, schema_editor):
    apps.get_model("competition", "Job").objects.update(about=F("contest_id"))


def contests_alone(apps, schema_editor):
    """A thing in a contest may have the contest's own number: those of before are told by their kinds."""
    jobs = apps.get_model("competition", "Job").objects
    jobs.exclude(about=F("contest_id"), contest__isnull=False, kind__in=KINDS_BEFORE).delete()


def checked_at_once(apps, schema_editor):
    """PostgreSQL alters no table while checks of what was deleted wait."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('competition', '0020_jobs_have_options'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='job',
            name='job_of_a_kind_runs_once',
        ),
        migrations.AddField(
            model_name='job',
            name='about',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='job',
            name='contest',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='competition.contest'),
        ),
        migrations.RunPython(migrations.RunPython.noop, checked_at_once),
        migrations.RunPython(of_their_contest, contests_alone),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('kind', 'about'), name='job_of_a_kind_runs_once'),
        ),
    ]

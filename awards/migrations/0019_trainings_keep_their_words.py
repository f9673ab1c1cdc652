"""Certificates that were issued keep the sentences that the template of their contest gave them."""

from django.db import migrations


def name_their_version(apps, schema_editor):
    training = apps.get_model("awards", "Training")
    template = apps.get_model("awards", "CertificateTemplate")
    issued = training.objects.exclude(contest=None).filter(participants__serial__isnull=False).distinct()
    for one in issued:
        rows = template.objects.filter(contest=one.contest_id).order_by("-version")
        own = rows.filter(kind="attendance").first()
        found = own if own and own.body else rows.filter(kind="").first()
        if found:
            training.objects.filter(pk=one.pk).update(template=found)


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0018_templates_of_trainings'),
    ]

    operations = [
        migrations.RunPython(name_their_version, migrations.RunPython.noop),
    ]

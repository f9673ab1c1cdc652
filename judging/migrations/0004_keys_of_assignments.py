"""Every assignment that is there already gets a key of its own; in a migration by itself, since PostgreSQL alters no table
whose rows were changed in the same transaction."""

from django.db import migrations

from competition.core.tokens import random_key

BATCH = 1000


def give_keys(apps, schema_editor):
    assignments = apps.get_model("judging", "Assignment")
    rows = []
    for row in assignments.objects.only("pk").iterator(chunk_size=BATCH):
        row.key = random_key()
        rows.append(row)
    assignments.objects.bulk_update(rows, ["key"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("judging", "0003_judges_mark_online")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]

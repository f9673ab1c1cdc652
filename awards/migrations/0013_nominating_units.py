"""How a nominee stands in the entry, by kind: a student as its author, a tutor as its tutor, a school as its school."""

from django.db import migrations

STANDS = {"科技辅导员": (0, 1), "学校": (0, 0)}


def stand(apps, schema_editor):
    tracks = apps.get_model("competition", "Track").objects.filter(contest__kind="award")
    for track in tracks:
        track.max_authors, track.max_tutors = STANDS.get(track.code, (1, 0))
        track.save(update_fields=["max_authors", "max_tutors"])


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0012_approval"),
        ("competition", "0014_approval"),
    ]

    operations = [migrations.RunPython(stand, migrations.RunPython.noop)]

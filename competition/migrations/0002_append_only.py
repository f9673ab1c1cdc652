"""The database itself refuses to change or delete what the log says and who looked."""

from django.db import migrations

from competition.append_only import create, create_function, drop, drop_function


class Migration(migrations.Migration):
    dependencies = [("competition", "0001_initial")]
    operations = [
        migrations.RunPython(create_function, drop_function),
        migrations.RunPython(create, drop),
    ]

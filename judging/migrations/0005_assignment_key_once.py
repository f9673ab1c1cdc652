import competition.core.tokens
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0004_keys_of_assignments")]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="key",
            field=models.CharField(
                default=competition.core.tokens.random_key, editable=False, max_length=26, unique=True
            ),
        ),
    ]

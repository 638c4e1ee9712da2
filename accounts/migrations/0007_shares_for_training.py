from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaluser",
            name="shares_for_training",
            field=models.BooleanField(
                default=False,
                help_text="Corrected sets may be used, without a name, to make counting better.",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="shares_for_training",
            field=models.BooleanField(
                default=False,
                help_text="Corrected sets may be used, without a name, to make counting better.",
            ),
        ),
    ]

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_sending"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="keypoints_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Keypoints older than this are removed, counts stay. Empty: kept for good.",
                null=True,
                validators=[django.core.validators.MinValueValidator(7)],
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="signed_out_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="Sessions from before are over.", null=True
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_coaches_notifications")]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="pushed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="claim",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="claimed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]

from django.db import migrations, models

from accounts.indexes import AddIndexWhileRunning


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0009_tokens_and_audit")]

    operations = [
        AddIndexWhileRunning(
            model_name="notification",
            index=models.Index(
                fields=["created_at"],
                name="notification_unpushed",
                condition=models.Q(("pushed_at", None), ("read_at", None)),
            ),
        ),
        AddIndexWhileRunning(
            model_name="notification",
            index=models.Index(fields=["-created_at", "-id"], name="notification_newest_of_all"),
        ),
    ]

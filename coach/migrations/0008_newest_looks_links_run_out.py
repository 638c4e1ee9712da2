from django.db import migrations, models

from accounts.indexes import AddIndexWhileRunning


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("coach", "0007_history")]

    operations = [
        AddIndexWhileRunning(
            model_name="access",
            index=models.Index(fields=["-at", "-id"], name="access_newest"),
        ),
        AddIndexWhileRunning(
            model_name="coachlink",
            index=models.Index(
                fields=["ends_at"],
                name="link_runs_out",
                condition=models.Q(("ended_at", None), ("ends_at__isnull", False)),
            ),
        ),
    ]

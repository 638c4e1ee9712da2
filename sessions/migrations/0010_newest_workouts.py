from django.db import migrations, models

from accounts.indexes import AddIndexWhileRunning


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("workouts", "0009_history")]

    operations = [
        AddIndexWhileRunning(
            model_name="workoutsession",
            index=models.Index(fields=["-started_at", "-id"], name="workout_newest_of_all"),
        ),
    ]

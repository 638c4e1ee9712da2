import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workouts", "0007_own_exercise"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="workoutset",
            name="frames_removed_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Its keypoints are gone, its result stays.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="workoutset",
            name="last_error",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.CreateModel(
            name="LabelReview",
            fields=[
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="workouts.correction",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("rejected", "Rejected")], max_length=8
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField()),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "label review",
                "ordering": ("-decided_at",),
            },
        ),
        migrations.CreateModel(
            name="ModelVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=64, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("skeleton_hash", models.CharField(max_length=32)),
                ("features_version", models.CharField(max_length=16)),
                ("shipped", models.BooleanField(default=False)),
                (
                    "facts",
                    models.JSONField(default=dict, help_text="What its card says to the code."),
                ),
                (
                    "metrics",
                    models.JSONField(
                        blank=True, default=dict, help_text="What it was measured at."
                    ),
                ),
                ("card", models.TextField(blank=True, help_text="The model card, as Markdown.")),
                ("registered_at", models.DateTimeField()),
                ("promoted_at", models.DateTimeField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "promoted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "model version",
                "ordering": ("-registered_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ModelFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("payload", models.BinaryField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="workouts.modelversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "model file",
                "ordering": ("version", "name"),
            },
        ),
        migrations.CreateModel(
            name="Rescore",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("scored", "Scored"),
                            ("adopting", "Adopting"),
                            ("adopted", "Adopted"),
                            ("reverting", "Reverting"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, editable=False)),
                ("done", models.PositiveIntegerField(default=0, editable=False)),
                ("failed", models.PositiveIntegerField(default=0, editable=False)),
                ("error", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("touched_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "athletes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rescores",
                        to="workouts.modelversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "re-score",
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="SetResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model_version", models.CharField(max_length=64)),
                ("revision", models.PositiveIntegerField()),
                ("exercise", models.CharField(blank=True, max_length=32)),
                ("confidence", models.FloatField(blank=True, null=True)),
                ("visible", models.FloatField(blank=True, null=True)),
                ("rep_count", models.PositiveIntegerField(default=0)),
                ("attempt_count", models.PositiveIntegerField(default=0)),
                ("hold_s", models.FloatField(blank=True, null=True)),
                ("rows", models.JSONField(blank=True, default=dict)),
                ("in_place_of", models.CharField(blank=True, max_length=64)),
                ("error", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now=True)),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="workouts.workoutset",
                    ),
                ),
            ],
            options={
                "verbose_name": "result of another version",
                "verbose_name_plural": "results of other versions",
                "ordering": ("set", "model_version"),
            },
        ),
        migrations.CreateModel(
            name="TaskRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("lost", "Lost"),
                        ],
                        default="running",
                        max_length=7,
                    ),
                ),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "task run",
                "ordering": ("-started_at", "-id"),
                "indexes": [models.Index(fields=["name", "-started_at"], name="run_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "running")),
                            models.Q(
                                models.Q(("outcome", "running"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="run_ended_with_a_time",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="modelversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at", None), ("promoted_at__isnull", False), _connector="OR"
                ),
                name="model_retired_after_it_was_promoted",
            ),
        ),
        migrations.AddConstraint(
            model_name="modelfile",
            constraint=models.UniqueConstraint(fields=("version", "name"), name="model_file_once"),
        ),
        migrations.AddIndex(
            model_name="rescore",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "running", "adopting", "reverting"))),
                fields=["touched_at"],
                name="rescore_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="rescore",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))),
                name="rescore_ends_after_it_starts",
                violation_error_message="The last day cannot be before the first.",
            ),
        ),
        migrations.AddIndex(
            model_name="setresult",
            index=models.Index(fields=["model_version"], name="result_version"),
        ),
        migrations.AddConstraint(
            model_name="setresult",
            constraint=models.UniqueConstraint(
                fields=("set", "model_version"), name="result_once_a_set_and_version"
            ),
        ),
    ]

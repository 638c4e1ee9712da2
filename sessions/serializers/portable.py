"""Imports, as the API is given and tells them."""

from typing import Any

from rest_framework import serializers

from sessions.models import Import, ImportItem
from sessions.models.imports import MAX_BYTES
from sessions.selectors.imports import Report


class ImportOpenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    bytes = serializers.IntegerField(min_value=1, max_value=MAX_BYTES)
    weight_unit = serializers.ChoiceField(
        choices=Import.Unit.choices,
        default=Import.Unit.KG,
        help_text="Of weights in a table that does not say it.",
    )


class ImportStartSerializer(serializers.Serializer[Any]):
    with_profile = serializers.BooleanField(
        default=False, help_text="Takes over name, goal, units, language and time zone too."
    )


class ImportCountsSerializer(serializers.Serializer[Any]):
    """Workouts by what became of them."""

    new = serializers.IntegerField(help_text="To be brought.")
    same = serializers.IntegerField(help_text="Here already, as they are in the file.")
    conflict = serializers.IntegerField(help_text="Here already, and different.")
    refused = serializers.IntegerField()
    brought = serializers.IntegerField()


class ImportProblemSerializer(serializers.ModelSerializer[ImportItem]):
    class Meta:
        model = ImportItem
        fields = ("kind", "ref", "label", "outcome", "message")
        read_only_fields = fields


class ImportSkippedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Of the exercise, as it is written in the file.")
    why = serializers.ChoiceField(choices=("unknown_exercise", "nothing_counted", "unreadable"))
    sets = serializers.IntegerField()


class ImportSerializer(serializers.Serializer[Report]):
    id = serializers.UUIDField(source="imported.id")
    name = serializers.CharField(source="imported.name")
    bytes = serializers.IntegerField(source="imported.bytes")
    kind = serializers.CharField(
        source="imported.kind", help_text="posecoach, strong or hevy; empty until it is known."
    )
    state = serializers.ChoiceField(source="imported.state", choices=Import.State.choices)
    message = serializers.CharField(
        source="imported.message", help_text="Why the whole file is refused, or empty."
    )
    created_at = serializers.DateTimeField(source="imported.created_at")
    parts = serializers.IntegerField(source="imported.part_count")
    received = serializers.IntegerField(help_text="Parts that have come.")
    total = serializers.IntegerField(source="imported.total", help_text="Things in the file.")
    done = serializers.IntegerField(help_text="Of these, by the step under way.")
    counts = ImportCountsSerializer()
    others = serializers.IntegerField(help_text="Plans and programmes, new or brought.")
    sets = serializers.IntegerField(help_text="In workouts that are new, or were brought.")
    reps = serializers.IntegerField()
    first_day = serializers.CharField(allow_null=True)
    last_day = serializers.CharField(allow_null=True)
    profile_differs = serializers.BooleanField()
    problems = ImportProblemSerializer(many=True, help_text="The first hundred.")
    problem_count = serializers.IntegerField()
    skipped = ImportSkippedSerializer(source="imported.skipped", many=True)

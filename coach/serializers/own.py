"""Own exercises as their coach sees them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from sessions.models import OwnExercise
from sessions.serializers.own import CueSerializer, ReferenceMarkSerializer, TemplateSerializer


class OwnExerciseSerializer(serializers.ModelSerializer[OwnExercise]):
    """context: athletes, ids of those whose coach the reader is."""

    slug = serializers.CharField(source="exercise_id")
    name = serializers.CharField(source="exercise.name")
    description = serializers.CharField(source="exercise.description")
    view = serializers.CharField(source="exercise.view")
    joints = serializers.ListField(source="exercise.joints", child=serializers.CharField())
    marks = ReferenceMarkSerializer(many=True)
    cues = CueSerializer(many=True)
    template = TemplateSerializer()
    athletes = serializers.SerializerMethodField(help_text="Whom it is shared with.")

    class Meta:
        model = OwnExercise
        fields = (
            "id", "slug", "name", "description", "view", "joints", "marks", "cues", "template",
            "athletes", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_athletes(self, own: OwnExercise) -> list[UUID]:
        linked: set[UUID] = self.context["athletes"]
        return [athlete.pk for athlete in own.shared_with.all() if athlete.pk in linked]


class AthletesGivenSerializer(serializers.Serializer[Any]):
    athletes = serializers.ListField(child=serializers.UUIDField(), max_length=1000)

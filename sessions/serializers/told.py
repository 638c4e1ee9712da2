"""What the API tells."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sessions.models import Exercise, PainArea, WorkoutSession, WorkoutSet
from sessions.serializers.own import OwnToldSerializer, own_told
from sessions.serializers.sets import SetSerializer


class FieldErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class ErrorBodySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    fields = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # the contract's word
    reference = serializers.CharField(
        allow_blank=True, help_text="Under which the server's log knows the request."
    )


class ErrorSerializer(serializers.Serializer[Any]):
    error = ErrorBodySerializer()


class ExerciseSerializer(serializers.ModelSerializer[Exercise]):
    """Of `selectors.exercises.exercises_list`."""

    joints = serializers.ListField(child=serializers.CharField())
    offered = serializers.BooleanField(help_text="Whether it can be trained; else it was.")
    own = serializers.SerializerMethodField(help_text="Of one that a coach has shown, or null.")

    class Meta:
        model = Exercise
        fields = ("slug", "name", "kind", "description", "view", "joints", "offered", "own")
        read_only_fields = fields

    @extend_schema_field(OwnToldSerializer(allow_null=True))
    def get_own(self, exercise: Any) -> dict[str, Any] | None:
        return own_told(exercise)


class WorkoutSerializer(serializers.ModelSerializer[WorkoutSession]):
    """Of a workout that `selectors.workouts` has read, with its `live_sets`, after corrections."""

    set_count = serializers.SerializerMethodField()
    rep_count = serializers.SerializerMethodField()
    exercises = serializers.SerializerMethodField()
    active_s = serializers.SerializerMethodField()
    pain_area = serializers.SerializerMethodField()

    class Meta:
        model = WorkoutSession
        fields: tuple[str, ...] = (
            "id",
            "started_at",
            "ended_at",
            "time_zone",
            "note",
            "pain_level",
            "pain_area",
            "set_count",
            "rep_count",
            "exercises",
            "active_s",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=PainArea.choices, allow_null=True))
    def get_pain_area(self, workout: WorkoutSession) -> str | None:
        return workout.pain_area or None

    def get_set_count(self, workout: WorkoutSession) -> int:
        return len(live_sets(workout))

    def get_rep_count(self, workout: WorkoutSession) -> int:
        return sum(one.final_rep_count for one in live_sets(workout))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_exercises(self, workout: WorkoutSession) -> list[str]:
        named = [one.final_exercise for one in live_sets(workout)]
        return list(dict.fromkeys(filter(None, named)))

    def get_active_s(self, workout: WorkoutSession) -> float:
        return sum(one.active_s for one in live_sets(workout))


class WorkoutDetailSerializer(WorkoutSerializer):
    sets = SetSerializer(many=True, source="live_sets")

    class Meta(WorkoutSerializer.Meta):
        fields = (*WorkoutSerializer.Meta.fields, "sets")
        read_only_fields = fields


class WorkoutPageSerializer(serializers.Serializer[Any]):
    results = WorkoutSerializer(many=True)
    next_before = serializers.UUIDField(allow_null=True)


def live_sets(workout: WorkoutSession) -> list[WorkoutSet]:
    sets: list[WorkoutSet] = workout.live_sets  # type: ignore[attr-defined]  # of the prefetch
    return sets

"""What the API tells."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sessions.models import Attempt, Exercise, Rep, TrendDay, WorkoutSession, WorkoutSet
from sessions.words import SET_WORDS, SetMessage, attempt_message, set_message


class FieldErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class ErrorBodySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    fields = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # the contract's word


class ErrorSerializer(serializers.Serializer[Any]):
    error = ErrorBodySerializer()


class ExerciseSerializer(serializers.ModelSerializer[Exercise]):
    joints = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Exercise
        fields = ("slug", "name", "kind", "description", "view", "joints")
        read_only_fields = fields


class TempoSerializer(serializers.Serializer[Rep]):
    """Seconds going to the turning point, resting there, and coming back."""

    down = serializers.FloatField(source="down_s")
    pause = serializers.FloatField(source="pause_s")
    up = serializers.FloatField(source="up_s")


class RepSerializer(serializers.ModelSerializer[Rep]):
    tempo_s = TempoSerializer(source="*")

    class Meta:
        model = Rep
        fields = ("index", "start_ms", "turn_ms", "end_ms", "rom_deg", "tempo_s", "confidence")
        read_only_fields = fields


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    message = serializers.SerializerMethodField()

    class Meta:
        model = Attempt
        fields = ("start_ms", "end_ms", "reason", "message")
        read_only_fields = fields

    def get_message(self, attempt: Attempt) -> str:
        return attempt_message(attempt)


class SetSerializer(serializers.ModelSerializer[WorkoutSet]):
    workout = serializers.UUIDField(source="workout_id")
    exercise_chosen = serializers.CharField(source="exercise_chosen_id", allow_null=True)
    exercise = serializers.SerializerMethodField(
        help_text="A slug, “unknown”, or null while or where there is none."
    )
    state = serializers.ChoiceField(choices=WorkoutSet.State.choices)
    duration_s = serializers.FloatField(allow_null=True)
    message = serializers.SerializerMethodField(help_text="One sentence for the athlete, or null.")
    message_code = serializers.SerializerMethodField(help_text="The same for a page to translate.")

    class Meta:
        model = WorkoutSet
        fields: tuple[str, ...] = (
            "id",
            "workout",
            "index",
            "source",
            "exercise_chosen",
            "exercise",
            "confidence",
            "started_at",
            "ended_at",
            "state",
            "rep_count",
            "attempt_count",
            "hold_s",
            "duration_s",
            "clips_received",
            "clip_count",
            "model_version",
            "message",
            "message_code",
        )
        read_only_fields = fields

    def get_exercise(self, workout_set: WorkoutSet) -> str | None:
        return workout_set.exercise or None

    def get_message(self, workout_set: WorkoutSet) -> str | None:
        message = set_message(workout_set)
        return None if message is None else SET_WORDS[message]

    def get_message_code(self, workout_set: WorkoutSet) -> SetMessage | None:
        return set_message(workout_set)


class SetDetailSerializer(SetSerializer):
    reps = RepSerializer(many=True)
    attempts = AttemptSerializer(many=True)
    missing_clips = serializers.ListField(child=serializers.IntegerField())

    class Meta(SetSerializer.Meta):
        fields = (*SetSerializer.Meta.fields, "reps", "attempts", "missing_clips")
        read_only_fields = fields


class SetAnalyzedSerializer(serializers.Serializer[WorkoutSet]):
    """The socket's message about a set that has been read with its reps and attempts."""

    type = serializers.ReadOnlyField(default="set.analyzed")
    set = SetSerializer(source="*")
    last_rep = serializers.SerializerMethodField()
    last_attempt = serializers.SerializerMethodField()
    analyzed_to_ms = serializers.IntegerField()

    def get_last_rep(self, workout_set: WorkoutSet) -> dict[str, Any] | None:
        reps = list(workout_set.reps.all())
        return RepSerializer(reps[-1]).data if reps else None

    def get_last_attempt(self, workout_set: WorkoutSet) -> dict[str, Any] | None:
        attempts = list(workout_set.attempts.all())
        return AttemptSerializer(attempts[-1]).data if attempts else None


class WorkoutSerializer(serializers.ModelSerializer[WorkoutSession]):
    """Of a workout that `selectors.workouts` has read, with its `live_sets`."""

    set_count = serializers.SerializerMethodField()
    rep_count = serializers.SerializerMethodField()
    exercises = serializers.SerializerMethodField()
    active_s = serializers.SerializerMethodField()

    class Meta:
        model = WorkoutSession
        fields: tuple[str, ...] = (
            "id",
            "started_at",
            "ended_at",
            "time_zone",
            "note",
            "set_count",
            "rep_count",
            "exercises",
            "active_s",
        )
        read_only_fields = fields

    def get_set_count(self, workout: WorkoutSession) -> int:
        return len(live_sets(workout))

    def get_rep_count(self, workout: WorkoutSession) -> int:
        return sum(one.rep_count for one in live_sets(workout))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_exercises(self, workout: WorkoutSession) -> list[str]:
        return list(dict.fromkeys(one.exercise for one in live_sets(workout) if one.exercise))

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


class StoredClipSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField()
    frames = serializers.IntegerField()
    duplicate = serializers.BooleanField()


class TrendPointSerializer(serializers.ModelSerializer[TrendDay]):
    class Meta:
        model = TrendDay
        fields = (
            "day",
            "sets",
            "reps",
            "attempts",
            "active_s",
            "hold_s",
            "rom_deg",
            "tempo_s",
            "reps_per_min",
            "model_version",
        )
        read_only_fields = fields


class TrendSeriesSerializer(serializers.Serializer[Any]):
    exercise = serializers.CharField()
    unit = serializers.ChoiceField(choices=("reps", "s"))
    model_versions = serializers.ListField(child=serializers.CharField())
    points = TrendPointSerializer(many=True)


class TrendsSerializer(serializers.Serializer[Any]):
    series = TrendSeriesSerializer(many=True)


class WeekSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    workouts = serializers.IntegerField()
    goal = serializers.IntegerField()
    sets = serializers.IntegerField()
    reps = serializers.IntegerField()
    active_s = serializers.FloatField()


class NextSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=("start_first", "keep_going", "goal_reached"))
    exercise = serializers.CharField(allow_null=True)


class HomeSerializer(serializers.Serializer[Any]):
    week = WeekSerializer()
    next = NextSerializer()
    trend = TrendSeriesSerializer(allow_null=True)
    recent = WorkoutSerializer(many=True)


def live_sets(workout: WorkoutSession) -> list[WorkoutSet]:
    sets: list[WorkoutSet] = workout.live_sets  # type: ignore[attr-defined]  # of the prefetch
    return sets

"""What the API tells of sets, as `selectors.sets` has read them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from sessions.arithmetic.strength import one_rm_kg
from sessions.models import Attempt, Correction, Finding, Rep, WorkoutSet
from sessions.words import SET_WORDS, SetMessage, attempt_message, set_message


class TempoSerializer(serializers.Serializer[Rep]):
    """Seconds going to the turning point, resting there, and coming back."""

    down = serializers.FloatField(source="down_s")
    pause = serializers.FloatField(source="pause_s")
    up = serializers.FloatField(source="up_s")


class RepSerializer(serializers.ModelSerializer[Rep]):
    tempo_s = TempoSerializer(source="*")
    correction = serializers.UUIDField(
        source="correction_id", allow_null=True, help_text="Which takes it out of the count."
    )

    class Meta:
        model = Rep
        fields = (
            "index",
            "start_ms",
            "turn_ms",
            "end_ms",
            "rom_deg",
            "rom_left_deg",
            "rom_right_deg",
            "tempo_s",
            "confidence",
            "correction",
        )
        read_only_fields = fields


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    message = serializers.SerializerMethodField()
    correction = serializers.UUIDField(
        source="correction_id", allow_null=True, help_text="Which counts it as a repetition."
    )

    class Meta:
        model = Attempt
        fields = (
            "start_ms",
            "end_ms",
            "reason",
            "message",
            "rom_deg",
            "needed_deg",
            "correction",
        )
        read_only_fields = fields

    def get_message(self, attempt: Attempt) -> str:
        return attempt_message(attempt)


class FindingSerializer(serializers.ModelSerializer[Finding]):
    rep = serializers.SerializerMethodField(
        help_text="Index, or null where it is about the set or a hold."
    )

    class Meta:
        model = Finding
        fields = (
            "rep",
            "fault",
            "joint",
            "phase",
            "measured",
            "limit",
            "unit",
            "severity",
            "start_ms",
            "end_ms",
        )
        read_only_fields = fields

    def get_rep(self, finding: Finding) -> int | None:
        return finding.rep.index if finding.rep else None


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    exercise = serializers.CharField(source="exercise_id", allow_null=True)
    author = serializers.SerializerMethodField(help_text="A name, or null where they have left.")
    by_athlete = serializers.SerializerMethodField(help_text="By whom the set was trained.")

    class Meta:
        model = Correction
        fields = (
            "id",
            "kind",
            "rep_count",
            "exercise",
            "start_ms",
            "author",
            "by_athlete",
            "created_at",
        )
        read_only_fields = fields

    def get_author(self, correction: Correction) -> str | None:
        return str(correction.author) if correction.author else None

    def get_by_athlete(self, correction: Correction) -> bool:
        athlete_id: UUID = correction.athlete_id  # type: ignore[attr-defined]  # sets_with_words
        return correction.author_id == athlete_id


class SetSerializer(serializers.ModelSerializer[WorkoutSet]):
    workout = serializers.UUIDField(source="workout_id")
    exercise_chosen = serializers.CharField(source="exercise_chosen_id", allow_null=True)
    exercise = serializers.SerializerMethodField(
        help_text="A slug, “unknown”, or null while or where there is none."
    )
    final_exercise = serializers.SerializerMethodField(
        help_text="After corrections, as final_rep_count and rom_deg, which is a median."
    )
    state = serializers.ChoiceField(choices=WorkoutSet.State.choices)
    duration_s = serializers.FloatField(allow_null=True)
    message = serializers.SerializerMethodField(help_text="One sentence for the athlete, or null.")
    message_code = serializers.SerializerMethodField(help_text="The same for a page to translate.")
    one_rm_kg = serializers.SerializerMethodField(
        help_text="Estimated from weight_kg and 1 to 12 repetitions (Brzycki 1993), or null."
    )
    corrections = CorrectionSerializer(many=True, source="live_corrections")
    findings = FindingSerializer(many=True)

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
            "final_rep_count",
            "final_exercise",
            "rom_deg",
            "target_reps",
            "target_hold_s",
            "weight_kg",
            "rpe",
            "note",
            "one_rm_kg",
            "corrections",
            "findings",
        )
        read_only_fields = fields

    def get_exercise(self, workout_set: WorkoutSet) -> str | None:
        return workout_set.exercise or None

    def get_final_exercise(self, workout_set: WorkoutSet) -> str | None:
        return workout_set.final_exercise or None

    def get_one_rm_kg(self, workout_set: WorkoutSet) -> float | None:
        return one_rm_kg(workout_set.weight_kg, workout_set.final_rep_count)

    def get_message(self, workout_set: WorkoutSet) -> str | None:
        message = set_message(workout_set)
        return None if message is None else str(SET_WORDS[message])

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
    """The socket's message about a set, as `sets_for_pages` reads it."""

    type = serializers.ReadOnlyField(default="set.analyzed")
    set = SetSerializer(source="*")
    last_rep = RepSerializer(allow_null=True)
    last_attempt = AttemptSerializer(allow_null=True)
    analyzed_to_ms = serializers.IntegerField()


class StoredClipSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField()
    frames = serializers.IntegerField()
    duplicate = serializers.BooleanField()


class FramesSerializer(serializers.Serializer[Any]):
    """For the schema only: frames are written by the view, a hundred times faster."""

    width_px = serializers.IntegerField(allow_null=True)
    height_px = serializers.IntegerField(allow_null=True)
    estimator = serializers.CharField(allow_null=True)
    t_ms = serializers.ListField(child=serializers.IntegerField(), help_text="N, increasing.")
    keypoints = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="N · 17 · 3: x and y in 1/10000 of width and height, score in 1/255.",
    )
    next_ms = serializers.IntegerField(
        allow_null=True, help_text="`from_ms` of the frames after these, or null at the end."
    )

"""What the API is given. Whether it fits the database is the services' question."""

from typing import Any

from rest_framework import serializers

from models.clip import MAX_FRAMES, MAX_SIDE_PX
from models.skeleton import ESTIMATORS, K
from sessions.models import MAX_CLIPS, WorkoutSet


class WorkoutStartSerializer(serializers.Serializer[Any]):
    started_at = serializers.DateTimeField()
    time_zone = serializers.CharField(max_length=64, help_text="IANA name, as Europe/Berlin.")


class WorkoutNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=2000, allow_blank=True)


class WorkoutFinishSerializer(serializers.Serializer[Any]):
    ended_at = serializers.DateTimeField()


class SetStartSerializer(serializers.Serializer[Any]):
    workout = serializers.UUIDField()
    exercise = serializers.CharField(
        max_length=32, allow_null=True, help_text="A slug, or null to have it recognised."
    )
    source = serializers.ChoiceField(choices=WorkoutSet.Source.choices)  # type: ignore[assignment]
    started_at = serializers.DateTimeField()


class SetFinishSerializer(serializers.Serializer[Any]):
    clip_count = serializers.IntegerField(min_value=0, max_value=MAX_CLIPS)
    ended_at = serializers.DateTimeField()


class WorkoutPageQuerySerializer(serializers.Serializer[Any]):
    before = serializers.UUIDField(required=False, help_text="`next_before` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)


class TrendQuerySerializer(serializers.Serializer[Any]):
    period = serializers.ChoiceField(choices=("week", "month", "year", "all"), default="month")
    exercise = serializers.SlugField(required=False)


class ClipFrameSerializer(serializers.Serializer[Any]):
    """For the schema only: clips are read by `models.clip`, a hundred times faster."""

    t_ms = serializers.IntegerField(min_value=0, help_text="Since the set started.")
    keypoints = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=3, max_length=3),
        min_length=K,
        max_length=K,
        help_text="x and y in [0, 1] of the unmirrored picture, y down; score in [0, 1].",
    )


class ClipSerializer(serializers.Serializer[Any]):
    """For the schema only, as ClipFrameSerializer."""

    estimator = serializers.ChoiceField(choices=list(ESTIMATORS))
    width_px = serializers.IntegerField(min_value=1, max_value=MAX_SIDE_PX)
    height_px = serializers.IntegerField(min_value=1, max_value=MAX_SIDE_PX)
    frames = serializers.ListField(child=ClipFrameSerializer(), min_length=1, max_length=MAX_FRAMES)

"""A planned workout as it was done, down to the repetition."""

from typing import Any

from rest_framework import serializers

from coach.serializers.told import BUCKETS, PlannedItemSerializer, PlannedSerializer
from coach.tempo import Phases


class MarkSerializer(serializers.Serializer[Any]):
    """Done against asked."""

    percent = serializers.IntegerField()
    bucket = serializers.ChoiceField(choices=BUCKETS)


class PhasesSerializer(serializers.Serializer[Any]):
    """Seconds down, paused and up, whichever way the movement begins."""

    down = serializers.SerializerMethodField()
    pause = serializers.SerializerMethodField()
    up = serializers.SerializerMethodField()

    def get_down(self, phases: Phases) -> float:
        return phases[0]

    def get_pause(self, phases: Phases) -> float:
        return phases[1]

    def get_up(self, phases: Phases) -> float:
        return phases[2]


class PerformedRepSerializer(serializers.Serializer[Any]):
    """counted: unless a correction takes it out. range, tempo: null where nothing was asked."""

    index = serializers.IntegerField(source="row.index")
    start_ms = serializers.IntegerField(source="row.start_ms")
    counted = serializers.BooleanField()
    rom_deg = serializers.FloatField(source="row.rom_deg", allow_null=True)
    tempo_s = PhasesSerializer()
    range = MarkSerializer(source="range_mark", allow_null=True)
    tempo = MarkSerializer(source="tempo_mark", allow_null=True)


class PerformedSetSerializer(serializers.Serializer[Any]):
    """rest_s: since the set before it, by the clock. tempo_s: medians of what counts."""

    id = serializers.UUIDField(source="row.id")
    exercise = serializers.CharField(source="row.final_exercise", help_text="Or empty.")
    rep_count = serializers.IntegerField(source="row.final_rep_count")
    hold_s = serializers.FloatField(source="row.hold_s", allow_null=True)
    weight_kg = serializers.FloatField(source="row.weight_kg", allow_null=True)
    rpe = serializers.FloatField(source="row.rpe", allow_null=True)
    rom_deg = serializers.FloatField(source="row.rom_deg", allow_null=True)
    tempo_s = PhasesSerializer(allow_null=True)
    rest_s = serializers.FloatField(allow_null=True)
    amount = MarkSerializer(allow_null=True)
    load = MarkSerializer(allow_null=True)
    rest = MarkSerializer(allow_null=True)
    range = MarkSerializer(source="range_mark", allow_null=True)
    tempo = MarkSerializer(source="tempo_mark", allow_null=True)
    reps = PerformedRepSerializer(many=True)


class PerformedItemSerializer(serializers.Serializer[Any]):
    asked = PlannedItemSerializer(source="item")
    sets = PerformedSetSerializer(many=True)


class PerformedSerializer(serializers.Serializer[Any]):
    """others: sets of exercises that were not asked for."""

    planned = PlannedSerializer()
    items = PerformedItemSerializer(many=True)
    others = PerformedSetSerializer(many=True)

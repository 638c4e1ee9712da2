"""What the API tells of records and of the calendar."""

from typing import Any

from rest_framework import serializers

from sessions.selectors.calendar import TrainedDay
from sessions.selectors.records import ExerciseRecords, Record, Records


class StreakSerializer(serializers.Serializer[Any]):
    weeks = serializers.IntegerField(help_text="In a row with the weekly goal reached, up to now.")
    best_weeks = serializers.IntegerField()


class RecordSerializer(serializers.Serializer[Record]):
    value = serializers.FloatField()
    set = serializers.UUIDField()
    workout = serializers.UUIDField()
    day = serializers.DateField()
    model_version = serializers.CharField()
    previous = serializers.FloatField(allow_null=True, help_text="The best of earlier days.")


class ExerciseRecordsSerializer(serializers.Serializer[ExerciseRecords]):
    exercise = serializers.CharField()
    most_reps = RecordSerializer(allow_null=True)
    best_rom_deg = RecordSerializer(allow_null=True)
    longest_hold_s = RecordSerializer(allow_null=True)
    heaviest_kg = RecordSerializer(allow_null=True)
    best_one_rm_kg = RecordSerializer(allow_null=True)


class RecordsSerializer(serializers.Serializer[Records]):
    streak = StreakSerializer()
    exercises = ExerciseRecordsSerializer(many=True)


class TrainedDaySerializer(serializers.Serializer[TrainedDay]):
    day = serializers.DateField()
    workouts = serializers.IntegerField()
    sets = serializers.IntegerField()
    reps = serializers.IntegerField()
    active_s = serializers.FloatField()
    exercises = serializers.ListField(child=serializers.CharField())


class CalendarSerializer(serializers.Serializer[Any]):
    days = TrainedDaySerializer(many=True)

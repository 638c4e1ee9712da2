"""What the API tells of trends and on the home page."""

from typing import Any, get_args

from rest_framework import serializers

from sessions.arithmetic.load import LoadKind, LoadWords
from sessions.arithmetic.points import MEASURES, MeasureSlope, TrendPoint
from sessions.arithmetic.slope import SlopeWords
from sessions.serializers.records import StreakSerializer
from sessions.serializers.told import WorkoutSerializer


class TrendPointSerializer(serializers.Serializer[TrendPoint]):
    day = serializers.DateField(help_text="The first of the week, month or year where by says so.")
    days = serializers.IntegerField(help_text="With training.")
    sets = serializers.IntegerField()
    reps = serializers.IntegerField()
    attempts = serializers.IntegerField()
    active_s = serializers.FloatField()
    hold_s = serializers.FloatField(allow_null=True)
    rom_deg = serializers.FloatField(allow_null=True)
    tempo_s = serializers.FloatField(allow_null=True)
    reps_per_min = serializers.FloatField(allow_null=True)
    rom_left_deg = serializers.FloatField(allow_null=True)
    rom_right_deg = serializers.FloatField(allow_null=True)
    symmetry = serializers.FloatField(
        allow_null=True, help_text="Smaller over larger range of left and right, 1 when equal."
    )
    fatigue_speed = serializers.FloatField(
        allow_null=True, help_text="Share of the speed lost from first to last third of a set."
    )
    fatigue_rom = serializers.FloatField(
        allow_null=True, help_text="Share of the range lost from first to last third of a set."
    )
    load = serializers.FloatField(allow_null=True, help_text="In the measure of load.kind.")
    one_rm_kg = serializers.FloatField(allow_null=True, help_text="The best estimate.")
    model_version = serializers.CharField()


class SlopeSerializer(serializers.Serializer[MeasureSlope]):
    measure = serializers.ChoiceField(choices=MEASURES)
    model_version = serializers.CharField(help_text="The newest: no slope goes over two.")
    since = serializers.DateField()
    until = serializers.DateField()
    points = serializers.IntegerField(source="slope.points")
    words = serializers.ChoiceField(choices=get_args(SlopeWords), source="slope.words")
    per_week = serializers.FloatField(allow_null=True, source="slope.per_week")
    low = serializers.FloatField(
        allow_null=True, source="slope.low", help_text="Of the 95 % interval of per_week."
    )
    high = serializers.FloatField(allow_null=True, source="slope.high")
    at_middle = serializers.FloatField(
        allow_null=True, source="slope.at_middle", help_text="Of the line, between since and until."
    )


class TrendSeriesSerializer(serializers.Serializer[Any]):
    exercise = serializers.CharField()
    unit = serializers.ChoiceField(choices=("reps", "s"))
    model_versions = serializers.ListField(child=serializers.CharField())
    points = TrendPointSerializer(many=True)
    slopes = SlopeSerializer(many=True)


class LoadWeekSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    load = serializers.FloatField()
    chronic = serializers.FloatField(
        allow_null=True, help_text="An average week of the four up to its end."
    )


class LoadSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(
        choices=get_args(LoadKind),
        help_text="effort: RPE times minutes in motion; movement: repetitions times relative range",
    )
    words = serializers.ChoiceField(choices=get_args(LoadWords), source="now.words")
    acute = serializers.FloatField(source="now.acute", help_text="Of the last 7 days.")
    chronic = serializers.FloatField(
        source="now.chronic", help_text="A week's average over the last 28 days."
    )
    ratio = serializers.FloatField(allow_null=True, source="now.ratio")
    weeks = LoadWeekSerializer(many=True)


class TrainingWeekSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    workouts = serializers.IntegerField()
    reached = serializers.BooleanField()


class ConsistencySerializer(serializers.Serializer[Any]):
    goal = serializers.IntegerField()
    weeks = TrainingWeekSerializer(many=True)
    streak = StreakSerializer()


class TrendsSerializer(serializers.Serializer[Any]):
    series = TrendSeriesSerializer(many=True)
    load = LoadSerializer()
    consistency = ConsistencySerializer()


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

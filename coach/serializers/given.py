"""What the API is given. Whether it fits the database is the services' question."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from coach.models import Rule
from coach.services.content import MAX_DAYS, MAX_ITEMS
from sessions.serializers.given import FiniteFloatField


class PrescriptionGivenSerializer(serializers.Serializer[Any]):
    exercise = serializers.CharField(max_length=32)
    sets = serializers.IntegerField()
    reps = serializers.IntegerField(allow_null=True, default=None)
    hold_s = serializers.IntegerField(allow_null=True, default=None)
    rest_s = serializers.IntegerField(default=60)
    tempo = serializers.CharField(
        max_length=8, allow_null=True, default=None, help_text="“3-1-1”: s down, paused, up."
    )
    load_kg = FiniteFloatField(allow_null=True, default=None)
    rom_deg = FiniteFloatField(allow_null=True, default=None)
    rule = serializers.ChoiceField(choices=Rule.choices, default=Rule.NONE)
    ceiling = FiniteFloatField(allow_null=True, default=None)


class ProgrammeDayGivenSerializer(serializers.Serializer[Any]):
    week = serializers.IntegerField(min_value=0, max_value=51, default=0)
    title = serializers.CharField(max_length=80, allow_blank=True, default="")
    items = serializers.ListField(
        child=PrescriptionGivenSerializer(), min_length=1, max_length=MAX_ITEMS
    )


class ProgrammeGivenSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    weeks = serializers.IntegerField(min_value=1, max_value=52)
    cycle_weeks = serializers.IntegerField(
        min_value=1,
        max_value=52,
        required=False,
        help_text="After how many weeks it begins anew; else up to the last week with a day.",
    )
    days = serializers.ListField(
        child=ProgrammeDayGivenSerializer(), min_length=1, max_length=MAX_DAYS
    )


class PlanStartSerializer(serializers.Serializer[Any]):
    programme = serializers.UUIDField()
    starts_on = serializers.DateField()
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        min_length=1,
        max_length=7,
        help_text="0 is Monday.",
    )
    weeks = serializers.IntegerField(min_value=1, max_value=52)
    at = serializers.TimeField(allow_null=True, default=None, help_text="Local time of day.")


class PlannedQuerySerializer(serializers.Serializer[Any]):
    """`from` is a word of Python's own: the field is named when the class is made."""

    to = serializers.DateField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateField(), **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        days = (attrs["to"] - attrs["from"]).days
        if not 0 <= days <= 400:
            raise serializers.ValidationError(
                {"to": _("Ask for at most 400 days, the last not before the first.")}
            )
        return attrs


class PlannedChangeSerializer(serializers.Serializer[Any]):
    day = serializers.DateField(required=False)
    following = serializers.BooleanField(default=False)
    skipped = serializers.BooleanField(required=False)


class PlannedWorkoutGivenSerializer(serializers.Serializer[Any]):
    workout = serializers.UUIDField()


class ComplianceQuerySerializer(serializers.Serializer[Any]):
    weeks = serializers.IntegerField(min_value=1, max_value=53, default=12)

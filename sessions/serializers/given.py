"""What the API is given. Whether it fits the database is the services' question."""

from math import isfinite
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from models.clip import MAX_FRAMES, MAX_SIDE_PX, MAX_SPAN_MS, MAX_START_MS
from models.skeleton import ESTIMATORS, K
from sessions.models import MAX_CLIPS, Correction, PainArea, WorkoutSet
from sessions.models.sets import MAX_HOLD_S, MAX_REPS, MAX_WEIGHT_KG

MAX_CALENDAR_DAYS: Final = 400  # a year and the weeks around it


class WorkoutStartSerializer(serializers.Serializer[Any]):
    started_at = serializers.DateTimeField()
    time_zone = serializers.CharField(max_length=64, help_text="IANA name, as Europe/Berlin.")


class WorkoutDetailsSerializer(serializers.Serializer[Any]):
    """Of these, what is given is written; null and the empty note take it away."""

    note = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    pain_level = serializers.IntegerField(
        min_value=0,
        max_value=10,
        allow_null=True,
        required=False,
        help_text="0 for none to 10 for the worst.",
    )
    pain_area = serializers.ChoiceField(
        choices=PainArea.choices, allow_null=True, required=False, help_text="With a level from 1."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError(_("Give note, pain_level or pain_area."))
        return attrs


class WorkoutFinishSerializer(serializers.Serializer[Any]):
    ended_at = serializers.DateTimeField()


class SetStartSerializer(serializers.Serializer[Any]):
    workout = serializers.UUIDField()
    exercise = serializers.CharField(
        max_length=32, allow_null=True, help_text="A slug, or null to have it recognised."
    )
    source = serializers.ChoiceField(choices=WorkoutSet.Source.filmed())  # type: ignore[assignment]
    started_at = serializers.DateTimeField()
    target_reps = serializers.IntegerField(
        min_value=1, max_value=MAX_REPS, allow_null=True, required=False
    )
    target_hold_s = serializers.IntegerField(
        min_value=1, max_value=MAX_HOLD_S, allow_null=True, required=False
    )


class FiniteFloatField(serializers.FloatField):
    """A number; NaN is less than nothing and more than nothing, and passes other limits."""

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not isfinite(value):
            self.fail("invalid")
        return value


class SetDetailsSerializer(serializers.Serializer[Any]):
    """Of these, what is given is written; null and the empty note take it away."""

    weight_kg = FiniteFloatField(
        min_value=0, max_value=MAX_WEIGHT_KG, allow_null=True, required=False
    )
    rpe = FiniteFloatField(
        min_value=1,
        max_value=10,
        allow_null=True,
        required=False,
        help_text="Perceived exertion, 1 to 10 in steps of 0.5; 10 is all that was possible.",
    )
    note = serializers.CharField(max_length=2000, allow_blank=True, required=False)

    def validate_rpe(self, rpe: float | None) -> float | None:
        if rpe is not None and rpe * 2 % 1:
            raise serializers.ValidationError(
                _("Expected a step of 0.5, as 7 or 7.5; got %(rpe)s.") % {"rpe": rpe}
            )
        return rpe

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError(_("Give weight_kg, rpe or note."))
        return attrs


class CorrectionGivenSerializer(serializers.Serializer[Any]):
    """What is said, in the one field that belongs to the kind."""

    kind = serializers.ChoiceField(choices=Correction.Kind.choices)
    rep_count = serializers.IntegerField(
        min_value=0, max_value=MAX_REPS, allow_null=True, default=None, help_text="Of “count”."
    )
    exercise = serializers.CharField(
        max_length=32, allow_null=True, default=None, help_text="Of “exercise”: a slug."
    )
    start_ms = serializers.IntegerField(
        min_value=0,
        max_value=MAX_START_MS + MAX_SPAN_MS,
        allow_null=True,
        default=None,
        help_text="Of “not_a_rep”, the repetition's, and of “is_a_rep”, the attempt's.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        kind = attrs["kind"]
        wanted = {"count": "rep_count", "exercise": "exercise"}.get(kind, "start_ms")
        for name in ("rep_count", "exercise", "start_ms"):
            if name == wanted and attrs[name] is None:
                told = _("“%(kind)s” needs this field.") % {"kind": kind}
                raise serializers.ValidationError({name: told})
            if name != wanted and attrs[name] is not None:
                told = _("“%(kind)s” has %(field)s instead of this.")
                raise serializers.ValidationError({name: told % {"kind": kind, "field": wanted}})
        return attrs


class FramesQuerySerializer(serializers.Serializer[Any]):
    from_ms = serializers.IntegerField(
        min_value=0,
        max_value=MAX_START_MS + MAX_SPAN_MS,
        default=0,
        help_text="`next_ms` of the answer before.",
    )


class CalendarQuerySerializer(serializers.Serializer[Any]):
    """`from` is a word of Python's own: the field is named when the class is made."""

    to = serializers.DateField(help_text="The last day, at most 400 days after the first.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateField(), **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        days = (attrs["to"] - attrs["from"]).days
        if not 0 <= days <= MAX_CALENDAR_DAYS:
            told = _("Expected 0 to %(most)s days after `from`, got %(days)s.")
            raise serializers.ValidationError(
                {"to": told % {"most": MAX_CALENDAR_DAYS, "days": days}}
            )
        return attrs


class SetFinishSerializer(serializers.Serializer[Any]):
    clip_count = serializers.IntegerField(min_value=0, max_value=MAX_CLIPS)
    ended_at = serializers.DateTimeField()


class WorkoutPageQuerySerializer(serializers.Serializer[Any]):
    before = serializers.UUIDField(required=False, help_text="`next_before` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)


class TrendQuerySerializer(serializers.Serializer[Any]):
    period = serializers.ChoiceField(choices=("week", "month", "year", "all"), default="month")
    by = serializers.ChoiceField(
        choices=("day", "week", "month", "year"), default="day", help_text="What a point is of."
    )
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

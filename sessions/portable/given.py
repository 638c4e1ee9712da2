"""Records of workouts as forms: every field of `told`, checked as the API checks its own."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError as ModelError
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import validate_time_zone
from models.clip import MAX_SPAN_MS, MAX_START_MS
from models.own_template import JOINTS
from models.results import UNKNOWN
from sessions.models import (
    MAX_CLIPS,
    Attempt,
    Correction,
    Exercise,
    Finding,
    PainArea,
    WorkoutSet,
)
from sessions.models.sets import MAX_HOLD_S, MAX_REPS, MAX_WEIGHT_KG
from sessions.portable import layout
from sessions.portable.told import ATHLETE, OTHER
from sessions.serializers.given import FiniteFloatField
from sessions.services.checks import check_not_in_future
from sessions.services.corrections import MOST as MAX_CORRECTIONS

MAX_MS: Final = MAX_START_MS + MAX_SPAN_MS
MAX_SETS: Final = 200
MAX_FINDINGS: Final = 20_000
MAX_REVISION: Final = 2**31 - 1


def _whole(most: int, least: int = 0, **more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=least, max_value=most, **more)


def _number(most: float, **more: Any) -> FiniteFloatField:
    return FiniteFloatField(min_value=0, max_value=most, allow_null=True, **more)


def _version() -> serializers.CharField:
    return serializers.CharField(max_length=64, allow_blank=True)


class Strict(serializers.Serializer[Any]):
    """A field that nobody knows is a fault: it would be lost."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            raise serializers.ValidationError({min(unknown): _("There is no such field.")})
        return super().to_internal_value(data)


class Span(Strict):
    start_ms = _whole(MAX_MS)
    end_ms = _whole(MAX_MS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["start_ms"] or 0) > (attrs["end_ms"] or 0):
            raise serializers.ValidationError({"end_ms": _("It ends before it starts.")})
        return attrs


class RepRecord(Span):
    index = _whole(MAX_REPS)
    turn_ms = _whole(MAX_MS)
    rom_deg = _number(360)
    rom_left_deg = _number(360)
    rom_right_deg = _number(360)
    down_s = FiniteFloatField(min_value=0, max_value=MAX_HOLD_S)
    pause_s = FiniteFloatField(min_value=0, max_value=MAX_HOLD_S)
    up_s = FiniteFloatField(min_value=0, max_value=MAX_HOLD_S)
    confidence = FiniteFloatField(min_value=0, max_value=1)
    model_version = _version()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["start_ms"] <= attrs["turn_ms"] <= attrs["end_ms"]:
            raise serializers.ValidationError(
                {"turn_ms": _("Expected between start_ms and end_ms.")}
            )
        return attrs


class AttemptRecord(Span):
    reason = serializers.ChoiceField(choices=Attempt.Reason.choices)
    rom_deg = _number(360)
    needed_deg = _number(360)
    model_version = _version()


class FindingRecord(Span):
    rep = _whole(MAX_REPS, allow_null=True)
    fault = serializers.SlugField(max_length=32)
    joint = serializers.CharField(max_length=32, allow_blank=True)
    phase = serializers.CharField(max_length=16, allow_blank=True)
    measured = FiniteFloatField()
    limit = FiniteFloatField()
    unit = serializers.ChoiceField(choices=Finding.Unit.choices)
    severity = FiniteFloatField(min_value=0, max_value=1)
    model_version = _version()


class CorrectionRecord(Span):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Correction.Kind.choices)
    rep_count = _whole(MAX_REPS, allow_null=True)
    exercise = serializers.CharField(max_length=32, allow_null=True)
    start_ms = _whole(MAX_MS, allow_null=True)
    end_ms = _whole(MAX_MS, allow_null=True)
    author = serializers.ChoiceField(choices=(ATHLETE, OTHER))
    created_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class ClipRecord(Strict):
    index = _whole(MAX_CLIPS - 1)
    bytes = _whole(layout.CLIP_BYTES, 1)
    sha256 = serializers.RegexField(r"\A[0-9a-f]{64}\Z")
    set_revision = _whole(MAX_REVISION)


class SetRecord(Strict):
    id = serializers.UUIDField()
    index = _whole(32_767)
    source = serializers.ChoiceField(choices=WorkoutSet.Source.choices)  # type: ignore[assignment]
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    exercise_chosen = serializers.CharField(max_length=32, allow_null=True)
    clip_count = _whole(MAX_CLIPS, allow_null=True)
    clips_received = _whole(MAX_CLIPS)
    abandoned = serializers.BooleanField()
    target_reps = _whole(MAX_REPS, 1, allow_null=True)
    target_hold_s = _whole(MAX_HOLD_S, 1, allow_null=True)
    weight_kg = _number(MAX_WEIGHT_KG)
    rpe = FiniteFloatField(min_value=1, max_value=10, allow_null=True)
    note = serializers.CharField(max_length=2000, allow_blank=True, trim_whitespace=False)
    revision = _whole(MAX_REVISION)
    analyzed_revision = _whole(MAX_REVISION)
    analyzed_to_ms = _whole(MAX_MS)
    failures = _whole(32_767)
    model_version = _version()
    exercise = serializers.CharField(max_length=32, allow_blank=True)
    confidence = _number(1)
    visible = _number(1)
    rep_count = _whole(MAX_REPS)
    attempt_count = _whole(MAX_REPS)
    hold_s = _number(MAX_HOLD_S)
    active_s = FiniteFloatField(min_value=0, max_value=MAX_HOLD_S)
    final = serializers.DictField(required=False)  # follows from the rest
    reps = RepRecord(many=True, max_length=MAX_REPS)  # type: ignore[call-arg]
    attempts = AttemptRecord(many=True, max_length=MAX_REPS)  # type: ignore[call-arg]
    findings = FindingRecord(many=True, max_length=MAX_FINDINGS)  # type: ignore[call-arg]
    corrections = CorrectionRecord(many=True, max_length=MAX_CORRECTIONS)  # type: ignore[call-arg]
    clips = ClipRecord(many=True, max_length=MAX_CLIPS)  # type: ignore[call-arg]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        known: Collection[str] = self.context["exercises"]
        _check_known("exercise_chosen", attrs["exercise_chosen"], known)
        _check_known("exercise", attrs["exercise"], {*known, UNKNOWN, ""})
        for said in attrs["corrections"]:
            _check_known("corrections.exercise", said["exercise"], known)
        _check_ends(attrs["started_at"], attrs["ended_at"])
        if (attrs["ended_at"] is None) != (attrs["clip_count"] is None):
            raise serializers.ValidationError({"clip_count": _("Expected one when the set ended.")})
        if attrs["analyzed_revision"] > attrs["revision"]:
            raise serializers.ValidationError(
                {"analyzed_revision": _("Expected revision or less.")}
            )
        _check_once("reps", [rep["index"] for rep in attrs["reps"]])
        _check_once("clips", [clip["index"] for clip in attrs["clips"]])
        reps = {rep["index"] for rep in attrs["reps"]}
        if {found["rep"] for found in attrs["findings"]} - reps - {None}:
            raise serializers.ValidationError({"findings": _("One is of a repetition not there.")})
        return attrs


class ShownRecord(Strict):
    """Of an exercise that a coach has shown, on whatever server."""

    slug = serializers.RegexField(r"own-[a-z2-7]{26}")
    name = serializers.CharField(max_length=64)
    description = serializers.CharField(max_length=400)
    view = serializers.ChoiceField(choices=Exercise.View.choices)
    joints = serializers.ListField(child=serializers.ChoiceField(choices=JOINTS))


class WorkoutRecord(Strict):
    id = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    time_zone = serializers.CharField(max_length=64)
    note = serializers.CharField(max_length=2000, allow_blank=True, trim_whitespace=False)
    pain_level = _whole(10, allow_null=True, default=None)
    pain_area = serializers.ChoiceField(choices=PainArea.choices, allow_blank=True, default="")
    sets = SetRecord(many=True, max_length=MAX_SETS)  # type: ignore[call-arg]
    exercises = ShownRecord(many=True, required=False, default=list)

    def validate_time_zone(self, name: str) -> str:
        try:
            validate_time_zone(name)
        except ModelError as error:
            raise serializers.ValidationError(error.messages) from error
        return name

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            check_not_in_future("started_at", attrs["started_at"])
        except ModelError as error:
            raise serializers.ValidationError(error.message_dict) from error
        _check_ends(attrs["started_at"], attrs["ended_at"])
        _check_once("sets", [one["index"] for one in attrs["sets"]])
        return attrs


def _check_ends(started_at: datetime, ended_at: datetime | None) -> None:
    if ended_at is not None and ended_at < started_at:
        raise serializers.ValidationError({"ended_at": _("It ends before it starts.")})


def _check_known(field: str, slug: str | None, known: Collection[str]) -> None:
    if slug is not None and slug not in known:
        raise serializers.ValidationError({field: _("I do not know “%(slug)s”.") % {"slug": slug}})


def _check_once(field: str, indices: list[int]) -> None:
    if sorted(set(indices)) != indices:
        raise serializers.ValidationError({field: _("Expected each index once, in order.")})

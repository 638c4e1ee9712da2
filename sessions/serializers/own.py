"""Own exercises, as athletes are told of them and as coaches give them."""

from base64 import b64decode
from binascii import Error
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from models.own_template import JOINTS, LEAST_MARKS, MOST_MARKS
from sessions.models import Exercise
from sessions.references import MAX_BYTES, MAX_MS

MOMENTS: Final = ("start", "during", "short")
MAX_CUES: Final = 6


class CueSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=120)
    moment = serializers.ChoiceField(
        choices=MOMENTS,
        help_text="When it is said: as a set starts, now and then, or after too small a movement.",
    )


class ReferenceMarkSerializer(serializers.Serializer[Any]):
    start_ms = serializers.IntegerField(min_value=0, max_value=MAX_MS)
    turn_ms = serializers.IntegerField(min_value=0, max_value=MAX_MS)
    end_ms = serializers.IntegerField(min_value=0, max_value=MAX_MS)


class JointSerializer(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=JOINTS)
    start_deg = serializers.FloatField()
    turn_deg = serializers.FloatField()
    range_deg = serializers.FloatField(help_text="Of the reference.")


def _numbers(depth: int) -> serializers.ListField:
    child: Any = serializers.FloatField()
    for _level in range(depth):
        child = serializers.ListField(child=child)
    return child  # type: ignore[no-any-return]


class TemplateSerializer(serializers.Serializer[Any]):
    """What `models/own_template.py` keeps of the reference; a page counts by it."""

    version = serializers.CharField()
    path = _numbers(2)
    weights = _numbers(1)
    axis = _numbers(1)
    joints = JointSerializer(many=True)
    facing = serializers.FloatField()
    duration_s = serializers.FloatField()
    figure = _numbers(3)


class OwnToldSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    coach = serializers.CharField(help_text="Who has shown it.")
    cues = CueSerializer(many=True)
    template = TemplateSerializer()


def own_told(exercise: Exercise) -> dict[str, Any] | None:
    """None of the catalogue's own, and of one whose coach has gone."""
    own = getattr(exercise, "own", None)
    if own is None:
        return None
    return {
        "id": str(own.id),
        "coach": str(own.author.display_name),
        "cues": own.cues,
        "template": own.template,
    }


class OwnGivenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=64)
    description = serializers.CharField(max_length=400)
    view = serializers.ChoiceField(choices=Exercise.View.choices)
    joints = serializers.ListField(
        child=serializers.ChoiceField(choices=JOINTS),
        max_length=len(JOINTS),
        help_text="Driving it, main one first; none: those that move most surely.",
    )
    marks = ReferenceMarkSerializer(
        many=True, help_text=f"{LEAST_MARKS} to {MOST_MARKS} repetitions."
    )
    cues = CueSerializer(many=True)
    reference = serializers.CharField(
        required=False,
        max_length=MAX_BYTES * 2,
        help_text="Clips (docs/clip-format.md) one after another, in base64; absent: as stored.",
    )

    def validate_cues(self, cues: list[dict[str, str]]) -> list[dict[str, str]]:
        if len(cues) > MAX_CUES:
            told = {"most": MAX_CUES, "got": len(cues)}
            raise serializers.ValidationError(_("Expected at most %(most)s, got %(got)s.") % told)
        return cues

    def validate_reference(self, text: str) -> bytes:
        try:
            return b64decode(text, validate=True)
        except (Error, ValueError) as error:
            raise serializers.ValidationError(_("Expected base64.")) from error

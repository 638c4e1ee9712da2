"""What the roster tells and is asked."""

from typing import Any

from rest_framework import serializers

from coach.compliance import Bucket as Colour
from coach.models import Scope
from coach.reasons import Bucket, Code, Tone
from coach.selectors.roster import ORDERS, Entry

MOST_AT_ONCE = 1000
BUCKETS = [one.value for one in Bucket]
COLOURS = [one.value for one in Colour]


class RosterQuerySerializer(serializers.Serializer[Any]):
    bucket = serializers.ChoiceField(choices=BUCKETS, default=None)
    group = serializers.UUIDField(default=None)
    q = serializers.CharField(default="", max_length=80, allow_blank=True)
    sort = serializers.ChoiceField(
        choices=[sign + name for name in ORDERS for sign in ("", "-")], default="urgency"
    )
    page = serializers.IntegerField(default=1, min_value=1, max_value=10_000)


class TargetSerializer(serializers.Serializer[Any]):
    """Where one click leads; rep counts from 1, t_ms from the start of the set."""

    kind = serializers.ChoiceField(choices=["set", "workout", "planned", "trends", "athlete"])
    workout = serializers.UUIDField(allow_null=True)
    set = serializers.UUIDField(allow_null=True)
    rep = serializers.IntegerField(allow_null=True)
    t_ms = serializers.IntegerField(allow_null=True)
    planned = serializers.UUIDField(allow_null=True)


class ReasonFiguresSerializer(serializers.Serializer[Any]):
    """What the words of a reason are made of; each code has its own of them."""

    days = serializers.IntegerField(required=False)
    level = serializers.IntegerField(required=False)
    area = serializers.CharField(required=False)
    workouts = serializers.IntegerField(required=False)
    ever = serializers.BooleanField(required=False)
    exercise = serializers.CharField(required=False)
    machine = serializers.IntegerField(required=False)
    athlete = serializers.IntegerField(required=False)
    sets = serializers.IntegerField(required=False)
    percent = serializers.IntegerField(required=False)
    detail = serializers.CharField(required=False)
    ratio = serializers.FloatField(required=False)
    measure = serializers.CharField(required=False)
    value = serializers.FloatField(required=False)
    previous = serializers.FloatField(required=False)
    title = serializers.CharField(required=False)
    slug = serializers.CharField(required=False)


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=[one.value for one in Code])
    tone = serializers.ChoiceField(choices=[one.value for one in Tone])
    scope = serializers.ChoiceField(choices=Scope.choices, allow_null=True)
    figures = ReasonFiguresSerializer()
    target = TargetSerializer()


class WeekDaySerializer(serializers.Serializer[Any]):
    """planned, done, percent, bucket: null without the plan; trained: null without the results."""

    day = serializers.DateField()
    planned = serializers.IntegerField(allow_null=True)
    done = serializers.IntegerField(allow_null=True)
    trained = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    bucket = serializers.ChoiceField(choices=COLOURS, allow_null=True)


class GroupNameSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class EntrySerializer(serializers.Serializer[Entry]):
    """last_day, workouts_28d are null without the results, percent without the plan."""

    id = serializers.UUIDField(source="athlete.id")
    name = serializers.CharField()
    bucket = serializers.ChoiceField(choices=BUCKETS, allow_null=True)
    reasons = ReasonSerializer(many=True)
    week = WeekDaySerializer(many=True)
    groups = GroupNameSerializer(many=True)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), source="link.scopes"
    )
    since = serializers.DateTimeField(source="link.granted_at")
    ends_at = serializers.DateTimeField(source="link.ends_at", allow_null=True)
    day = serializers.DateField(allow_null=True, help_text="Today, where the athlete is.")
    last_day = serializers.DateField(allow_null=True)
    workouts_28d = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)


class CountsSerializer(serializers.Serializer[Any]):
    all = serializers.IntegerField()
    attention = serializers.IntegerField()
    on_track = serializers.IntegerField()
    resting = serializers.IntegerField()
    new = serializers.IntegerField()


class RosterSerializer(serializers.Serializer[Any]):
    results = EntrySerializer(many=True, source="entries")
    counts = CountsSerializer()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()


class GroupGivenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)


class GroupMembersSerializer(serializers.Serializer[Any]):
    add = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_AT_ONCE, default=list
    )
    remove = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_AT_ONCE, default=list
    )


class GroupSerializer(serializers.Serializer[Any]):
    """athletes: those in it who are the coach's now."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    athletes = serializers.ListField(child=serializers.UUIDField())

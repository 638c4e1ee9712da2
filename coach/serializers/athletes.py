"""What the API tells a coach of one athlete beyond what the athlete reads, and what it tells both
of a period."""

from typing import Any, get_args

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from coach.models import CoachNote, Message
from coach.selectors.report import RECORD_KINDS, PeriodCompliance, PeriodRecord, Report, WorthALook
from coach.selectors.timeline import Entry
from coach.serializers.told import BUCKETS, PlanWeekSerializer, TallySerializer
from coach.worth import Code, Flag
from sessions.models import WorkoutSession
from sessions.models.workouts import PainArea
from sessions.serializers.overview import TrendSeriesSerializer
from sessions.serializers.records import RecordSerializer
from sessions.serializers.told import WorkoutSerializer

RECORDS = [(kind, kind) for kind in RECORD_KINDS]


class NoteGivenSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=4000)


class NoteSerializer(serializers.ModelSerializer[CoachNote]):
    class Meta:
        model = CoachNote
        fields = ("id", "text", "created_at", "changed_at")
        read_only_fields = fields


class DoneOfPlanSerializer(serializers.Serializer[Any]):
    """The planned workout that a workout was done for."""

    id = serializers.UUIDField(source="row.id")
    title = serializers.CharField(source="row.title")
    plan_title = serializers.CharField(source="row.plan.title")
    plan_slug = serializers.SerializerMethodField(help_text="Of a built-in programme, or null.")
    percent = serializers.IntegerField(allow_null=True)
    bucket = serializers.ChoiceField(choices=BUCKETS, allow_null=True)

    def get_plan_slug(self, planned: Any) -> str | None:
        return planned.row.plan.slug or None


class CommentCountSerializer(serializers.Serializer[Any]):
    messages = serializers.IntegerField()
    unread = serializers.IntegerField()


class PainSerializer(serializers.ModelSerializer[WorkoutSession]):
    level = serializers.IntegerField(source="pain_level", help_text="1 to 10.")
    area = serializers.ChoiceField(
        source="pain_area", choices=PainArea.choices, allow_blank=True, read_only=True
    )

    class Meta:
        model = WorkoutSession
        fields: tuple[str, ...] = ("level", "area")
        read_only_fields = fields


class TimelineEntrySerializer(serializers.Serializer[Entry]):
    workout = WorkoutSerializer()
    pain = serializers.SerializerMethodField()
    planned = DoneOfPlanSerializer(allow_null=True)
    flagged = serializers.IntegerField(
        help_text="Repetitions with a finding, and movements that did not count."
    )
    corrections = serializers.IntegerField()
    comments = CommentCountSerializer(allow_null=True, help_text="Null where not granted.")

    @extend_schema_field(PainSerializer(allow_null=True))
    def get_pain(self, entry: Entry) -> Any:
        return PainSerializer(entry.workout).data if entry.workout.pain_level else None


class TimelineSerializer(serializers.Serializer[Any]):
    results = TimelineEntrySerializer(many=True)
    next_before = serializers.UUIDField(allow_null=True)


class TotalsSerializer(serializers.Serializer[Any]):
    workouts = serializers.IntegerField()
    days = serializers.IntegerField(help_text="With training.")
    sets = serializers.IntegerField()
    reps = serializers.IntegerField()
    active_s = serializers.FloatField()


class PeriodComplianceSerializer(serializers.Serializer[PeriodCompliance]):
    tally = TallySerializer()
    weeks = PlanWeekSerializer(many=True)


class PeriodRecordSerializer(serializers.Serializer[PeriodRecord]):
    exercise = serializers.CharField()
    kind = serializers.ChoiceField(choices=RECORDS)
    record = RecordSerializer()


class FlagSerializer(serializers.Serializer[Flag]):
    code = serializers.ChoiceField(choices=get_args(Code))
    n = serializers.IntegerField(
        help_text="Repetitions with the fault, movements not counted, or by how many corrected."
    )
    fault = serializers.CharField(allow_null=True)


class WorthALookSerializer(serializers.Serializer[WorthALook]):
    set = serializers.UUIDField(source="set.id")
    workout = serializers.UUIDField(source="set.workout_id")
    started_at = serializers.DateTimeField(source="set.started_at")
    index = serializers.IntegerField(source="set.index")
    exercise = serializers.SerializerMethodField(help_text="A slug, “unknown”, or null.")
    reps = serializers.IntegerField(source="set.final_rep_count")
    hold_s = serializers.FloatField(source="set.hold_s", allow_null=True)
    counted = serializers.IntegerField(source="set.rep_count", help_text="By the machine.")
    flags = FlagSerializer(many=True)

    def get_exercise(self, one: WorthALook) -> str | None:
        return one.set.final_exercise or None


class PainfulWorkoutSerializer(PainSerializer):
    workout = serializers.UUIDField(source="id")

    class Meta(PainSerializer.Meta):
        fields = (*PainSerializer.Meta.fields, "workout", "day")
        read_only_fields = fields


class ReportedMessageSerializer(serializers.ModelSerializer[Message]):
    """A message of the period, with the set it is about."""

    author = serializers.StringRelatedField[Any]()
    set = serializers.UUIDField(source="thread.set_id")
    workout = serializers.UUIDField(source="thread.set.workout_id")
    exercise = serializers.CharField(source="thread.set.final_exercise")

    class Meta:
        model = Message
        fields = ("id", "author", "text", "created_at", "set", "workout", "exercise")
        read_only_fields = fields


class ReportSerializer(serializers.Serializer[Report]):
    """compliance, messages: null where they were not granted."""

    name = serializers.SerializerMethodField()
    since = serializers.DateField()
    until = serializers.DateField()
    totals = TotalsSerializer()
    before = TotalsSerializer(help_text="Of as many days before.")
    compliance = PeriodComplianceSerializer(allow_null=True)
    trends = TrendSeriesSerializer(many=True)
    records = PeriodRecordSerializer(many=True)
    worth_a_look = WorthALookSerializer(many=True)
    pain = PainfulWorkoutSerializer(many=True)
    messages = ReportedMessageSerializer(many=True, allow_null=True)

    def get_name(self, report: Report) -> str:
        return str(report.athlete)

"""What the API tells of programmes and plans."""

from typing import Any

from rest_framework import serializers

from coach.compliance import Bucket
from coach.models import Prescription, Programme, ProgrammeDay, Rule
from coach.progression import Reason
from coach.states import PlannedState, PlanState

BUCKETS = [(one.value, one.value) for one in Bucket]
PLANNED_STATES = [(one.value, one.value) for one in PlannedState]
PLAN_STATES = [(one.value, one.value) for one in PlanState]


class PrescriptionSerializer(serializers.ModelSerializer[Prescription]):
    exercise = serializers.CharField(source="exercise_id")
    tempo = serializers.SerializerMethodField(help_text="“3-1-1”: s down, paused, up; or null.")

    class Meta:
        model = Prescription
        fields = (
            "exercise",
            "sets",
            "reps",
            "hold_s",
            "rest_s",
            "tempo",
            "load_kg",
            "rom_deg",
            "rule",
            "ceiling",
        )
        read_only_fields = fields

    def get_tempo(self, row: Prescription) -> str | None:
        return row.tempo or None


class ProgrammeDaySerializer(serializers.ModelSerializer[ProgrammeDay]):
    items = PrescriptionSerializer(many=True)

    class Meta:
        model = ProgrammeDay
        fields = ("week", "title", "items")
        read_only_fields = fields


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    level = serializers.SerializerMethodField()
    own = serializers.SerializerMethodField()
    days = ProgrammeDaySerializer(many=True)

    class Meta:
        model = Programme
        fields = (
            "id",
            "slug",
            "title",
            "level",
            "weeks",
            "days_per_week",
            "cycle_weeks",
            "own",
            "days",
        )
        read_only_fields = fields

    def get_level(self, row: Programme) -> Programme.Level | None:
        return Programme.Level(row.level) if row.level else None

    def get_own(self, row: Programme) -> bool:
        return row.author_id is not None


class TallySerializer(serializers.Serializer[Any]):
    """Planned workouts by what became of them; percent of those done and missed."""

    planned = serializers.IntegerField()
    done = serializers.IntegerField()
    missed = serializers.IntegerField()
    skipped = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)
    bucket = serializers.ChoiceField(choices=BUCKETS, allow_null=True)


class PlanSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="row.id")
    programme = serializers.UUIDField(source="row.programme_id", allow_null=True)
    slug = serializers.SerializerMethodField(help_text="Of a built-in programme, or null.")
    title = serializers.CharField(source="row.title")
    starts_on = serializers.DateField(source="row.starts_on")
    ends_on = serializers.DateField()
    weekdays = serializers.ListField(source="row.weekdays", child=serializers.IntegerField())
    weeks = serializers.IntegerField(source="row.weeks")
    at = serializers.TimeField(source="row.at", format="%H:%M", allow_null=True)
    assigned_by = serializers.SerializerMethodField(help_text="The coach's name, or null.")
    state = serializers.ChoiceField(choices=PLAN_STATES)
    tally = TallySerializer()

    def get_assigned_by(self, plan: Any) -> str | None:
        return str(plan.row.assigned_by) if plan.row.assigned_by else None

    def get_slug(self, plan: Any) -> str | None:
        return plan.row.slug or None


class WhySerializer(serializers.Serializer[Any]):
    """step: by how much the figure that the rule moves has changed; repetitions, s or kg."""

    code = serializers.ChoiceField(
        source="next.reason", choices=[(one.value, one.value) for one in Reason]
    )
    rule = serializers.ChoiceField(source="row.rule", choices=Rule.choices)
    step = serializers.FloatField(source="next.step")


class DoneSerializer(serializers.Serializer[Any]):
    sets = serializers.IntegerField()
    reps = serializers.IntegerField()
    hold_s = serializers.FloatField()


class PlannedItemSerializer(serializers.Serializer[Any]):
    exercise = serializers.CharField(source="row.exercise_id")
    sets = serializers.IntegerField(source="next.target.sets")
    reps = serializers.IntegerField(source="next.target.reps", allow_null=True)
    hold_s = serializers.IntegerField(source="next.target.hold_s", allow_null=True)
    rest_s = serializers.IntegerField(source="row.rest_s")
    tempo = serializers.SerializerMethodField(help_text="“3-1-1”: s down, paused, up; or null.")
    load_kg = serializers.FloatField(source="next.target.load_kg", allow_null=True)
    rom_deg = serializers.FloatField(source="row.rom_deg", allow_null=True)
    ceiling = serializers.FloatField(source="row.ceiling", allow_null=True)
    why = WhySerializer(source="*")
    done = DoneSerializer(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    bucket = serializers.ChoiceField(choices=BUCKETS, allow_null=True)

    def get_tempo(self, item: Any) -> str | None:
        return item.row.tempo or None


class PlannedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="row.id")
    plan = serializers.UUIDField(source="row.plan_id")
    plan_slug = serializers.SerializerMethodField(help_text="Of a built-in programme, or null.")
    plan_title = serializers.CharField(source="row.plan.title")
    title = serializers.CharField(source="row.title")
    day = serializers.DateField(source="row.day")
    at = serializers.TimeField(source="row.plan.at", format="%H:%M", allow_null=True)
    state = serializers.ChoiceField(choices=PLANNED_STATES)
    workout = serializers.UUIDField(allow_null=True)
    minutes = serializers.IntegerField(help_text="About how long it takes.")
    percent = serializers.IntegerField(allow_null=True)
    bucket = serializers.ChoiceField(choices=BUCKETS, allow_null=True)
    items = PlannedItemSerializer(many=True)

    def get_plan_slug(self, planned: Any) -> str | None:
        return planned.row.plan.slug or None


class PlanStreakSerializer(serializers.Serializer[Any]):
    weeks = serializers.IntegerField()
    best_weeks = serializers.IntegerField()


class PlanWeekSerializer(serializers.Serializer[Any]):
    start = serializers.DateField()
    tally = TallySerializer()


class ComplianceSerializer(serializers.Serializer[Any]):
    streak = PlanStreakSerializer()
    weeks = PlanWeekSerializer(many=True)


class CalendarFeedSerializer(serializers.Serializer[Any]):
    url = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField(allow_null=True)

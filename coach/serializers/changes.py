"""Changes of one athlete's plan: as a coach asks for them, and as they are told."""

from collections.abc import Mapping
from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from coach.models import PlanChange
from coach.serializers.given import PrescriptionGivenSerializer
from coach.services.content import MAX_ITEMS

Kind = PlanChange.Kind
NEEDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.MOVE: ("planned", "day"),
    Kind.SHIFT: ("days",),
    Kind.SKIP: ("planned",),
    Kind.UNSKIP: ("planned",),
    Kind.EDIT: ("planned", "items"),
    Kind.ADD: ("planned", "day", "items"),
    Kind.REMOVE: ("planned",),
    Kind.COPY_WEEK: ("week", "to_week"),
    Kind.END: (),
}


class PlanChangeGivenSerializer(serializers.Serializer[Any]):
    """Which fields a kind needs: see `NEEDS`. The others are not looked at."""

    plan = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    planned = serializers.UUIDField(
        required=False, help_text="The workout; of one to add, the id that it gets."
    )
    day = serializers.DateField(required=False)
    days = serializers.IntegerField(required=False, min_value=-366, max_value=366)
    following = serializers.BooleanField(default=False, help_text="Those after it as well.")
    title = serializers.CharField(
        required=False, max_length=80, allow_blank=True, allow_null=True, default=None
    )
    items = serializers.ListField(
        required=False, child=PrescriptionGivenSerializer(), min_length=1, max_length=MAX_ITEMS
    )
    week = serializers.DateField(required=False, help_text="A day of the week to copy.")
    to_week = serializers.DateField(required=False, help_text="A day of the week to copy it to.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        needed = NEEDS[Kind(attrs["kind"])]
        missing = {name: self.error_messages["required"] for name in needed if name not in attrs}
        if missing:
            raise serializers.ValidationError(missing)
        return attrs


class SaidSerializer(serializers.Serializer[Any]):
    """One exercise before or after a change; see prescription."""

    exercise = serializers.CharField(source="exercise_id")
    sets = serializers.IntegerField()
    reps = serializers.IntegerField(allow_null=True)
    hold_s = serializers.IntegerField(allow_null=True)
    rest_s = serializers.IntegerField()
    tempo = serializers.CharField()
    load_kg = serializers.FloatField(allow_null=True)
    rom_deg = serializers.FloatField(allow_null=True)


class PlanChangeSerializer(serializers.ModelSerializer[PlanChange]):
    """The figures that a kind has: title and day of the workout, to (a day), days, count."""

    plan_title = serializers.CharField(source="plan.title")
    plan_slug = serializers.SerializerMethodField(help_text="Of a built-in programme, or null.")
    author = serializers.SerializerMethodField(help_text="A name, or null where they have left.")
    undone = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    day = serializers.SerializerMethodField()
    to = serializers.SerializerMethodField()
    days = serializers.SerializerMethodField()
    count = serializers.SerializerMethodField()
    was = serializers.SerializerMethodField(help_text="Of an edit: what was asked for before.")
    now = serializers.SerializerMethodField(help_text="Of an edit: what is asked for since.")

    class Meta:
        model = PlanChange
        fields = (
            "id",
            "plan",
            "plan_title",
            "plan_slug",
            "kind",
            "author",
            "at",
            "undone",
            "title",
            "day",
            "to",
            "days",
            "count",
            "was",
            "now",
        )
        read_only_fields = fields

    def get_plan_slug(self, change: PlanChange) -> str | None:
        return change.plan.slug or None

    def get_author(self, change: PlanChange) -> str | None:
        return str(change.author) if change.author else None

    def get_undone(self, change: PlanChange) -> bool:
        return change.undone_at is not None

    def get_title(self, change: PlanChange) -> str:
        return str(change.told.get("title", ""))

    def get_day(self, change: PlanChange) -> str | None:
        return _text(change, "day")

    def get_to(self, change: PlanChange) -> str | None:
        return _text(change, "to")

    def get_days(self, change: PlanChange) -> int | None:
        days = change.told.get("days")
        return None if days is None else int(days)

    def get_count(self, change: PlanChange) -> int:
        return int(change.told.get("count", 1))

    @extend_schema_field(SaidSerializer(many=True, allow_null=True))
    def get_was(self, change: PlanChange) -> list[Any] | None:
        return _items(change, "was")

    @extend_schema_field(SaidSerializer(many=True, allow_null=True))
    def get_now(self, change: PlanChange) -> list[Any] | None:
        return _items(change, "now")


def _items(change: PlanChange, side: str) -> list[Any] | None:
    """Of the workout that was meant; the same of all that were changed with it."""
    row = (change.rows.get(str(change.given.get("planned"))) or {}).get(side) or {}
    if change.kind != Kind.EDIT or "items" not in row:
        return None
    return list(SaidSerializer(row["items"], many=True).data)


def _text(change: PlanChange, name: str) -> str | None:
    found = change.told.get(name)
    return None if found is None else str(found)

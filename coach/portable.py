"""Programmes and plans in an export; see `sessions.portable.registry`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from coach.models import Plan, PlannedItem, PlannedWorkout, Programme
from coach.models.prescriptions import FIGURES
from coach.serializers.given import ProgrammeGivenSerializer
from coach.services.programmes import programme_put
from sessions.errors import Conflict
from sessions.models import Exercise, WorkoutSession
from sessions.portable.given import Strict

Record = dict[str, Any]
ASKED: Final = ("asked_reps", "asked_hold_s", "asked_load_kg", "reason", "step")
MAX_PLANNED: Final = 52 * 7
GIVEN: Final = tuple(name.removesuffix("_id") for name in FIGURES)


class Programmes:
    """The athlete's own; built-in ones are everywhere, under their slug."""

    kind = "programmes"

    def told(self, user: User) -> Iterable[Record]:
        return [_programme(one) for one in _own_programmes(user).order_by("created_at", "id")]

    def stored(self, user: User, ref: UUID) -> Record | None:
        found = Programme.objects.filter(id=ref).first()
        if found is not None and (found.author_id != user.pk or found.deleted_at is not None):
            raise Conflict(_("A programme with this id is here already."))
        return None if found is None else _programme(found)

    def label(self, record: Record) -> str:
        return str(record.get("title", ""))

    def read(self, user: User, record: Record) -> None:
        given = ProgrammeGivenSerializer(data=record)
        given.is_valid(raise_exception=True)
        programme_put(author=user, programme_id=UUID(record["id"]), **given.validated_data)

    def forget(self, user: User, refs: list[UUID]) -> None:
        Programme.objects.filter(author=user, id__in=refs).delete()


class Plans:
    kind = "plans"

    def told(self, user: User) -> Iterable[Record]:
        return [_plan(one) for one in _own_plans(user).order_by("created_at", "id")]

    def stored(self, user: User, ref: UUID) -> Record | None:
        found = Plan.objects.filter(id=ref).first()
        if found is not None and found.athlete_id != user.pk:
            raise Conflict(_("A plan with this id is here already."))
        return None if found is None else _plan(found)

    def label(self, record: Record) -> str:
        return str(record.get("title", ""))

    def read(self, user: User, record: Record) -> None:
        form = PlanRecord(data=record)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        planned = values.pop("planned")
        created_at = values.pop("created_at")
        plan = Plan(athlete=user, programme=_source(user, values), **values)
        plan.full_clean(exclude=("athlete", "programme"), validate_unique=False)
        plan.save(force_insert=True)
        Plan.objects.filter(pk=plan.pk).update(created_at=created_at)
        for one in planned:
            _read_planned(user, plan, one)

    def forget(self, user: User, refs: list[UUID]) -> None:
        Plan.objects.filter(athlete=user, id__in=refs).delete()


class ItemRecord(Strict):
    position = serializers.IntegerField(min_value=0, max_value=100)
    exercise = serializers.PrimaryKeyRelatedField(queryset=Exercise.objects.all())
    sets = serializers.IntegerField()
    reps = serializers.IntegerField(allow_null=True)
    hold_s = serializers.IntegerField(allow_null=True)
    rest_s = serializers.IntegerField()
    tempo = serializers.CharField(max_length=8, allow_blank=True)
    load_kg = serializers.FloatField(allow_null=True)
    rom_deg = serializers.FloatField(allow_null=True)
    rule = serializers.CharField(max_length=8)
    ceiling = serializers.FloatField(allow_null=True)
    asked_reps = serializers.IntegerField(min_value=0, max_value=10_000, allow_null=True)
    asked_hold_s = serializers.IntegerField(min_value=0, max_value=30_000, allow_null=True)
    asked_load_kg = serializers.FloatField(min_value=0, max_value=1000, allow_null=True)
    reason = serializers.CharField(max_length=12, allow_blank=True)
    step = serializers.FloatField(min_value=-1000, max_value=1000)


class PlannedRecord(Strict):
    id = serializers.UUIDField()
    index = serializers.IntegerField(min_value=0, max_value=MAX_PLANNED)
    title = serializers.CharField(max_length=80, allow_blank=True)
    day = serializers.DateField()
    skipped_at = serializers.DateTimeField(allow_null=True)
    workout = serializers.UUIDField(allow_null=True)
    items = ItemRecord(many=True, max_length=100)  # type: ignore[call-arg]


class PlanRecord(Strict):
    id = serializers.UUIDField()
    programme = serializers.UUIDField(allow_null=True)
    slug = serializers.SlugField(max_length=32, allow_blank=True)
    title = serializers.CharField(max_length=80)
    starts_on = serializers.DateField()
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), min_length=1, max_length=7
    )
    weeks = serializers.IntegerField()
    at = serializers.TimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    planned = PlannedRecord(many=True, max_length=MAX_PLANNED)  # type: ignore[call-arg]


def _own_programmes(user: User) -> QuerySet[Programme]:
    own = Programme.objects.alive().filter(author=user)
    return own.prefetch_related("days__items")


def _own_plans(user: User) -> QuerySet[Plan]:
    return Plan.objects.filter(athlete=user).prefetch_related("planned__items", "programme")


def _programme(one: Programme) -> Record:
    return {
        "id": str(one.id),
        "title": one.title,
        "weeks": one.weeks,
        "days": [
            {
                "week": day.week,
                "title": day.title,
                "items": [
                    {name: _figure(item, name) for name in GIVEN if name != "position"}
                    | {"tempo": item.tempo or None}
                    for item in day.items.all()
                ],
            }
            for day in one.days.all()
        ],
    }


def _plan(one: Plan) -> Record:
    """programme: of the athlete's own ones; built-in ones go by their slug."""
    source = one.programme
    return {
        "id": str(one.id),
        "programme": str(source.id) if source is not None and source.slug is None else None,
        "slug": one.slug,
        "title": one.title,
        "starts_on": one.starts_on.isoformat(),
        "weekdays": one.weekdays,
        "weeks": one.weeks,
        "at": None if one.at is None else one.at.isoformat(),
        "created_at": _time(one.created_at),
        "ended_at": _time(one.ended_at),
        "ended_on": None if one.ended_on is None else one.ended_on.isoformat(),
        "planned": [_planned(day) for day in one.planned.all()],
    }


def _planned(one: PlannedWorkout) -> Record:
    return {
        "id": str(one.id),
        "index": one.index,
        "title": one.title,
        "day": one.day.isoformat(),
        "skipped_at": _time(one.skipped_at),
        "workout": None if one.workout_id is None else str(one.workout_id),
        "items": [
            {name: _figure(item, name) for name in GIVEN}
            | {name: getattr(item, name) for name in ASKED}
            for item in one.items.all()
        ],
    }


def _figure(item: Any, name: str) -> Any:
    return item.exercise_id if name == "exercise" else getattr(item, name)


def _source(user: User, values: Record) -> Programme | None:
    """What the plan was made of, where it is here."""
    own_id, slug = values.pop("programme"), values["slug"]
    if own_id is not None:
        return _own_programmes(user).filter(id=own_id).first()
    return Programme.objects.filter(slug=slug).first() if slug else None


def _read_planned(user: User, plan: Plan, values: Record) -> None:
    items = values.pop("items")
    workout_id = values.pop("workout")
    free = WorkoutSession.objects.filter(athlete=user, id=workout_id, planned=None)
    row = PlannedWorkout(plan=plan, workout=free.first(), **values)
    row.clean_fields(exclude=("plan", "workout"))
    row.save(force_insert=True)
    rows = [PlannedItem(planned=row, **item) for item in items]
    for one in rows:
        one.clean_fields(exclude=("planned", "exercise"))
        one.clean()
    PlannedItem.objects.bulk_create(rows)


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()

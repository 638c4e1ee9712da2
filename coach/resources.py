"""Built-in programmes as a table; the days of each are JSON in one column."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.fields import Field
from import_export.resources import ModelResource
from rest_framework.exceptions import ValidationError as RefusedError

from coach.models import Programme
from coach.serializers.given import ProgrammeDayGivenSerializer
from coach.serializers.told import ProgrammeDaySerializer
from coach.services.content import MAX_DAYS, write_days


class ProgrammeResource(ModelResource):  # type: ignore[misc]
    """A slug that is not there yet makes a programme. Those of athletes and coaches are theirs."""

    days = Field(column_name="days")

    class Meta:
        model = Programme
        import_id_fields = ("slug",)
        fields = ("slug", "title", "level", "weeks", "days_per_week", "cycle_weeks", "days")
        export_order = fields
        skip_unchanged = False  # days are not compared
        clean_model_instances = True

    def get_queryset(self) -> QuerySet[Programme]:
        return Programme.objects.filter(author=None).prefetch_related("days__items")

    def dehydrate_days(self, programme: Programme) -> str:
        """Called for each row that is told."""
        days = ProgrammeDaySerializer(programme.days.all(), many=True).data
        return json.dumps(days, ensure_ascii=False)

    def before_import_row(self, row: Any, **_: Any) -> None:
        """Raises ValueError that names the column."""
        if not row.get("slug"):
            raise ValueError("slug: is missing; it is the name of the programme in addresses.")
        self._days(row)

    def after_save_instance(self, instance: Programme, row: Any, **_: Any) -> None:
        """Called for the preview too, which is rolled back. Raises ValueError, after which the
        whole table is rolled back: a refusal of one row would keep what was written of it."""
        try:
            write_days(instance, self._days(row))
        except ValidationError as error:
            raise ValueError("; ".join(error.messages)) from error

    def _days(self, row: Any) -> list[dict[str, Any]]:
        try:
            found = json.loads(row.get("days") or "")
        except ValueError as error:
            raise ValueError(f"days: is not JSON ({error}).") from error
        if not isinstance(found, list) or not 0 < len(found) <= MAX_DAYS:
            raise ValueError(f"days: expected a list of 1 to {MAX_DAYS} days.")
        given = ProgrammeDayGivenSerializer(data=found, many=True)
        try:
            given.is_valid(raise_exception=True)
        except RefusedError as error:
            raise ValueError(f"days: {error.detail}") from error
        days: list[dict[str, Any]] = given.validated_data
        return days

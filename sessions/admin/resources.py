"""Exercises as a table: an admin may have their words written elsewhere and bring them back."""

from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field
from import_export.resources import ModelResource

from sessions.models import Exercise


class ExerciseResource(ModelResource):  # type: ignore[misc]
    """What there is, and what it is measured by, is for the code to say: those columns are told,
    and ignored when they come back. Own exercises are their authors'."""

    name = Field("name", "name", readonly=True)
    kind = Field("kind", "kind", readonly=True)
    view = Field("view", "view", readonly=True)

    class Meta:
        model = Exercise
        import_id_fields = ("slug",)
        fields = ("slug", "name", "kind", "view", "description", "is_active")
        export_order = fields
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def get_queryset(self) -> QuerySet[Exercise]:
        return Exercise.objects.filter(own=None)

    def before_import_row(self, row: Any, **_: Any) -> None:
        """Raises ValueError for an exercise that the code does not know."""
        if not self.get_queryset().filter(slug=row.get("slug")).exists():
            raise ValueError(f"slug: there is no exercise {row.get('slug')!r} in the catalogue.")

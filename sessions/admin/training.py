"""Workouts, sets and what was found in them; nothing that was measured is edited."""

from django.contrib import admin, messages
from django.db.models import Count, F, Model, QuerySet
from django.http import HttpRequest
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, JSON
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin.base import ChangeAdmin, Large, ReadOnly
from sessions.admin.filters import ExerciseFilter, VersionFilter
from sessions.admin.resources import ExerciseResource
from sessions.doorbell import ring
from sessions.models import (
    Attempt,
    Clip,
    Correction,
    Exercise,
    Finding,
    Import,
    ImportItem,
    ImportPart,
    OwnExercise,
    Rep,
    TrendDay,
    WorkoutSession,
    WorkoutSet,
)


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CorrectionInline(ReadOnlyInline):
    model = Correction
    fields = ("kind", "rep_count", "exercise", "start_ms", "author", "created_at", "undone_at")
    readonly_fields = fields


class FindingInline(ReadOnlyInline):
    model = Finding
    fields = ("rep", "fault", "joint", "phase", "measured", "limit", "unit", "severity", "start_ms")
    readonly_fields = fields


@admin.register(Exercise.history.model)
class ExerciseChangeAdmin(ChangeAdmin):
    named_by = "slug"
    search_fields = ("slug", "name", "history_user__email")


@admin.register(Exercise)
class ExerciseAdmin(ImportExportMixin, SimpleHistoryAdmin):  # type: ignore[misc]
    """Which exercises there are is for the code to say: each needs a trained class."""

    list_display = ("name", "slug", "kind", "view", "is_active")
    list_editable = ("is_active",)
    list_filter = ("is_active", "kind", "view")
    search_fields = ("name", "slug", "description")
    readonly_fields = ("slug", "name", "kind", "view", "joints")
    resource_classes = (ExerciseResource,)
    formats = import_formats = export_formats = (CSV, JSON)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,
        obj: Exercise | None = None,
    ) -> bool:
        return False


@admin.register(OwnExercise)
class OwnExerciseAdmin(ReadOnly):
    """Its author edits it; what must not be offered is taken out of the catalogue."""

    list_display = ("exercise", "author", "repetitions", "athletes", "created_at", "deleted_at")
    list_filter = (("deleted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("exercise", "author")
    search_fields = ("=id", "exercise__slug", "exercise__name", "author__email")
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[OwnExercise]:
        """The keypoints are not needed for a list."""
        found: QuerySet[OwnExercise] = super().get_queryset(request)
        return found.defer("reference").annotate(shares=Count("shared_with"))

    @admin.display(description="marked repetitions")
    def repetitions(self, own: OwnExercise) -> int:
        return len(own.marks)

    @admin.display(description="shared with", ordering="shares")
    def athletes(self, own: OwnExercise) -> int:
        return own.shares  # type: ignore[attr-defined,no-any-return]


@admin.register(WorkoutSession)
class WorkoutAdmin(Large, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("athlete", "day", "started_at", "ended_at", "time_zone", "deleted_at")
    list_filter = (("deleted_at", admin.EmptyFieldListFilter), "started_at")
    list_select_related = ("athlete",)
    search_fields = ("=id", "athlete__email", "athlete__display_name", "note")
    autocomplete_fields = ("athlete",)
    readonly_fields = ("id", "started_at", "time_zone", "day", "created_at")


@admin.register(WorkoutSet)
class SetAdmin(Large, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "workout",
        "index",
        "exercise_chosen",
        "exercise",
        "rep_count",
        "final_exercise",
        "final_rep_count",
        "clips_received",
        "clip_count",
        "state",
        "model_version",
    )
    list_filter = (
        ExerciseFilter,
        "source",
        VersionFilter,
        ("ended_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
        "workout__started_at",
    )
    ordering = ("-workout__started_at", "-workout__id", "index")
    list_select_related = ("workout__athlete", "exercise_chosen")
    search_fields = ("=id", "=workout__id", "workout__athlete__email", "exercise")
    autocomplete_fields = ("workout", "exercise_chosen")
    inlines = (CorrectionInline, FindingInline)
    actions = ("analyze_again",)
    readonly_fields = (
        "id",
        "state",
        "revision",
        "analyzed_revision",
        "failures",
        "model_version",
        "exercise",
        "confidence",
        "visible",
        "rep_count",
        "attempt_count",
        "hold_s",
        "active_s",
        "final_exercise",
        "final_rep_count",
        "rom_deg",
        "clips_received",
        "changed_at",
    )

    @admin.action(description="Analyse again")
    def analyze_again(self, request: HttpRequest, chosen: QuerySet[WorkoutSet]) -> None:
        ids = list(chosen.values_list("id", flat=True))
        chosen.update(revision=F("revision") + 1, failures=0)
        ring(ids)
        messages.info(request, f"{len(ids)} sets are being analysed again.")


@admin.register(Clip)
class ClipAdmin(Large, ReadOnly):
    list_display = ("set", "index", "estimator", "frames", "start_ms", "end_ms", "size", "sha256")
    list_filter = ("set__source",)
    ordering = ("-id",)
    list_select_related = ("set",)
    search_fields = ("=set__id", "set__workout__athlete__email", "=sha256")

    @admin.display(description="bytes")
    def size(self, clip: Clip) -> int:
        return len(clip.payload)


@admin.register(Rep)
class RepAdmin(Large, ReadOnly):
    list_display = ("set", "index", "start_ms", "end_ms", "rom_deg", "confidence", "model_version")
    list_filter = (VersionFilter,)
    ordering = ("-id",)
    list_select_related = ("set",)
    search_fields = ("=set__id", "set__workout__athlete__email", "set__exercise")


@admin.register(Attempt)
class AttemptAdmin(Large, ReadOnly):
    list_display = ("set", "start_ms", "end_ms", "reason", "model_version")
    list_filter = ("reason", VersionFilter)
    ordering = ("-id",)
    list_select_related = ("set",)
    search_fields = ("=set__id", "set__workout__athlete__email", "set__exercise")


@admin.register(Finding)
class FindingAdmin(Large, ReadOnly):
    list_display = ("set", "start_ms", "fault", "joint", "measured", "limit", "unit", "severity")
    list_filter = ("unit", VersionFilter)
    ordering = ("-id",)
    list_select_related = ("set",)
    search_fields = ("=set__id", "set__workout__athlete__email", "fault")


@admin.register(TrendDay)
class TrendDayAdmin(Large, ReadOnly):
    list_display = ("athlete", "exercise", "day", "sets", "reps", "rom_deg", "model_version")
    list_filter = ("exercise", VersionFilter)
    ordering = ("-id",)
    list_select_related = ("athlete", "exercise")
    search_fields = ("athlete__email", "athlete__display_name", "exercise__slug")


@admin.register(Import)
class ImportAdmin(ReadOnly):
    list_display = ("name", "athlete", "kind", "state", "bytes", "total", "created_at")
    list_filter = ("state", "kind")
    list_select_related = ("athlete",)
    search_fields = ("=id", "name", "athlete__email", "athlete__display_name")
    date_hierarchy = "created_at"


@admin.register(ImportItem)
class ImportItemAdmin(ReadOnly):
    list_display = ("source", "kind", "label", "outcome", "message")
    list_filter = ("outcome", "kind")
    list_select_related = ("source",)
    search_fields = ("=ref", "source__name", "source__athlete__email", "label")


@admin.register(ImportPart)
class ImportPartAdmin(ReadOnly):
    list_display = ("source", "index")
    list_filter = ("source__state",)
    list_select_related = ("source",)
    search_fields = ("source__name", "source__athlete__email")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportPart]:
        """Half a MiB a row is not needed for a list."""
        return super().get_queryset(request).defer("payload")

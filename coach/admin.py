"""Admin of the coaching room: everything can be found; what people granted or did is not edited."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, JSON
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin.base import ChangeAdmin, Large, ReadOnly
from coach.models import (
    Access,
    AthleteGroup,
    AthleteStatus,
    CalendarFeed,
    CoachLink,
    CoachNote,
    Invitation,
    Message,
    Plan,
    PlanChange,
    PlannedItem,
    PlannedWorkout,
    Prescription,
    Programme,
    ProgrammeDay,
    Thread,
)
from coach.resources import ProgrammeResource


class HoldsFilter(admin.SimpleListFilter):
    title = _("holds now")
    parameter_name = "holds"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[CoachLink]"
    ) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CoachLink]) -> QuerySet[CoachLink]:
        current = CoachLink.objects.current(timezone.now()).values("pk")
        match self.value():
            case "yes":
                return queryset.filter(pk__in=current)
            case "no":
                return queryset.exclude(pk__in=current)
        return queryset


@admin.register(CoachLink)
class CoachLinkAdmin(ReadOnly):
    """Who coaches whom. Only athletes grant links: an admin can look and delete, not make one."""

    list_display = (
        "athlete", "coach", "holds", "scopes", "granted_at", "ends_at", "ended_at", "ended_by",
    )  # fmt: skip
    list_filter = (HoldsFilter, ("coach", admin.RelatedOnlyFieldListFilter), "granted_at")
    list_select_related = ("athlete", "coach", "ended_by")
    search_fields = (
        "athlete__email", "athlete__display_name", "coach__email", "coach__display_name",
    )  # fmt: skip
    date_hierarchy = "granted_at"

    @admin.display(description=_("holds now"), boolean=True)
    def holds(self, link: CoachLink) -> bool:
        return link.holds_at(timezone.now())


class PrescriptionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Prescription
    extra = 0
    autocomplete_fields = ("exercise",)


class ProgrammeDayInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProgrammeDay
    extra = 0
    show_change_link = True


@admin.register(Programme)
class ProgrammeAdmin(ImportExportMixin, SimpleHistoryAdmin):  # type: ignore[misc]
    """Built-in ones come from coach/programmes.json, and go back to it at the next set-up."""

    list_display = ("title", "slug", "author", "level", "weeks", "days_per_week", "deleted_at")
    list_filter = ("level", ("author", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("author",)
    search_fields = ("title", "slug", "author__email", "author__display_name")
    readonly_fields = ("slug", "author", "created_at")
    inlines = (ProgrammeDayInline,)
    resource_classes = (ProgrammeResource,)
    formats = import_formats = export_formats = (CSV, JSON)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Programme.history.model)
class ProgrammeChangeAdmin(ChangeAdmin):
    named_by = "title"
    search_fields = ("title", "slug", "history_user__email")


@admin.register(ProgrammeDay)
class ProgrammeDayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("programme", "index", "week", "title")
    list_filter = ("week", "programme__level")
    list_select_related = ("programme",)
    search_fields = ("title", "programme__title", "programme__author__email")
    autocomplete_fields = ("programme",)
    inlines = (PrescriptionInline,)


@admin.register(Prescription)
class PrescriptionAdmin(ReadOnly):
    list_display = ("day", "position", "exercise", "sets", "reps", "hold_s", "load_kg", "rule")
    list_filter = ("rule", "exercise")
    list_select_related = ("day", "exercise")
    search_fields = ("day__programme__title", "day__title", "exercise__name")


@admin.register(Plan)
class PlanAdmin(ReadOnly):
    list_display = ("athlete", "title", "starts_on", "weeks", "weekdays", "assigned_by", "ended_on")
    list_filter = (("ended_on", admin.EmptyFieldListFilter), "slug", "starts_on")
    list_select_related = ("athlete", "assigned_by")
    search_fields = ("=id", "title", "athlete__email", "athlete__display_name")
    date_hierarchy = "starts_on"


@admin.register(PlannedWorkout)
class PlannedWorkoutAdmin(Large, ReadOnly):
    list_display = ("plan", "index", "day", "title", "skipped_at", "workout")
    list_filter = (
        ("workout", admin.EmptyFieldListFilter),
        ("skipped_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("plan__athlete", "workout__athlete")
    search_fields = ("=id", "title", "plan__title", "plan__athlete__email")
    ordering = ("plan__id", "index")


@admin.register(PlannedItem)
class PlannedItemAdmin(Large, ReadOnly):
    list_display = (
        "planned", "position", "exercise", "sets", "reps", "asked_reps", "hold_s", "asked_hold_s",
        "load_kg", "asked_load_kg", "rule", "reason",
    )  # fmt: skip
    list_filter = ("rule", "exercise")
    ordering = ("-id",)
    list_select_related = ("planned__plan", "exercise")
    search_fields = ("=planned__id", "planned__plan__athlete__email", "exercise__name")


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnly):
    """The address itself cannot be seen here; deleting a row withdraws it."""

    list_display = ("athlete", "created_at")
    list_filter = ("created_at",)
    list_select_related = ("athlete",)
    search_fields = ("athlete__email", "athlete__display_name")


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    """The code itself is not stored; deleting a row withdraws it."""

    list_display = ("coach", "email", "scopes", "created_at", "expires_at", "accepted_by")
    list_filter = (
        ("accepted_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("coach", "accepted_by")
    search_fields = ("coach__email", "coach__display_name", "email", "accepted_by__email")
    date_hierarchy = "created_at"


@admin.register(Access)
class AccessAdmin(Large, ReadOnly):
    """What athletes can read of their coaches' looks. It cannot be taken away from them."""

    list_display = ("at", "coach", "what", "athlete", "target")
    list_filter = ("what", "at")
    list_select_related = ("coach", "athlete")
    search_fields = ("coach__email", "athlete__email", "=target")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(AthleteStatus)
class AthleteStatusAdmin(ReadOnly):
    list_display = ("athlete", "day", "last_day", "workouts_28d", "percent", "due", "computed_at")
    list_filter = ("due",)
    list_select_related = ("athlete",)
    search_fields = ("athlete__email", "athlete__display_name")
    date_hierarchy = "day"


@admin.register(AthleteGroup)
class AthleteGroupAdmin(ReadOnly):
    list_display = ("name", "coach")
    list_filter = (("coach", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("coach",)
    search_fields = ("name", "coach__email", "coach__display_name")


@admin.register(CoachNote)
class CoachNoteAdmin(ReadOnly):
    """A coach's own words are not shown here."""

    list_display = ("coach", "athlete", "created_at", "changed_at", "deleted_at")
    list_filter = (("deleted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("coach", "athlete")
    search_fields = ("coach__email", "athlete__email")
    date_hierarchy = "created_at"
    exclude = ("text",)


@admin.register(Thread)
class ThreadAdmin(ReadOnly):
    list_display = ("coach", "athlete", "set", "t_ms", "created_at", "last_at")
    list_filter = (("rep_start_ms", admin.EmptyFieldListFilter),)
    list_select_related = ("coach", "athlete", "set")
    search_fields = ("=set__id", "coach__email", "athlete__email")
    date_hierarchy = "created_at"


@admin.register(Message)
class MessageAdmin(ReadOnly):
    """What two people say to each other is not shown here."""

    list_display = ("thread", "author", "created_at", "edited_at", "deleted_at")
    list_filter = (("deleted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("thread", "author")
    search_fields = ("=thread__id", "author__email")
    date_hierarchy = "created_at"
    exclude = ("text",)


@admin.register(PlanChange)
class PlanChangeAdmin(ReadOnly):
    list_display = ("plan", "kind", "author", "at", "undone_at")
    list_filter = ("kind", "at")
    list_select_related = ("plan", "author")
    search_fields = ("plan__athlete__email", "author__email", "plan__title")
    date_hierarchy = "at"

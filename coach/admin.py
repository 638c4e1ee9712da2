from django.contrib import admin

from coach.models import CoachLink


@admin.register(CoachLink)
class CoachLinkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows links; only athletes grant them, so an admin can look and delete but not make one."""

    list_display = ("athlete", "coach", "scopes", "granted_at", "ends_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter), "granted_at")
    list_select_related = ("athlete", "coach")
    search_fields = (
        "athlete__email", "athlete__display_name", "coach__email", "coach__display_name",
    )  # fmt: skip
    date_hierarchy = "granted_at"

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: CoachLink | None = None) -> bool:
        return False

"""What people agreed to, and that somebody was erased: to read, never to change."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Consent, Erased


class ReadAlone(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Consent)
class ConsentAdmin(ReadAlone):
    list_display = ("user", "document", "version", "language", "agreed_at", "ended_at")
    list_filter = ("document", "version", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__email", "user__display_name")
    date_hierarchy = "agreed_at"


@admin.register(Erased)
class ErasedAdmin(ReadAlone):
    list_display = ("digest", "erased_at")
    list_filter = ("erased_at",)
    search_fields = ("digest",)
    date_hierarchy = "erased_at"

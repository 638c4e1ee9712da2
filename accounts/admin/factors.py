"""Second factors and sign-ins in Django admin: that they are there, and nothing secret of them."""

# allauth registers its own, which show secrets and keys of sessions: imported, then replaced.
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin

from accounts.admin.base import ReadOnly, Record
from accounts.sign_ins.device import device_of
from accounts.sign_ins.services import end

admin.site.unregister((Authenticator, UserSession))


@admin.register(Authenticator)
class FactorAdmin(Record):
    """To take one away, reset the person's second factor: users, "Reset second factor"."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type", "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__display_name")
    fields = ("user", "type", "created_at", "last_used_at")
    readonly_fields = fields


@admin.register(UserSession)
class SignInAdmin(ReadOnly):
    """Deleting one signs that browser out."""

    list_display = ("user", "device", "ip", "created_at", "last_seen_at")
    list_filter = ("last_seen_at",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__display_name", "ip")
    fields = ("user", "device", "ip", "created_at", "last_seen_at")
    readonly_fields = fields

    @admin.display(description="device")
    def device(self, row: UserSession) -> str:
        return device_of(row.user_agent) or "unknown"

    def delete_model(self, request: object, obj: UserSession) -> None:
        end(obj)

    def delete_queryset(self, request: object, queryset: object) -> None:
        for row in queryset:  # type: ignore[attr-defined]
            end(row)

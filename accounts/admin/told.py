"""Coach requests and notifications in Django admin."""

from django.contrib import admin
from django.contrib.messages import SUCCESS, WARNING
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.base import Large
from accounts.coaching.services import coach_request_decide
from accounts.models import (
    CoachRequest,
    Notification,
    NotificationSettings,
    PushSubscription,
    User,
)


@admin.register(CoachRequest)
class CoachRequestAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "state", "about", "created_at", "decided_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("user", "decided_by")
    search_fields = ("user__email", "user__display_name", "about")
    readonly_fields = ("user", "about", "state", "created_at", "decided_at", "decided_by")
    date_hierarchy = "created_at"
    actions = ("grant", "decline")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Grant: they are coaches from now on"), permissions=("change",))
    def grant(self, request: HttpRequest, chosen: QuerySet[CoachRequest]) -> None:
        self._decide(request, chosen, granted=True)

    @admin.action(description=_("Decline"), permissions=("change",))
    def decline(self, request: HttpRequest, chosen: QuerySet[CoachRequest]) -> None:
        self._decide(request, chosen, granted=False)

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[CoachRequest], *, granted: bool
    ) -> None:
        admin_user = User.objects.get(email=request.user.get_username())
        decided = [
            one
            for one in chosen.select_related("user")
            if coach_request_decide(request=one, granted=granted, by=admin_user)
        ]
        for one in decided:
            self.log_change(request, one, "Granted." if granted else "Declined.")
        open_ones = ngettext("%d request decided.", "%d requests decided.", len(decided))
        self.message_user(request, open_ones % len(decided), SUCCESS if decided else WARNING)


@admin.register(Notification)
class NotificationAdmin(Large, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "kind", "created_at", "read_at", "sent_at")
    list_filter = (("sent_at", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__display_name", "kind")
    readonly_fields = (
        "user",
        "kind",
        "data",
        "url",
        "created_at",
        "read_at",
        "pushed_at",
        "sent_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(NotificationSettings)
class NotificationSettingsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "by_mail", "by_push", "weekly_digest", "digest_sent_on")
    list_filter = ("by_mail", "by_push", "weekly_digest")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__display_name")
    autocomplete_fields = ("user",)
    readonly_fields = ("digest_sent_on",)


@admin.register(PushSubscription)
class PushSubscriptionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The keys of a browser are its own."""

    list_display = ("user", "created_at")
    list_filter = ("created_at",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__display_name")
    fields = ("user", "created_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

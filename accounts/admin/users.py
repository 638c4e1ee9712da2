"""Users in Django admin."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, JSON
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin.base import ChangeAdmin, acting_admin
from accounts.admin.confirm import Question, ask, is_confirmed
from accounts.admin.resources import UserResource
from accounts.audit import Kind, record
from accounts.erasure import user_erase, what_goes
from accounts.factors.services import second_factor_reset
from accounts.hooks import rights_changed
from accounts.models import AuditEntry, User
from accounts.sign_in_limits import LONGEST_S, unlock
from accounts.standing import password_reset_send, user_set_active, user_sign_out_everywhere


class Paused(admin.SimpleListFilter):
    """Whose sign-in was paused within the longest wait there is, and not let go on since."""

    title = "sign-in"
    parameter_name = "sign_in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("paused", "Paused now")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() != "paused":
            return queryset
        since = timezone.now() - timedelta(seconds=LONGEST_S)
        last = AuditEntry.objects.filter(
            about=OuterRef("pk"),
            kind__in=(Kind.SIGN_IN_BLOCKED, Kind.SIGN_IN_UNBLOCKED),
            at__gte=since,
        ).order_by("-at", "-id")
        return queryset.annotate(pause=Subquery(last.values("kind")[:1])).filter(
            pause=Kind.SIGN_IN_BLOCKED
        )


class UserAddForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email",)
        field_classes = {"email": forms.EmailField}


@admin.register(User)
class UserAdmin(ExportMixin, SimpleHistoryAdmin, DjangoUserAdmin):  # type: ignore[type-arg,misc]
    list_display = ("email", "display_name", "is_active", "is_coach", "is_staff", "joined_at")
    list_filter = (Paused, "is_active", "is_coach", "is_staff", "language", "joined_at")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    date_hierarchy = "joined_at"
    readonly_fields = ("last_login", "joined_at", "signed_out_at")
    resource_classes = (UserResource,)
    formats = (CSV, JSON)
    export_formats = formats
    actions = (
        "deactivate", "activate", "send_reset", "let_sign_in", "sign_out", "reset_factor", "erase",
    )  # fmt: skip
    add_form = UserAddForm
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Profile"), {
            "fields": (
                "display_name", "time_zone", "units", "language", "weekly_goal", "keypoints_days",
            ),
        }),
        (_("Permissions"), {
            "fields": (
                "is_active", "is_coach", "is_staff", "is_superuser", "groups", "user_permissions",
            ),
        }),
        (_("Times"), {"fields": ("last_login", "signed_out_at", "joined_at")}),
    )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Called when an admin has saved the form. Who loses a right loses it everywhere."""
        super().save_model(request, obj, form, change)
        if {"is_coach", "is_active"} & set(form.changed_data):
            rights_changed.send(sender=User, user=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting leaves traces; erasing, an action of the list, does not."""
        return False

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.delete_user")

    @admin.action(description="Deactivate", permissions=["change"])
    def deactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        if chosen.filter(pk=acting_admin(request).pk).exists():
            messages.error(request, "You cannot lock yourself out.")
            return
        for user in chosen:
            user_set_active(user=user, is_active=False)
            self.log_change(request, user, "Deactivated.")
        messages.success(request, f"{len(chosen)} deactivated. They are signed out; data stays.")

    @admin.action(description="Activate", permissions=["change"])
    def activate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            user_set_active(user=user, is_active=True)
            self.log_change(request, user, "Activated.")
        messages.success(request, f"{len(chosen)} can sign in again.")

    @admin.action(description="Send a mail to reset the password", permissions=["change"])
    def send_reset(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            try:
                password_reset_send(user=user, request=request)
            except (ValueError, OSError) as error:
                messages.error(request, f"{user.email}: {error}")
            else:
                self.log_change(request, user, "Password reset sent.")
                messages.success(request, f"A mail is on its way to {user.email}.")

    @admin.action(description="Let sign in again", permissions=["change"])
    def let_sign_in(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            unlock(user.email)
            record(Kind.SIGN_IN_UNBLOCKED, about=user, by=acting_admin(request))
            self.log_change(request, user, "Failed sign-ins forgotten.")
        messages.success(request, f"{len(chosen)} can try again at once.")

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            user_sign_out_everywhere(user=user)
            self.log_change(request, user, "Signed out everywhere.")
        messages.success(request, f"{len(chosen)} signed out on every device.")

    @admin.action(description="Reset second factor", permissions=["change"])
    def reset_factor(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse | None:
        if not is_confirmed(request):
            return ask(self, request, chosen, _reset_question(chosen))
        for user in chosen:
            gone = second_factor_reset(user=user)
            self.log_change(request, user, f"Second factor reset ({gone} removed).")
        messages.success(
            request, f"{len(chosen)} sign in with the password alone until they set one up."
        )
        return None

    @admin.action(description="Erase with everything that is theirs", permissions=["erase"])
    def erase(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse | None:
        if chosen.filter(pk=acting_admin(request).pk).exists():
            messages.error(request, "You cannot erase yourself.")
            return None
        if chosen.filter(is_staff=True).exists():
            messages.error(request, "Take the staff status away first: an admin's log would go.")
            return None
        if not is_confirmed(request):
            return ask(self, request, chosen, _erase_question(chosen))
        erased = 0
        for user in chosen:
            user_erase(user=user, by=acting_admin(request))
            erased += 1
        messages.success(request, f"{erased} erased, with everything that was theirs.")
        return None


def _reset_question(chosen: QuerySet[User]) -> Question:
    lines = []
    for user in chosen:
        held = Authenticator.objects.filter(user=user).count()
        lines.append(f"{user.email}: {held} second factors, recovery codes included.")
    lines.append("Be sure that it is they who asked: then the password alone opens the account.")
    lines.append("They are signed out everywhere and told by mail.")
    return Question("Reset the second factor?", lines, "Reset second factor", is_dangerous=True)


def _erase_question(chosen: QuerySet[User]) -> Question:
    lines = []
    for user in chosen:
        going = ", ".join(f"{one.rows} {one.what.lower()}" for one in what_goes(user))
        lines.append(f"{user.email}: {going}.")
    lines.append("Backups keep it until you delete them. Nothing of it can be brought back here.")
    return Question("Erase for good?", lines, "Erase for good", is_dangerous=True)


@admin.register(User.history.model)
class UserChangeAdmin(ChangeAdmin):
    named_by = "email"
    search_fields = ("email", "display_name", "history_user__email")

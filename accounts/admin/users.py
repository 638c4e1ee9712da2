"""Users in Django admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ChangeAdmin
from accounts.hooks import rights_changed
from accounts.models import User


class UserAddForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email",)
        field_classes = {"email": forms.EmailField}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    list_display = ("email", "display_name", "is_active", "is_coach", "is_staff", "joined_at")
    list_filter = ("is_active", "is_coach", "is_staff", "language", "joined_at")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    date_hierarchy = "joined_at"
    readonly_fields = ("last_login", "joined_at")
    add_form = UserAddForm
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Profile"), {
            "fields": ("display_name", "time_zone", "units", "language", "weekly_goal"),
        }),
        (_("Permissions"), {
            "fields": (
                "is_active", "is_coach", "is_staff", "is_superuser", "groups", "user_permissions",
            ),
        }),
        (_("Times"), {"fields": ("last_login", "joined_at")}),
    )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Called when an admin has saved the form. Who loses a right loses it everywhere."""
        super().save_model(request, obj, form, change)
        if {"is_coach", "is_active"} & set(form.changed_data):
            rights_changed.send(sender=User, user=obj)


@admin.register(User.history.model)  # type: ignore[attr-defined]
class UserChangeAdmin(ChangeAdmin):
    search_fields = ("email", "display_name", "history_user__email")

"""Tokens and the audit log in Django admin."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV
from import_export.resources import ModelResource

from accounts.admin.base import ReadOnly, Record, acting_admin
from accounts.models import ApiToken, AuditEntry
from accounts.tokens.services import token_revoke


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnly):
    """Of the secret only its beginning is known, here too. Deleting a token ends it at once."""

    list_display = ("user", "name", "prefix", "scopes", "created_at", "expires_at", "used_on")
    list_filter = ("created_at", "expires_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "name", "prefix")
    fields = (
        "user", "name", "prefix", "scopes", "created_at", "expires_at", "used_on", "used_from",
    )  # fmt: skip
    readonly_fields = fields
    date_hierarchy = "created_at"

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        token_revoke(user=obj.user, token_id=obj.pk, by=acting_admin(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for token in queryset:
            self.delete_model(request, token)


class AuditEntryResource(ModelResource):  # type: ignore[misc]
    about = Field(attribute="about__email", column_name="about")
    by = Field(attribute="by__email", column_name="by")

    class Meta:
        model = AuditEntry
        fields = ("at", "kind", "about", "by", "place", "detail")
        export_order = fields

    def dehydrate_at(self, entry: AuditEntry) -> str:
        moment: datetime = entry.at
        return moment.isoformat(timespec="seconds")


@admin.register(AuditEntry)
class AuditEntryAdmin(ExportMixin, Record):  # type: ignore[misc]
    list_display = ("at", "kind", "about", "by", "place", "detail")
    list_filter: ClassVar[Any] = ("kind", "at")
    list_select_related: ClassVar[Any] = ("about", "by")
    search_fields: ClassVar[Any] = ("about__email", "by__email", "detail", "place")
    fields = ("at", "kind", "about", "by", "place", "detail")
    readonly_fields = fields
    date_hierarchy = "at"
    resource_classes = (AuditEntryResource,)
    formats = export_formats = (CSV,)
    show_full_result_count = False

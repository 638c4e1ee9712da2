"""Filters of large tables: the choices come from small ones, not from every value there is."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from models.results import UNKNOWN
from sessions.models import Exercise, ModelVersion


class VersionFilter(admin.SimpleListFilter):
    title = "model version"
    parameter_name = "model_version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = ModelVersion.objects.values_list("version", flat=True)
        return [(version, version) for version in known]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(model_version=self.value()) if self.value() else queryset


class ExerciseFilter(admin.SimpleListFilter):
    title = "final exercise"
    parameter_name = "final_exercise"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Exercise.objects.values_list("slug", "name"), (UNKNOWN, UNKNOWN)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(final_exercise=self.value()) if self.value() else queryset

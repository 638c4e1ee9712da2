"""Re-scores: ordered, watched, compared, made the results and taken back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from accounts.admin.base import Record, acting_admin
from accounts.admin.confirm import Question, ask, is_confirmed
from sessions.comparing import compare
from sessions.models import ModelVersion, Rescore, SetResult
from sessions.services.rescores import (
    rescore_adopt,
    rescore_begin,
    rescore_go_on,
    rescore_revert,
    rescore_stop,
)


class OrderForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Rescore
        fields = ("version", "since", "until", "athletes")
        help_texts = {
            "since": "The first local day.",
            "until": "The last local day, included.",
            "athletes": "Nobody named means everybody.",
        }

    def clean_version(self) -> ModelVersion:
        version: ModelVersion = self.cleaned_data["version"]
        if not version.fits:
            raise ValidationError(f"{version} does not fit this code.")
        return version


@admin.register(Rescore)
class RescoreAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = OrderForm
    list_display = (
        "version", "since", "until", "state", "progress", "changes", "failed", "by", "created_at",
    )  # fmt: skip
    list_filter = ("state", "version")
    list_select_related = ("version", "by")
    search_fields = ("=id", "version__version", "by__email", "athletes__email")
    autocomplete_fields = ("version", "athletes")
    date_hierarchy = "created_at"
    actions = ("stop", "go_on", "adopt", "revert")
    told = (
        "version", "since", "until", "athletes", "state", "progress", "failed", "error", "by",
        "created_at", "touched_at", "ended_at", "changes",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return OrderForm.Meta.fields if obj is None else self.told

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return () if obj is None else self.told

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.by = acting_admin(request)
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Called when the athletes are stored too."""
        super().save_related(request, form, formsets, change)
        if not change:
            rescore_begin(form.instance)

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.compared)
        own = path("<uuid:pk>/compare/", page, name="workouts_rescore_compare")
        return [own, *super().get_urls()]

    def compared(self, request: HttpRequest, pk: Any) -> HttpResponse:
        rescore = Rescore.objects.select_related("version").filter(pk=pk).first()
        if rescore is None:
            raise Http404
        if not self.has_view_permission(request, rescore):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"What {rescore.version} changes, {rescore.since} to {rescore.until}",
            "opts": self.model._meta,
            "rescore": rescore,
            "found": compare(rescore),
        }
        return TemplateResponse(request, "admin/workouts/rescore/compare.html", context)

    @admin.action(description="Stop")
    def stop(self, request: HttpRequest, chosen: QuerySet[Rescore]) -> None:
        self._each(request, chosen, rescore_stop, "Stopped.")

    @admin.action(description="Go on, or try what failed again")
    def go_on(self, request: HttpRequest, chosen: QuerySet[Rescore]) -> None:
        self._each(request, chosen, rescore_go_on, "Goes on.")

    @admin.action(description="Make these the results")
    def adopt(self, request: HttpRequest, chosen: QuerySet[Rescore]) -> HttpResponse | None:
        if not is_confirmed(request):
            lines = [_weight(one) for one in chosen.select_related("version")]
            more = ("What counts now is kept, and can come back.",
                    "Corrections of athletes stay above every version.",
                    "Trends of these days are made anew, and mark the change.")  # fmt: skip
            question = Question("Make these the results?", [*lines, *more], "Make them the results")
            return ask(self, request, chosen, question)
        self._each(request, chosen, rescore_adopt, "Becomes the result.")
        return None

    @admin.action(description="Take back: let what counted before count again")
    def revert(self, request: HttpRequest, chosen: QuerySet[Rescore]) -> HttpResponse | None:
        if not is_confirmed(request):
            lines = [f"{one}: what counted before counts again." for one in chosen]
            more = "Sets that were analysed anew since stay as they are."
            question = Question("Take these results back?", [*lines, more], "Take them back")
            return ask(self, request, chosen, question)
        self._each(request, chosen, rescore_revert, "Taken back.")
        return None

    def _each(self, request: HttpRequest, chosen: QuerySet[Rescore], do: Any, said: str) -> None:
        for rescore in chosen:
            try:
                do(rescore.pk)
            except ValidationError as error:
                messages.error(request, f"{rescore}: {error.messages[0]}")
            else:
                self.log_change(request, rescore, said)
                messages.success(request, f"{rescore}: {said}")

    @admin.display(description="progress")
    def progress(self, rescore: Rescore) -> str:
        return format_html(
            '<progress max="{}" value="{}"></progress> {} of {}',
            rescore.total or 1,
            rescore.done,
            rescore.done,
            rescore.total,
        )

    @admin.display(description="")
    def changes(self, rescore: Rescore) -> str:
        address = reverse("admin:workouts_rescore_compare", args=[rescore.pk])
        return format_html('<a href="{}">What changes</a>', address)


def _weight(rescore: Rescore) -> str:
    found = compare(rescore)
    sets = sum(row.sets for row in found.rows)
    return f"{rescore}: {sets} sets, of which {found.changed} change."


@admin.register(SetResult)
class SetResultAdmin(Record):
    """Figures, not skeletons: what a version makes of a set, beside what counts."""

    list_display = (
        "set_id", "model_version", "exercise", "rep_count", "hold_s", "in_place_of", "error",
        "made_at",
    )  # fmt: skip
    list_filter = ("model_version", "exercise", ("error", admin.EmptyFieldListFilter))
    search_fields = ("=set__id", "model_version", "exercise")
    date_hierarchy = "made_at"
    raw_id_fields = ("set",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SetResult]:
        return super().get_queryset(request).defer("rows")

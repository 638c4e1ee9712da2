"""Versions of the discriminator: registered, read about, promoted, rolled back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin.base import ChangeAdmin, Record, acting_admin
from accounts.admin.confirm import Question, ask, is_confirmed
from models import bundle
from sessions.admin.figures import side_by_side
from sessions.models import ModelFile, ModelVersion
from sessions.services.versions import (
    previous_version,
    version_promote,
    version_register,
    version_roll_back,
)


class UploadForm(forms.ModelForm):  # type: ignore[type-arg]
    weights = forms.FileField(
        label="Zip of a folder of weights",
        help_text="As `make train` writes it: discriminator.json, discriminator.onnx, "
        f"recognition.npz, and tfjs/ for browsers. At most {bundle.MOST_BYTES // bundle.MB} MB.",
    )

    class Meta:
        model = ModelVersion
        fields = ()

    def clean_weights(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["weights"]
        if (file.size or 0) > bundle.MOST_BYTES:
            raise ValidationError(f"{file.name} is larger than the limit.")
        try:
            self.bundle = bundle.of_zip(file)  # type: ignore[arg-type]
        except bundle.BundleError as error:
            raise ValidationError(str(error)) from error
        taken = ModelVersion.objects.filter(version=self.bundle.version).first()
        if taken is not None:
            raise ValidationError(f"{taken} is registered already.")
        return file


@admin.register(ModelVersion)
class ModelVersionAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Weights are uploaded, never edited; a version that counts, or counted, cannot be deleted."""

    list_display = (
        "version", "standing", "fits_the_code", "obo", "exact", "recognised", "in_browsers",
        "registered_at", "promoted_at", "promoted_by",
    )  # fmt: skip
    list_filter = (
        "shipped",
        ("promoted_at", admin.EmptyFieldListFilter),
        ("retired_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("promoted_by",)
    search_fields = ("version", "=digest", "registered_by__email", "promoted_by__email")
    date_hierarchy = "registered_at"
    actions = ("promote", "roll_back")
    change_form_template = "admin/workouts/modelversion/change_form.html"
    readonly_fields = (
        "version", "standing", "fits_the_code", "in_browsers", "digest", "skeleton_hash",
        "features_version", "shipped", "registered_at", "registered_by", "promoted_at",
        "promoted_by", "retired_at", "retired_by",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("weights",) if obj is None else self.readonly_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return () if obj is None else self.readonly_fields

    def get_form(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = UploadForm
        return super().get_form(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelVersion]:
        copies = ModelFile.objects.filter(name=bundle.BROWSER[0], version=OuterRef("pk"))
        found: QuerySet[ModelVersion] = super().get_queryset(request)
        return found.annotate(browser_copy=Exists(copies))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        used = isinstance(obj, ModelVersion) and obj.promoted_at is not None
        return not used and bool(super().has_delete_permission(request, obj))

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Called when the upload was accepted."""
        if change:
            return
        made, _ = version_register(form.bundle, by=acting_admin(request))
        obj.__dict__.update(made.__dict__)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        version = self.get_object(request, object_id)
        running = ModelVersion.objects.running().first()
        extra = {} if version is None else {"figures": side_by_side(version, running)}
        told = {**(extra_context or {}), **extra, "running": running, "show_save": False,
                "show_save_and_continue": False, "show_save_and_add_another": False}  # fmt: skip
        answer: HttpResponse = super().change_view(request, object_id, form_url, told)
        return answer

    @admin.action(description="Promote: let it count from the next task on")
    def promote(self, request: HttpRequest, chosen: QuerySet[ModelVersion]) -> HttpResponse | None:
        if chosen.count() != 1:
            self._refuse(request, "Choose one version.")
            return None
        version = chosen.get()
        if not is_confirmed(request):
            return ask(self, request, chosen, self._question(version))
        self._do(request, f"{version} counts from now on.", version, version_promote)
        return None

    @admin.action(description="Roll back: let the version before count again")
    def roll_back(
        self, request: HttpRequest, chosen: QuerySet[ModelVersion]
    ) -> HttpResponse | None:
        version = previous_version()
        if version is None:
            self._refuse(request, "No other version has counted here before.")
            return None
        if not is_confirmed(request):
            return ask(self, request, chosen, self._question(version))

        def again(_: int, *, by: Any) -> ModelVersion:
            return version_roll_back(by=by)

        self._do(request, f"{version} counts again.", version, again)
        return None

    def _question(self, version: ModelVersion) -> Question:
        running = ModelVersion.objects.running().first()
        browsers = (
            "Browsers get its copy at their next visit to a training page."
            if version.files.filter(name=bundle.BROWSER[0]).exists()
            else "It has no copy for browsers: they go on with the one of this release, and say so."
        )
        return Question(
            heading=f"Let {version} count?",
            lines=(
                f"Now {running or 'the version of this release'} counts.",
                "What was counted stays as it is; trends mark the day of the change.",
                browsers,
                "You can roll back at any time.",
            ),
            button=f"Promote {version}",
        )

    def _do(self, request: HttpRequest, said: str, version: ModelVersion, write: Any) -> None:
        try:
            write(version.pk, by=acting_admin(request))
        except ValidationError as error:
            self._refuse(request, error.messages[0])
            return
        self.log_change(request, version, said)
        messages.success(request, said)

    def _refuse(self, request: HttpRequest, why: str) -> None:
        messages.error(request, why)

    @admin.display(description="state")
    def standing(self, version: ModelVersion) -> str:
        if version.is_running:
            return "counts now"
        return "retired" if version.retired_at else "registered"

    @admin.display(description="fits the code", boolean=True)
    def fits_the_code(self, version: ModelVersion) -> bool:
        return version.fits

    @admin.display(description="for browsers", boolean=True)
    def in_browsers(self, version: ModelVersion) -> bool:
        return bool(version.browser_copy)  # type: ignore[attr-defined]

    @admin.display(description="OBO")
    def obo(self, version: ModelVersion) -> float | None:
        return _folds(version).get("obo")

    @admin.display
    def exact(self, version: ModelVersion) -> float | None:
        return _folds(version).get("exact")

    @admin.display
    def recognised(self, version: ModelVersion) -> float | None:
        return _folds(version).get("recognition")


def _folds(version: ModelVersion) -> dict[str, float]:
    return dict(version.metrics.get("folds", {}))


@admin.register(ModelFile)
class ModelFileAdmin(Record):
    list_display = ("version", "name", "size", "sha256")
    list_filter = ("name",)
    list_select_related = ("version",)
    search_fields = ("name", "version__version", "=sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelFile]:
        """Megabytes a row are not needed for a list."""
        return super().get_queryset(request).defer("payload")


@admin.register(ModelVersion.history.model)
class VersionChangeAdmin(ChangeAdmin):
    named_by = "version"
    search_fields = ("version", "history_user__email")

"""Writes about versions of the discriminator: each says who."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from models import bundle, measured
from models.registry import WEIGHTS
from sessions.models import ModelFile, ModelVersion

STAMPS: Final = ("promoted_at", "promoted_by", "retired_at", "retired_by")


@transaction.atomic
def version_register(
    found: bundle.Bundle, *, by: User | None, shipped: bool = False
) -> tuple[ModelVersion, bool]:
    """The version of these files, and whether it is new here; the same files again change nothing.

    Raises ValidationError where another set of files has this version's name.
    """
    stored = ModelVersion.objects.filter(version=found.version).first()
    if stored is not None:
        if stored.digest != found.digest and not _is_same_network(stored, found):
            raise ValidationError(
                f"{found.version} is registered with other weights. Give this set a version of "
                "its own in discriminator.json."
            )
        if shipped and stored.digest != found.digest:
            _describe(stored, found)
        return stored, False
    version = ModelVersion(
        version=found.version, shipped=shipped, registered_at=timezone.now(), registered_by=by
    )
    _describe(version, found)
    return version, True


def _describe(version: ModelVersion, found: bundle.Bundle) -> None:
    """Everything that follows from its files, and the files."""
    version.digest = found.digest
    version.skeleton_hash = str(found.facts.get("skeleton_hash", ""))
    version.features_version = str(found.facts.get("features_version", ""))
    version.facts = dict(found.facts)
    version.metrics = measured.headline(found.files)
    version.card = found.model_card
    version.full_clean()
    version.save()
    version.files.all().delete()
    ModelFile.objects.bulk_create(
        ModelFile(
            version=version,
            name=name,
            sha256=bundle.sha256(content),
            size=len(content),
            payload=content,
        )
        for name, content in found.files.items()
    )


def version_register_shipped() -> ModelVersion:
    """The weights beside the code; they count from now on unless an admin chose another version."""
    version, _ = version_register(bundle.of_folder(WEIGHTS), by=None, shipped=True)
    with transaction.atomic():
        running = ModelVersion.objects.running().select_for_update().first()
        if running is None or running.promoted_by is None:
            _promote(version, by=None)
    return version


@transaction.atomic
def version_promote(version_id: int, *, by: User) -> ModelVersion:
    """Lets it count from the next task on. Raises ValidationError where it does not fit the code.

    Promoted already, nothing changes.
    """
    version = ModelVersion.objects.select_for_update().get(pk=version_id)
    if not version.fits:
        raise ValidationError(
            f"{version} was made for features {version.features_version} and skeleton "
            f"{version.skeleton_hash}, and not for those of this code."
        )
    _promote(version, by=by)
    return version


@transaction.atomic
def version_roll_back(*, by: User) -> ModelVersion:
    """Promotes the version that counted before. Raises ValidationError where there is none."""
    before = previous_version()
    if before is None:
        raise ValidationError("No other version has counted here before.")
    return version_promote(before.pk, by=by)


def previous_version() -> ModelVersion | None:
    """The one that was retired last, if it still fits."""
    retired = ModelVersion.objects.filter(retired_at__isnull=False).order_by("-retired_at")
    return next((version for version in retired if version.fits), None)


def _promote(version: ModelVersion, *, by: User | None) -> None:
    """One counts at a time: the others are retired in the same transaction."""
    if version.is_running:
        return
    now = timezone.now()
    for other in ModelVersion.objects.running().select_for_update():
        other.retired_at, other.retired_by = now, by
        other.save(update_fields=["retired_at", "retired_by"])
    version.promoted_at, version.promoted_by = now, by
    version.retired_at = version.retired_by = None
    version.save(update_fields=list(STAMPS))
    if by is not None:
        audit.record(audit.Kind.PROMOTED, about=None, by=by, detail=str(version))


def _is_same_network(stored: ModelVersion, found: bundle.Bundle) -> bool:
    """Only what describes it, such as the model card, was written anew since."""
    known = dict(stored.files.values_list("name", "sha256"))
    counting = [name for name in found.files if name not in bundle.DESCRIBING]
    described = (bundle.NEEDED[0],)  # measured after the weights were written
    return all(
        known.get(name) == bundle.sha256(found.files[name])
        for name in counting
        if name not in described
    )

"""Reads about the version that counts, for the page's own copy of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from models.bundle import BROWSER
from sessions.models import ModelFile, ModelVersion
from sessions.versions import running_version, shipped_network

FOLDER = "tfjs/"


@dataclass(frozen=True, slots=True)
class Counting:
    """version: with which this server counts. model: where its copy for browsers is; None where
    the page's own files are it, or where there is none."""

    version: str
    model: str | None


def counting() -> Counting:
    """What a page asks before it counts by itself."""
    running = ModelVersion.objects.running().only("version", "digest").first()
    version = running_version()
    if running is None or running.version != version or version == shipped_network().card.version:
        return Counting(version, None)
    copied = running.files.filter(name=BROWSER[1]).exists()
    return Counting(version, f"/api/models/{running.digest}/model.json" if copied else None)


def browser_file(digest: str, name: str) -> ModelFile:
    """Of a version that counts, or has. Raises NotFound."""
    files = ModelFile.objects.filter(
        version__digest=digest, version__promoted_at__isnull=False, name=f"{FOLDER}{name}"
    )
    found = files.first()
    if found is None:
        raise NotFound(_("There is no such file of a model."))
    return found

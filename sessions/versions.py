"""Which network counts: the promoted version, looked up for every task, or the one of the code.

The files of a version are rows, so that every worker of every machine has them. A worker keeps a
copy of what it uses in `DATA_DIR/weights/<digest>`, and may lose it at any time.
"""

import logging
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from models import bundle, registry
from models.registry import Network, RegistryError
from sessions.models import ModelVersion

log: Final = logging.getLogger(__name__)
_KEPT: Final = 3  # networks of about 10 MB: the running one, and those of re-scores


def running_network() -> Network:
    """Of the promoted version; of the code's own where none is, or where it does not fit.

    A task must be able to count whatever an admin has promoted, so a version that cannot be
    loaded is logged and told on the health page, not raised.
    """
    promoted = ModelVersion.objects.running().only("version", "digest", "shipped").first()
    if promoted is None:
        return shipped_network()
    try:
        return network_of(promoted)
    except (RegistryError, OSError) as error:
        log.error("Version %s cannot be used, so the code's own counts: %s", promoted, error)
        return shipped_network()


def network_of(version: ModelVersion) -> Network:
    """Raises RegistryError where its files do not fit this code, OSError for a full disk."""
    if version.digest == _digest_of_code():
        return shipped_network()
    return _loaded(version.pk, version.digest)


def running_version() -> str:
    """The name that results of a task made now would carry."""
    return running_network().card.version


@lru_cache(maxsize=1)
def shipped_network() -> Network:
    return registry.load()


@lru_cache(maxsize=1)
def _digest_of_code() -> str:
    return bundle.of_folder(registry.WEIGHTS).digest


@lru_cache(maxsize=_KEPT)
def _loaded(version_id: int, digest: str) -> Network:
    return registry.load(_folder(version_id, digest))


def _folder(version_id: int, digest: str) -> Path:
    """With the version's files, written there as a whole or not at all."""
    folder = Path(settings.DATA_DIR) / "weights" / digest
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        wanted = ModelVersion.objects.get(pk=version_id).files.filter(name__in=bundle.NEEDED)
        bundle.write({file.name: bytes(file.payload) for file in wanted}, scratch)
        scratch.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another worker was faster
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder

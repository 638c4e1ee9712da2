"""Who was erased, by a digest of their id: in the database, and in a file that no backup holds.

A backup brings back who was erased after it was made. The digests of a random id name nobody, but
recognise whoever comes back. The table goes into every backup; the file (`ERASED_FILE`) is for the
day when the database is lost with all that was erased since the newest one.
"""

import logging
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import Erased, User

logger = logging.getLogger(__name__)
_HEX: Final = 64


def digest_of(user_id: UUID) -> str:
    return sha256(user_id.bytes).hexdigest()


def bury(user_id: UUID) -> None:
    """Called inside the transaction that erases: the table has it exactly if the person is gone."""
    Erased.objects.get_or_create(digest=digest_of(user_id), defaults={"erased_at": timezone.now()})


def write_down(user_id: UUID) -> None:
    """Called after the commit. A disk that is full stops no erasure; `known` has the table, too."""
    try:
        append([digest_of(user_id)], _file())
    except OSError as error:
        logger.error("ERASED_FILE was not written: %s", error.strerror)


def append(digests: Iterable[str], path: Path) -> None:
    """One line each, on the disk before this returns. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write("".join(f"{digest}\n" for digest in digests))
        file.flush()
        os.fsync(file.fileno())


def known() -> set[str]:
    """Of everybody who was erased here, as far as table and file tell."""
    found: set[str] = set()
    if Erased._meta.db_table in connection.introspection.table_names():
        found.update(Erased.objects.values_list("digest", flat=True))
    return found | read(_file())


def read(path: Path) -> set[str]:
    """Of such a file; nobody where there is none."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {line for line in lines if len(line) == _HEX}


def remember(digests: Iterable[str]) -> None:
    now = timezone.now()
    rows = [Erased(digest=digest, erased_at=now) for digest in sorted(digests)]
    Erased.objects.bulk_create(rows, ignore_conflicts=True)


def erase_again() -> int:
    """Erases whoever a restored backup has brought back; how many those were."""
    from accounts.erasure import user_erase

    buried = set(Erased.objects.values_list("digest", flat=True))
    back = [pk for pk in User.objects.values_list("pk", flat=True) if digest_of(pk) in buried]
    for user in User.objects.filter(pk__in=back):
        user_erase(user=user, by=None)
    return len(back)


def _file() -> Path:
    return Path(settings.ERASED_FILE)

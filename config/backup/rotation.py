"""Backups in a folder: their names, how long they stay, and the list that goes beside them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from accounts import tombstones

ENDING: Final = ".pcb"
ERASED: Final = "erased.txt"
_NAME: Final = f"posecoach-%Y%m%dT%H%M%SZ{ENDING}"


def name_of_now() -> str:
    return datetime.now(UTC).strftime(_NAME)


def remove_old(folder: Path, keep_days: int | None) -> list[Path]:
    """Those older than keep_days, by their names; the newest stays, however old it is."""
    if keep_days is None:
        return []
    since = datetime.now(UTC) - timedelta(days=keep_days)
    made = {path: at for path in folder.glob(f"*{ENDING}") if (at := _made_at(path)) is not None}
    gone = sorted(path for path, at in made.items() if at < since and at < max(made.values()))
    for path in gone:
        path.unlink()
    return gone


def _made_at(path: Path) -> datetime | None:
    """None for a file that somebody else has put there."""
    try:
        return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def write_erased(folder: Path) -> None:
    """Whoever restores an older backup of this folder has the newest list at hand."""
    path = folder / ERASED
    if new := sorted(tombstones.known() - tombstones.read(path)):
        tombstones.append(new, path)

"""Makes the .mo files that Django reads of the .po files that people read.

`python -m config.catalogues` does it, without the gettext package of the system. The .mo files
are not in the repository.
"""

import os
from pathlib import Path
from typing import Final

import polib

LOCALE: Final = Path(__file__).resolve().parent / "locale"


def sources(folder: Path = LOCALE) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/*.po"))


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Writes a .mo beside each .po and returns their paths.

    Raises OSError that names file and line where a catalogue cannot be read.
    """
    made = []
    for source in sources(folder):
        target = source.with_suffix(".mo")
        scratch = source.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(scratch))
        scratch.replace(target)  # whoever reads it meanwhile has the old one, whole
        made.append(target)
    return made


def stale(folder: Path = LOCALE) -> list[Path]:
    """Catalogues that were not compiled since they were last changed."""
    return [
        source
        for source in sources(folder)
        if not (made := source.with_suffix(".mo")).exists()
        or made.stat().st_mtime < source.stat().st_mtime
    ]


if __name__ == "__main__":
    print(f"{len(compile_all())} catalogues compiled")  # noqa: T201

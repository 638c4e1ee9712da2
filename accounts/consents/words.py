"""The texts, one file a document, version and language. A version that was shown never changes.

Another wording of the same meaning, such as a mended comma, is a new version all the same: what
somebody agreed to can be read again word by word.
"""

from functools import cache
from pathlib import Path
from typing import Final

from accounts.models import Consent, User

FOLDER: Final = Path(__file__).parent / "texts"


@cache
def versions() -> dict[str, list[str]]:
    """Of each document, oldest first; the last one is current."""
    found: dict[str, set[str]] = {document: set() for document in Consent.Document.values}
    for path in FOLDER.glob("*.txt"):
        document, version, _language, _ending = path.name.split(".")
        found[document].add(version)
    return {document: sorted(them) for document, them in found.items()}


def current(document: str) -> str:
    return versions()[document][-1]


@cache
def text(document: str, version: str, language: str) -> str:
    """In English where a language is not there. Raises KeyError for what there never was."""
    if version not in versions()[document]:
        raise KeyError(version)
    path = FOLDER / f"{document}.{version}.{language}.txt"
    if not path.exists():
        path = FOLDER / f"{document}.{version}.{User.Language.EN}.txt"
    return path.read_text(encoding="utf-8").strip()

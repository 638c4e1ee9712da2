"""Reads of what people agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.consents import words
from accounts.models import Consent, User


@dataclass(frozen=True, slots=True)
class Standing:
    """One document as it stands for one person.

    text: of the current version. agreed: what holds now, perhaps to an older one. due: the page
    asks. withdrawn: the person has taken it back.
    """

    document: str
    version: str
    language: str
    text: str
    agreed: Consent | None
    due: bool
    withdrawn: bool


def consents_of(*, actor: User | None, language: str) -> list[Standing]:
    """actor: None for who has no account yet, and reads before signing up."""
    rows = list(Consent.objects.filter(user=actor)) if actor else []
    return [_standing(document, rows, language) for document in Consent.Document.values]


def _standing(document: str, rows: list[Consent], language: str) -> Standing:
    own = [row for row in rows if row.document == document]
    agreed = next((row for row in own if row.ended_at is None), None)
    version = words.current(document)
    withdrawn = bool(own) and agreed is None
    outdated = agreed is not None and agreed.version != version
    # Only storing is needed to train at all; who has taken it back is not asked again and again.
    never = not own and document == Consent.Document.MOVEMENT
    text = words.text(document, version, language)
    return Standing(document, version, language, text, agreed, outdated or never, withdrawn)


def withdrawal(document: str, *, of: str) -> Q:
    """Whether the person to whom a row leads by `of` agreed once, and has taken it back since."""
    rows = Consent.objects.filter(user=OuterRef(of), document=document)
    return Q(Exists(rows)) & ~Q(Exists(rows.filter(ended_at=None)))


def withdrawn_from(document: str) -> QuerySet[User]:
    """Everybody who has taken it back."""
    return User.objects.filter(withdrawal(document, of="pk"))


def has_withdrawn(user: User, document: str) -> bool:
    return withdrawn_from(document).filter(pk=user.pk).exists()


def consents_told(user: User) -> Iterable[dict[str, Any]]:
    """For an export: each agreement with the words of then, newest first."""
    return [
        {
            "document": row.document,
            "version": row.version,
            "language": row.language,
            "agreed_at": row.agreed_at.isoformat(),
            "ended_at": None if row.ended_at is None else row.ended_at.isoformat(),
            "text": words.text(row.document, row.version, row.language),
        }
        for row in Consent.objects.filter(user=user)
    ]

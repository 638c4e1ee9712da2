"""New rows whose id the client made, so that a request may be sent again."""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def insert_or_stored(row: Row) -> Row | None:
    """Saves the new row; None once it is saved, else the row that has its id already.

    A look before the insert does not see what another request is about to save. Here the database
    decides: it waits for the other one, and the caller's transaction stays usable. Raises
    IntegrityError for anything but a taken id.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        stored: Row | None = type(row)._default_manager.filter(pk=row.pk).first()
        if stored is None:
            raise
        return stored
    return None

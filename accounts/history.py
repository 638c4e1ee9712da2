"""Who changed what: a row of the past for each change that an admin may ask about."""

from typing import Any

from django.db.models import Model
from simple_history.models import HistoricalRecords


class Changes(HistoricalRecords):  # type: ignore[misc]
    """History without echoes: a save that changes nothing that is tracked leaves no row.

    Set-up saves the catalogue anew each time, and every sign-in saves its user. History goes with
    what it is about, so that what is erased is erased.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(cascade_delete_history=True, **options)

    def post_save(
        self, instance: Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        """Called after every save."""
        if created or self._differs(instance):
            super().post_save(instance, created, using=using, **kwargs)

    def _differs(self, instance: Model) -> bool:
        last = getattr(instance, self.manager_name).first()
        if last is None:
            return True
        names = [field.attname for field in self.fields_included(instance)]
        return any(getattr(last, name) != getattr(instance, name) for name in names)

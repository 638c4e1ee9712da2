"""What other rooms may listen to; this one does not know who does."""

from typing import Final

from django.dispatch import Signal

rights_changed: Final = Signal()
"""Somebody has become or is no longer a coach, or was let in or locked out.

Sent with `user`, saved, inside the transaction of the change.
"""

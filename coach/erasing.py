"""What of a person this room holds without a foreign key to them."""

from accounts.models import User
from coach.models import Invitation


def forget(user: User, **_: object) -> None:
    """Called when a user is about to be erased: invitations sent to their address."""
    Invitation.objects.filter(email__iexact=user.email).update(email="")

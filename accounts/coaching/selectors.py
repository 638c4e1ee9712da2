from dataclasses import dataclass

from django.conf import settings

from accounts.models import CoachRequest, User


@dataclass(frozen=True, slots=True)
class Standing:
    """is_open: whoever asks is a coach at once. request: the newest one, None without any."""

    is_coach: bool
    is_open: bool
    request: CoachRequest | None


def standing_of(*, actor: User) -> Standing:
    """Whether the actor is a coach, and what became of what they asked."""
    newest = CoachRequest.objects.filter(user=actor).first()
    return Standing(is_coach=actor.is_coach, is_open=settings.COACHES_OPEN, request=newest)

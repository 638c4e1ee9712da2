"""How often clips may be sent."""

from collections.abc import Iterable
from typing import Final

from rest_framework.request import Request

from accounts.throttles import WindowThrottle

WINDOW_S: Final = 10
CLIPS_PER_WINDOW: Final = 200  # 20 a second; live training sends one in five seconds


class ClipThrottle(WindowThrottle):
    window_s = WINDOW_S

    def limits(self, request: Request) -> Iterable[tuple[str, int]]:
        return [(f"clips:{request.user.pk}", CLIPS_PER_WINDOW)]

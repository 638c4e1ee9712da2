"""The template of an address: what may be told of it. The address itself holds codes and tokens."""

import re
from functools import lru_cache
from typing import Final

from django.urls import URLPattern

from accounts.routing import websocket_urlpatterns as of_person
from coach.routing import websocket_urlpatterns as of_coach
from sessions.routing import websocket_urlpatterns as of_training

PAGE, STATIC, UNMATCHED = "page", "static", "unmatched"
CLIP: Final = "/api/sets/{set_id}/clips/{index}"
CLIP_PATH: Final = re.compile(r"/api/sets/[0-9a-f-]{36}/clips/[0-9]+")
# Asked for every few seconds, or by the hundred: counted, and logged only when they fail.
QUIET: Final = {"/healthz", "/readyz", STATIC, CLIP}

_PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_EXPRESSION: Final = re.compile(r"[\^$*+?\\|(].*")
SOCKET_ROUTES: Final[list[URLPattern]] = [*of_person, *of_coach, *of_training]


@lru_cache(maxsize=1024)
def template(route: str) -> str:
    """`api/sets/<uuid:set_id>` as `/api/sets/{set_id}`; of a regular expression, its beginning."""
    plain = _PARAMETER.sub(r"{\1}", route)
    start = _EXPRESSION.sub("", plain)
    if start == plain:
        return f"/{plain}"
    return f"/{start}…" if start else PAGE


def socket_route(path: str) -> str:
    for one in SOCKET_ROUTES:
        if one.pattern.match(path.lstrip("/")):
            return template(str(one.pattern))
    return UNMATCHED

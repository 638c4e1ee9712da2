"""One call of the table, asked by whoever."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from coach.services.programmes import programmes_load
from sessions.services.catalogue import catalogue_load
from tests.config.access.calls import CALLS, Call
from tests.config.access.endpoints import names_in
from tests.config.access.world import World, make_world


def loaded_world() -> World:
    catalogue_load()
    programmes_load()
    return make_world()


def ask(client: Client, endpoint: str, ids: Mapping[str, Any], **headers: str) -> tuple[Any, str]:
    """The answer and its text; nothing of it stays in the database or in the client's cookies."""
    method, path = endpoint.split(" ", 1)
    how = CALLS.get(endpoint, Call())
    where = path.format(**{name: ids[how.ids.get(name, name)] for name in names_in(path)})
    where += f"?{how.query}" if how.query else ""
    body = how.body(ids)
    if not isinstance(body, bytes):
        body = b"" if method == "GET" else client._encode_json(body, "application/json")
    cache.clear()
    cookies = copy(client.cookies)  # an answer may end a sign-in
    with transaction.atomic():
        answer: Any = client.generic(
            method, where, body, content_type=how.content_type, headers=headers
        )
        told = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer, told.decode(errors="replace")

"""Makes everybody of the table of access anew in the server's own database; a program of its own.

Prints their cookies, and the ids of their rows, as one line of JSON.
"""

import json
from base64 import b64encode
from typing import Any

import django


def main() -> None:
    django.setup()
    from accounts.models import User
    from sessions.models import ModelVersion
    from tests.config.access.world import ACTORS, make_world

    User.objects.all().delete()
    ModelVersion.objects.filter(digest="d1").delete()
    world = make_world()
    cookies = {
        name: {key: one.value for key, one in client.cookies.items()}
        for name, client in world.clients.items()
    }
    ids = {name: world.ids_for(name) for name in ACTORS}
    print(json.dumps({"cookies": cookies, "ids": ids}, default=_as_text))


def _as_text(value: Any) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    main()

"""The ASGI application: clips to their door, HTTP to Django, WebSockets to the consumers."""

import gc
import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
http = get_asgi_application()

from accounts.routing import websocket_urlpatterns as of_person  # noqa: E402
from coach.routing import websocket_urlpatterns as of_coach  # noqa: E402
from config.body_limit import BodyLimit  # noqa: E402
from config.errors import told_outside  # noqa: E402
from config.telemetry import tracing  # noqa: E402
from config.telemetry.http import Observed  # noqa: E402
from sessions.ingest.door import Door  # noqa: E402
from sessions.routing import websocket_urlpatterns  # noqa: E402

tracing.install("web")
application = Observed(
    ProtocolTypeRouter(
        {
            "http": Door(BodyLimit(http), told_outside),
            "websocket": AllowedHostsOriginValidator(
                AuthMiddlewareStack(URLRouter([*of_person, *of_coach, *websocket_urlpatterns]))
            ),
        }
    )
)

# What is loaded by now stays for as long as the process: to look through all of it again and again
# for garbage takes a seventh of the processor, and tens of milliseconds at a time.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)

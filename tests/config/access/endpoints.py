"""What can be called: the URL configuration and the sockets, as `METHOD /path/{of}/{names}`."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from config.asgi import application

# Each has one door, which is in the table; what is behind it is tested where it is made.
DOORS = {"admin/": "GET /admin/", "_allauth/": "GET /_allauth/browser/v1/auth/session"}
NAME = re.compile(r"<(?:\w+:)?(\w+)>")
METHODS = ("get", "post", "put", "patch", "delete")


def endpoints() -> list[str]:
    """All of them, in order of their paths; what is not the API's is the page, for everybody."""
    found = {*_http(get_resolver().url_patterns, ""), *_sockets()}
    return sorted(found, key=lambda one: (one.split()[1], one))


def views() -> dict[str, Any]:
    """The view class of each endpoint of the API; None for what is a plain function."""
    return dict(_views(get_resolver().url_patterns, ""))


def _views(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver) and route not in DOORS:
            yield from _views(one.url_patterns, route)
        elif isinstance(one, URLPattern) and route.startswith("api/"):
            view = getattr(one.callback, "view_class", None)
            yield from ((f"{method} /{named(route)}", view) for method in _methods(one))


def names_in(endpoint: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", endpoint)


def _http(patterns: list[Any], before: str) -> Iterator[str]:
    for one in patterns:
        if not isinstance(one.pattern, RoutePattern):
            continue
        route = before + str(one.pattern)
        if route in DOORS:
            yield DOORS[route]
        elif isinstance(one, URLResolver):
            yield from _http(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield from (f"{method} /{named(route)}" for method in _methods(one))


def _methods(pattern: URLPattern) -> list[str]:
    view = getattr(pattern.callback, "view_class", None)
    if view is None:
        return ["GET"]
    allowed = [name for name in METHODS if name in view.http_method_names and hasattr(view, name)]
    return [name.upper() for name in allowed]


def _sockets() -> Iterator[str]:
    layer: Any = application.app.application_mapping["websocket"]
    while not hasattr(layer, "routes"):
        layer = getattr(layer, "application", None) or layer.inner
    for route in layer.routes:
        yield f"WS /{named(str(route.pattern))}"


def named(route: str) -> str:
    return NAME.sub(r"{\1}", route)

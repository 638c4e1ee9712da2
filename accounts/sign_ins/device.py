"""A browser's own description of itself in words that its owner knows.

It says what the browser claims, which is enough to tell one's own devices apart.
"""

from typing import Final

# The first that fits: Edge also says Chrome and Safari, Chrome also says Safari.
_BROWSERS: Final = (
    ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(user_agent: str) -> str:
    """Its name, or nothing."""
    return _first(_BROWSERS, user_agent)


def system_of(user_agent: str) -> str:
    """What it runs on, or nothing."""
    return _first(_SYSTEMS, user_agent)


def device_of(user_agent: str) -> str:
    """Both, as far as they are known: "Firefox, Windows"."""
    return ", ".join(name for name in (browser_of(user_agent), system_of(user_agent)) if name)


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in known if mark in user_agent), "")

"""Fixtures of every Python test."""

import gc

import pytest
from django.core.cache import cache
from django.utils import translation
from pytest_django import Settings

from config.catalogues import compile_all
from sessions import waiting

pytest_plugins = ["tests.engines", "tests.databases", "tests.live"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, so that nothing waits for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays; nobody has to look for garbage in it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """The server's words in every language, as set-up leaves them."""
    compile_all()


@pytest.fixture(autouse=True)
def _unhurried(settings: Settings) -> None:
    """Cheap password hashes, and no static file: each client would look at all of them anew. No
    rate limit, no language and no set that waits is left of the test before."""
    translation.activate("en")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_ROOT, settings.WHITENOISE_USE_FINDERS = None, False
    cache.clear()
    waiting.lists.cache_clear()


@pytest.fixture(autouse=True)
def _unnoted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No note of who was seen when: tests count the queries of what they ask. `noted` takes it."""
    if "noted" not in request.fixturenames:
        where = "accounts.sign_ins.middleware.SeenMiddleware._note"
        monkeypatch.setattr(where, lambda *_: None)

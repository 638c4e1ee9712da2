"""Fixtures of every Python test."""

import pytest
from django.core.cache import cache
from pytest_django import Settings

from config.catalogues import compile_all

pytest_plugins = ["tests.engines", "tests.live"]


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """The server's words in every language, as set-up leaves them."""
    compile_all()


@pytest.fixture(autouse=True)
def _unhurried(settings: Settings) -> None:
    """Cheap password hashes, and rate limits that remember nothing of the test before."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()

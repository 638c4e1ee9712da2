"""Databases of tests: PostgreSQL of their own, and people who are made once for many tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import uuid4

import environ
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def template(postgres_url: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Name of a database with every table and the catalogue, from which others are copied."""
    from sessions.services.catalogue import catalogue_load

    name = f"template_{uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    with django_db_blocker.unblock(), default_database(postgres_url, name):
        call_command("migrate", verbosity=0)
        catalogue_load()
    return name


@pytest.fixture
def on_postgres(
    postgres_url: str, template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The default connection, in every thread, is a new database on a real server."""
    name = f"test_{uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    with django_db_blocker.unblock(), default_database(postgres_url, name):
        yield


@pytest.fixture(scope="module")
def demo_people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue and the demo people for a module's tests; what each changes is undone after
    it. Filming and counting them takes seconds."""
    from config import demo
    from sessions.services.catalogue import catalogue_load

    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            catalogue_load()
            demo.load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@contextmanager
def default_database(postgres_url: str, name: str) -> Iterator[None]:
    before, kept = connections.settings["default"], connections["default"]
    config = environ.Env.db_url_config(postgres_url) | {"NAME": name}
    connections.settings["default"] = connections.configure_settings({"default": config})["default"]
    del connections["default"]
    try:
        with no_connection_left():
            yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = kept


@contextmanager
def no_connection_left() -> Iterator[None]:
    """Closes what other threads have opened: only they reach their own, and one that lives on,
    or has ended without a word, would leave it to a test that comes later."""
    opened: list[psycopg.Connection[Any]] = []
    connect = DatabaseWrapper.get_new_connection

    def noted(wrapper: DatabaseWrapper, parameters: dict[str, Any]) -> psycopg.Connection[Any]:
        opened.append(connect(wrapper, parameters))
        return opened[-1]

    with mock.patch.object(DatabaseWrapper, "get_new_connection", noted):
        try:
            yield
        finally:
            for one in opened:
                one.close()

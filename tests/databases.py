"""Tests whose threads, or whose own statements, need a PostgreSQL of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import environ
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
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


@contextmanager
def default_database(postgres_url: str, name: str) -> Iterator[None]:
    before, kept = connections.settings["default"], connections["default"]
    config = environ.Env.db_url_config(postgres_url) | {"NAME": name}
    connections.settings["default"] = connections.configure_settings({"default": config})["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = kept

"""What a program needs to work like a test: an empty database that is gone afterwards."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.apps import apps


def configured() -> None:
    """Under a test runner Django is ready already, and the log is the other tests' too."""
    if apps.ready:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    logging.disable(logging.WARNING)


@contextmanager
def empty_database() -> Iterator[None]:
    """In memory, or beside the one of DATABASE_URL; cheap password hashes, refusals not logged."""
    configured()
    from django.conf import settings
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    setup_test_environment(debug=False)
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()

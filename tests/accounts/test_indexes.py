"""Indexes of a migration come and go, on every database alike."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from accounts.indexes import AddIndexWhileRunning
from accounts.models import User

INDEX = models.Index(fields=["joined_at"], name="users_by_joining")
OPERATION = AddIndexWhileRunning("user", INDEX)


def there() -> bool:
    with connection.cursor() as cursor:
        table = connection.introspection.get_constraints(cursor, User._meta.db_table)
    return INDEX.name in table


def apply(*, forwards: bool) -> None:
    before = ProjectState.from_apps(apps)
    after = before.clone()
    OPERATION.state_forwards("accounts", after)
    with connection.schema_editor(atomic=False) as editor:
        if forwards:
            OPERATION.database_forwards("accounts", editor, before, after)
        else:
            OPERATION.database_backwards("accounts", editor, after, before)


def comes_and_goes() -> None:
    apply(forwards=True)
    assert there()
    apply(forwards=False)
    assert not there()


@pytest.mark.django_db(transaction=True)
def test_it_comes_and_goes() -> None:
    comes_and_goes()


@pytest.mark.engines
@pytest.mark.usefixtures("on_postgres")
def test_on_postgresql_too_and_a_half_made_one_is_made_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE INDEX "{INDEX.name}" ON "{User._meta.db_table}" ("joined_at")')
    comes_and_goes()

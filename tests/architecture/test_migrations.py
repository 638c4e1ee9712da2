"""A migration of a big table must not keep everybody waiting: what may be done to which is said."""

from typing import Any

import pytest
from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import Field
from django.db.models.fields import NOT_PROVIDED

OURS = ("accounts", "workouts", "coach")
# They grow with every workout; the others stay as small as the number of people.
BIG = {"clip", "rep", "attempt", "finding", "workoutset", "workoutsession", "trendday",
       "setresult", "access", "notification", "auditentry"}  # fmt: skip
# Before there was anything big anywhere: the state that 0.1.0 began with.
BEGUN = {"accounts": 7, "workouts": 9, "coach": 7}
# Looked at one by one, with the reason.
LOOKED_AT = {
    # A column without a default, and an index over a column in which nothing is yet.
    ("accounts", "0008_consents_and_erased", "AddField"),
}


def operations() -> list[tuple[str, Any, Operation]]:
    found = []
    for (app, name), one in sorted(MigrationLoader(None).disk_migrations.items()):
        if app in OURS and int(name[:4]) > BEGUN[app]:
            found += [(app, one, operation) for operation in flat(one.operations)]
    return found


def flat(some: list[Operation]) -> list[Operation]:
    """Also what stands inside of SeparateDatabaseAndState, as far as it meets the database."""
    inside: list[Operation] = []
    for one in some:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            inside += flat(one.database_operations)
        else:
            inside.append(one)
    return inside


def trouble(migration: Any, operation: Operation, new: set[str]) -> str | None:
    """What this would do to a big table while people train; None: nothing that lasts."""
    kind = type(operation).__name__
    model = str(getattr(operation, "model_name", "") or getattr(operation, "name", "")).lower()
    if kind in {"RunPython", "RunSQL"}:
        return "rows are changed in one transaction" if migration.atomic else None
    if model not in BIG or model in new or "Concurrently" in kind:
        return None
    field = getattr(operation, "field", None)
    return {
        "AddIndex": "an index is built under a lock",
        "AddConstraint": "all rows are checked under a lock",
        "AlterField": "the table may be written anew under a lock",
        "AddField": _adding(field) if isinstance(field, Field) else None,
    }.get(kind)


def _adding(field: "Field[Any, Any]") -> str | None:
    """A constant default costs PostgreSQL nothing; one that is called, or an index, does."""
    if callable(field.default) and field.default is not NOT_PROVIDED:
        return "every row gets the outcome of a function"
    return "an index is built under a lock" if field.db_index or field.unique else None


def test_no_migration_locks_a_big_table_for_long() -> None:
    new: set[str] = set()
    found = []
    for app, migration, operation in operations():
        if isinstance(operation, migrations.CreateModel):
            new.add(operation.name.lower())
        why = trouble(migration, operation, new)
        if why and (app, migration.name, type(operation).__name__) not in LOOKED_AT:
            found.append(f"{app}.{migration.name}: {operation.describe()}: {why}")
    assert found == []


def test_what_is_big_exists() -> None:
    models = {
        model._meta.model_name for app in OURS for model in apps.get_app_config(app).get_models()
    }
    assert models >= BIG - {"auditentry"}


@pytest.mark.parametrize("atomic", [True, False])
def test_the_rule_can_fail(atomic: bool) -> None:
    from django.db import models

    migration = migrations.Migration("x", "workouts")
    migration.atomic = atomic
    index = migrations.AddIndex("clip", models.Index(fields=["index"], name="x"))
    assert trouble(migration, index, set())
    assert not trouble(migration, index, {"clip"})
    column = migrations.AddField("clip", "x", models.IntegerField(default=0))
    assert not trouble(migration, column, set())
    filled = migrations.AddField("clip", "x", models.FloatField(default=lambda: 1.0))
    assert trouble(migration, filled, set())
    data = migrations.RunPython(migrations.RunPython.noop)
    assert bool(trouble(migration, data, set())) is atomic

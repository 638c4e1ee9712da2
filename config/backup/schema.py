"""Tables as they were at some migration, whatever the code has become since."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

Migration = tuple[str, str]
Table = type[Model]

# They end with the server that issued them: whoever signs in again has new ones.
LEFT_OUT: Final = frozenset({"sessions.session", "account.emailconfirmation",
                             "usersessions.usersession"})  # fmt: skip


def applied() -> list[Migration]:
    """Of this database, those that the code knows, in a stable order."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return sorted(set(MigrationRecorder(connection).applied_migrations()) & set(known))


def unknown(migrations: Iterable[Migration]) -> list[Migration]:
    """Those that this code has never heard of."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return sorted(set(migrations) - set(known))


def tables_at(migrations: Iterable[Migration]) -> list[Table]:
    """Every table that these migrations make, those that others refer to first."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    state = loader.project_state(newest(migrations))
    found = state.apps.get_models(include_auto_created=True)
    return _by_need([one for one in found if one._meta.managed and not one._meta.proxy])


def newest(migrations: Iterable[Migration]) -> list[Migration]:
    """Of each app the migrations that no other one of that app follows."""
    graph, wanted = MigrationLoader(None, ignore_no_migrations=True).graph, set(migrations)
    followed = {
        parent.key
        for one in wanted
        for parent in graph.node_map[one].parents
        if parent.key[0] == one[0]
    }
    return sorted(wanted - followed)


def migrate_to(migrations: Iterable[Migration]) -> None:
    """Brings an empty database exactly there."""
    MigrationExecutor(connection).migrate(newest(migrations))


def columns(table: Table) -> "list[Field[Any, Any]]":
    """Those that are stored and not worked out by the database, nor point to what is left out."""
    stored = [one for one in table._meta.concrete_fields if not getattr(one, "generated", False)]
    return [one for one in stored if not (one.null and _aim(one) in LEFT_OUT)]


def _aim(column: "Field[Any, Any]") -> str | None:
    """The table that a foreign key points to."""
    other = column.related_model
    return None if other is None else other._meta.label_lower


def _by_need(tables: list[Table]) -> list[Table]:
    """Depth first along foreign keys; rows of one table may refer to each other."""
    ordered: list[Table] = []
    seen: set[str] = set()

    def visit(table: Table) -> None:
        if table._meta.label in seen:
            return
        seen.add(table._meta.label)
        for field in table._meta.concrete_fields:
            if isinstance(field.related_model, type):
                visit(field.related_model)
        ordered.append(table)

    for table in sorted(tables, key=lambda one: one._meta.label_lower):
        visit(table)
    return ordered

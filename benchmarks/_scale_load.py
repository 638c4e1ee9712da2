"""Loads made-up years into PostgreSQL: without indexes and triggers first, then those anew."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import psycopg

from benchmarks._scale_rows import Crowd, name_of, tables_of

INDEXES: Final = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = %s::regclass AND NOT indisunique AND NOT indisprimary
"""
# What a bulk load needs, and a reader does not notice.
LOADING: Final = (
    "SET session_replication_role = replica; SET synchronous_commit = off;"
    "SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 0"
)


def generate(url: str, crowd: Crowd, payload: bytes, version: str) -> dict[str, int]:
    """Rows by table. The database has its schema and its catalogue, and nobody in it."""
    tables = tables_of(crowd, payload, version)
    with psycopg.connect(url, autocommit=True) as known:
        rebuilt = [row for model in tables for row in known.execute(INDEXES, [name_of(model)])]
        for name, _ in rebuilt:
            known.execute(f"DROP INDEX {name}")  # type: ignore[call-overload]  # a name of ours
    with ThreadPoolExecutor(2) as pool:
        counts = dict(pool.map(lambda one: _load(url, *one), tables.items()))
        list(pool.map(lambda one: _run(url, one[1]), rebuilt))
        list(pool.map(lambda model: _run(url, f"VACUUM (ANALYZE) {name_of(model)}"), tables))
    _run(url, "CHECKPOINT")
    return counts


def _load(url: str, model: Any, parts: Sequence[str]) -> tuple[str, int]:
    with psycopg.connect(url, autocommit=True) as to:
        to.execute(LOADING)  # type: ignore[call-overload]
        rows = sum(to.execute(part).rowcount for part in parts)  # type: ignore[call-overload]
        key = model._meta.pk
        if key.get_internal_type() == "BigAutoField":
            to.execute(
                f"SELECT setval(pg_get_serial_sequence('{name_of(model)}', '{key.column}'),"
                f" coalesce(max({key.column}), 1)) FROM {name_of(model)}"
            )  # type: ignore[call-overload]
    return name_of(model), rows


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as to:
        to.execute(LOADING)  # type: ignore[call-overload]
        to.execute(statement)  # type: ignore[call-overload]

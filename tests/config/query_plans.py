"""Prints, as JSON, which question reads a large table from end to end for want of an index.

PostgreSQL is told to do that only where it has no other way, so the answer does not depend on how
much is in the tables. An index that is read from end to end is no better, unless a limit ends it or
it holds only what is due. A program of its own, since Django knows one database a process.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

LARGE = {
    "accounts_notification", "coach_access", "coach_message", "coach_planneditem",
    "coach_plannedworkout", "workouts_attempt", "workouts_clip", "workouts_correction",
    "workouts_finding", "workouts_rep", "workouts_trendday", "workouts_workoutsession",
    "workouts_workoutset",
}  # fmt: skip
DUE = {"notification_unpushed", "notification_unsent", "set_open", "set_trend_due",
       "set_unanalyzed"}  # fmt: skip
WHOLE = {"Sort", "Aggregate", "Hash", "Unique"}  # take all of their input, whatever limit is above
# Added up at most every ten minutes, for one page of an admin.
ADDED_UP = {"admin: jobs"}


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from benchmarks._scale_load import generate
    from benchmarks._scale_questions import questions
    from benchmarks._scale_rows import Crowd
    from models.discriminator import MODEL_VERSION

    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=sys.stderr)
    generate(os.environ["DATABASE_URL"], Crowd(athletes=50, years=1), b"\0", MODEL_VERSION)
    setup_test_environment()
    found = []
    for question in questions(people=5):
        if question.name in ADDED_UP or question.name == "frames":  # its clips are empty here
            continue
        with transaction.atomic():
            ask = question.ready(0)
            with CaptureQueriesContext(connection) as captured:
                ask()
            asked = [one["sql"] for one in captured if one["sql"].startswith("SELECT")]
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                for sql in asked:
                    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql.replace(' FOR UPDATE', '')}")
                    [[[told]]] = cursor.fetchall()
                    tables = {node["Relation Name"] for node in whole_scans(told["Plan"])}
                    found += [(question.name, table, sql[:600]) for table in tables & LARGE]
            transaction.set_rollback(True)
    print(json.dumps(found))


def whole_scans(node: dict[str, Any], *, is_limited: bool = False) -> Iterator[dict[str, Any]]:
    kind = node["Node Type"]
    is_limited = kind == "Limit" or (is_limited and kind not in WHOLE)
    unbounded = kind in {"Index Scan", "Index Only Scan"} and "Index Cond" not in node
    is_whole = kind == "Seq Scan" or (unbounded and node["Index Name"] not in DUE)
    if is_whole and not is_limited:
        yield node
    for inner in node.get("Plans", ()):
        yield from whole_scans(inner, is_limited=is_limited)


if __name__ == "__main__":
    main()

"""Prints, as JSON, which question reads a large table from end to end for want of an index.

PostgreSQL is told to do that only where it has no other way, so the answer does not depend on how
much is in the tables. A program of its own, since Django knows one database a process.
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
# Added up at most every ten minutes, for one page of an admin.
ADDED_UP = {"admin: jobs"}


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from benchmarks._scale_questions import questions
    from benchmarks._scale_rows import Crowd, generate
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


def whole_scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["Node Type"] == "Seq Scan":
        yield node
    for inner in node.get("Plans", ()):
        yield from whole_scans(inner)


if __name__ == "__main__":
    main()

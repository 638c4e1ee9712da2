"""What each film comes to when nothing goes wrong."""

import random
from pathlib import Path

import psycopg

from tests.faults.athletes import FILMS, Athlete, Journal
from tests.faults.campaign import Trained, two_ids, wait_for_results
from tests.faults.stack import Stack
from tests.faults.verifier import Result, journal_lines, result_of
from tests.live import Visitor


def fault_free(stack: Stack, folder: Path) -> dict[int, Result]:
    luck, path = random.Random(0), folder / "fault-free.jsonl"
    journal, trained = Journal(path), Trained()
    for film in FILMS:
        visitor = Visitor(stack.url)
        visitor.sign_up(f"f{film}@example.org")
        trained.add(Athlete(visitor, journal, random.Random(film)), film, two_ids(luck), 0)
    trained.finish()
    wait_for_results(stack, trained.sets)
    done = [line for line in journal_lines(path) if line["what"] == "finished"]
    with psycopg.connect(stack.database.url, autocommit=True) as database:
        found = {line["film"]: result_of(database, line["set"]) for line in done}
    return {film: result for film, result in found.items() if result is not None}

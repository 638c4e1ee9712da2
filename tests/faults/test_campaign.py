"""Campaigns of those that `make faults` runs by the hundred, and what the verifier is worth."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults import campaign
from tests.faults.reference import fault_free
from tests.faults.stack import Stack
from tests.faults.verifier import Result, verify

pytestmark = [pytest.mark.engines, pytest.mark.long]
Reference = dict[int, Result]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack() as running:
        yield running


@pytest.fixture(scope="module")
def expected(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return fault_free(stack, tmp_path_factory.mktemp("reference"))


@pytest.mark.parametrize("seed", [6])
def test_what_was_acknowledged_is_there_and_counts_as_if_nothing_had_happened(
    stack: Stack, expected: Reference, tmp_path: Path, seed: int
) -> None:
    assert sum(result.rep_count for result in expected.values()) > 10
    outcome = campaign.run(stack, seed, expected, tmp_path)
    assert outcome.findings.problems == [], outcome.faults
    assert outcome.findings.sets == campaign.ATHLETES
    assert outcome.findings.acknowledged > 20


def test_the_verifier_notices_what_is_lost_and_what_is_other(
    stack: Stack, expected: Reference, tmp_path: Path
) -> None:
    campaign.run(stack, 1, expected, tmp_path, count=0)
    journal = tmp_path / "1.jsonl"
    other = {
        film: dataclasses.replace(result, rep_count=result.rep_count + 1)
        for film, result in expected.items()
    }
    assert len(verify(stack.database.url, journal, other).problems) == campaign.ATHLETES
    with psycopg.connect(stack.database.url, autocommit=True) as database:
        database.execute("DELETE FROM workouts_clip WHERE index = 2")
    problems = verify(stack.database.url, journal, expected).problems
    assert [("is lost" in problem) for problem in problems] == [True] * campaign.ATHLETES

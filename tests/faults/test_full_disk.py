"""A disk without room: nothing acknowledged is lost, the words are clear, and all goes on after."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from sessions.models.imports import PART_BYTES
from tests.faults import campaign
from tests.faults.disk import SmallDisk, why_not
from tests.faults.reference import fault_free
from tests.faults.stack import Stack
from tests.faults.verifier import journal_lines
from tests.live import Answer, Visitor

pytestmark = [pytest.mark.engines, pytest.mark.long]
FULL_S = 20  # at most


@pytest.fixture
def stack() -> Iterator[Stack]:
    if reason := why_not():
        pytest.skip(reason)
    with SmallDisk() as disk, Stack(disk) as running:
        yield running


def test_a_full_disk_refuses_kindly_and_loses_nothing(stack: Stack, tmp_path: Path) -> None:
    expected = fault_free(stack, tmp_path)
    found = campaign.run(stack, 11, expected, tmp_path, only="full disk", count=2)
    assert found.faults == ("full disk", "full disk")
    assert found.findings.problems == []
    assert found.findings.sets == campaign.ATHLETES
    refused = [line for line in journal_lines(tmp_path / "11.jsonl") if line["what"] == "refused"]
    assert [line for line in refused if line["status"] not in (429, 503)] == []
    told = refused_while_full(stack)
    assert told.status == 503
    assert told.json["error"]["code"] in ("storage_full", "unavailable")
    assert int(told.headers["Retry-After"]) > 0


def refused_while_full(stack: Stack) -> Answer:
    """Large writes until one is refused; the same one is taken once there is room again."""
    assert stack.disk is not None
    visitor, import_id, parts = Visitor(stack.url), uuid4(), 200
    assert visitor.sign_up("full@example.org").status == 200
    size = parts * PART_BYTES
    body = {"name": "all.zip", "bytes": size, "weight_unit": "kg"}
    assert visitor.call("PUT", f"/api/imports/{import_id}", body).status == 200
    enough = threading.Event()
    full = threading.Thread(target=stack.disk.without_room, args=(FULL_S, enough))
    full.start()
    try:
        time.sleep(2)
        for index in range(parts):
            path = f"/api/imports/{import_id}/parts/{index}"
            answer = put(visitor, path)
            if answer.status != 204:
                break
    finally:
        enough.set()
        full.join()
    deadline = time.monotonic() + 60
    while put(visitor, path).status != 204:
        assert time.monotonic() < deadline, "it does not go on"
        time.sleep(0.5)
    return answer


def put(visitor: Visitor, path: str) -> Answer:
    part = random.Random(path).randbytes(PART_BYTES)
    return visitor.call("PUT", path, part, content_type="application/octet-stream")

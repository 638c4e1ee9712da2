"""What /metrics says, and that it stays small whatever is asked for."""

import re
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from config.telemetry import meters, serving
from config.telemetry.collected import Collected
from config.telemetry.context import begun, know
from config.telemetry.http import Observed, _known_code
from config.telemetry.serving import Telling, may_ask, open_port
from tests.browser import Browser
from tests.config.telemetry.lines import listening
from tests.live import ROOT


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.django_db
def test_every_part_can_be_asked() -> None:
    text = Telling(knows_all=True).metrics().decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    failed = families["posecoach_collect_failed"].samples
    assert {one.labels["part"]: one.value for one in failed} == dict.fromkeys(
        ["build", "model", "queues", "due", "given_up", "unsent", "database"], 0.0
    ) | {"sweep": 0.0}
    assert families["posecoach_database_bytes"].samples[0].value > 0


def test_what_cannot_be_asked_is_named_and_the_rest_is_told() -> None:
    def gone() -> list[GaugeMetricFamily]:
        raise DatabaseError("ada@example.org")

    with listening() as lines:
        registry = CollectorRegistry()
        fine = [GaugeMetricFamily("posecoach_fine", "Fine.", value=1)]
        registry.register(Collected({"gone": gone, "fine": lambda: fine}))  # type: ignore[arg-type]
        text = generate_latest(registry).decode()
    assert 'posecoach_collect_failed{part="gone"} 1.0' in text
    assert "posecoach_fine 1.0" in text
    assert lines.lines[0]["exception"]["type"] == "DatabaseError"
    assert "ada@" not in lines.text


def test_two_who_ask_at_once_ask_the_database_once() -> None:
    asked = []

    def part() -> list[GaugeMetricFamily]:
        asked.append(1)
        return []

    collected = Collected({"part": part})  # type: ignore[arg-type]
    for _ in range(3):
        list(collected.collect())
    assert len(asked) == 1


def test_who_asks_while_the_database_hangs_is_told_what_was_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("config.telemetry.collected.PATIENCE_S", 0.01)
    monkeypatch.setattr("config.telemetry.collected.KEPT_S", -1)
    begun, ends = threading.Event(), threading.Event()
    known = GaugeMetricFamily("posecoach_known", "Known.", value=1)
    parts = {"part": lambda: [known]}
    collected = Collected(parts)  # type: ignore[arg-type]
    assert known in collected.collect()

    def hangs() -> list[GaugeMetricFamily]:
        begun.set()
        ends.wait(20)
        return []

    parts["part"] = hangs
    asking = threading.Thread(target=lambda: list(collected.collect()))
    asking.start()
    begun.wait(20)
    assert known in collected.collect()
    ends.set()
    asking.join()
    assert known not in collected.collect()


@pytest.mark.django_db
def test_queues_of_a_broker_that_is_away_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.work.queue_lengths", lambda: [("live", 3), ("batch", None)])
    text = Telling(knows_all=True).metrics().decode()
    assert 'posecoach_collect_failed{part="queues"} 1.0' in text
    assert "posecoach_queue_length{" not in text


async def _ask(path: str, method: str, route: str | None) -> None:
    async def app(_scope: object, _receive: object, send: object) -> None:
        if route:
            know(route=route)
        await send({"type": "http.response.start", "status": 404})  # type: ignore[operator]

    async def nothing(*_: object) -> None:
        return None

    scope = {"type": "http", "path": path, "method": method, "headers": []}
    await Observed(app)(scope, nothing, nothing)  # type: ignore[arg-type]


def _series() -> int:
    text = generate_latest(REGISTRY).decode()
    return sum(line.startswith("posecoach_http_requests_total{") for line in text.splitlines())


async def test_strangers_cannot_make_the_figures_grow() -> None:
    await _ask("/first", "GET", None)
    await _ask("/first", "BREW", None)
    before = _series()
    for number in range(50):
        await _ask(f"/{uuid4()}?x={number}", "GET", None)
        await _ask(f"/api/invited/{uuid4()}", f"M{number}", None)
    assert _series() == before
    assert {_known_code(code) for code in range(3000, 5000)} == {
        "4400", "4401", "4403", "4413", "4429", "other",
    }  # fmt: skip


@pytest.mark.django_db
def test_people_are_counted_and_not_named() -> None:
    before = [
        sample("posecoach_sign_ups_total"),
        sample("posecoach_sign_ins_total", outcome="failed"),
        sample("posecoach_sign_ins_total", outcome="done"),
    ]
    ada = Browser()
    ada.sign_up()
    ada.sign_out()
    ada.sign_in(password="wrong otters wrong")
    ada.sign_in()
    assert [
        sample("posecoach_sign_ups_total") - before[0],
        sample("posecoach_sign_ins_total", outcome="failed") - before[1],
        sample("posecoach_sign_ins_total", outcome="done") - before[2],
    ] == [1, 1, 2]
    assert "ada@" not in generate_latest(REGISTRY).decode()


def test_labels_are_few_and_none_is_of_a_person() -> None:
    allowed = {
        "method", "route", "status", "code", "task", "outcome", "queue", "kind", "level", "part",
        "le", "version", "django", "python",
    }  # fmt: skip
    found = set()
    for name, metric in vars(meters).items():
        if name.isupper() and hasattr(metric, "_labelnames"):
            found |= set(metric._labelnames)
    assert found <= allowed


@pytest.mark.parametrize(
    ("given", "answer"),
    [("", False), ("Bearer wrong", False), ("Bearer s3cret", True), ("Bearer ñ", False)],
)
def test_a_token_is_asked_for_where_one_is_set(
    settings: Settings, given: str, answer: bool
) -> None:
    settings.METRICS_TOKEN = "s3cret"
    assert may_ask(given) is answer
    settings.METRICS_TOKEN = ""
    assert may_ask(given)


def test_the_public_address_knows_no_metrics() -> None:
    assert Client().get("/metrics").status_code == 404


def test_without_a_port_none_is_opened(settings: Settings) -> None:
    settings.METRICS_PORT = 0
    assert open_port(knows_all=False) is None


def test_a_port_that_is_taken_costs_a_line(settings: Settings) -> None:
    first = serving.make_server("127.0.0.1", 0, Telling(knows_all=False))
    settings.METRICS_PORT, settings.METRICS_HOST = first.server_port, "127.0.0.1"
    try:
        with listening() as lines:
            assert open_port(knows_all=False) is None
        assert "cannot be had" in lines.lines[0]["message"]
    finally:
        first.server_close()


def test_warnings_are_counted() -> None:
    import logging

    from config.telemetry.logs import Counted

    before = sample("posecoach_log_lines_total", level="WARNING")
    made = logging.LogRecord("x", logging.WARNING, "x.py", 1, "x", (), None)
    with begun("a" * 16):
        assert Counted().filter(made)
    assert sample("posecoach_log_lines_total", level="WARNING") == before + 1


POOL = """
import os, sys
sys.argv = ["celery", "worker"]
from config.telemetry.pool import FOLDER, gathered, share_figures
share_figures()
from prometheus_client import Counter, Gauge, generate_latest
from billiard import process
done = Counter("done", "x")
live = Gauge("live", "x", multiprocess_mode="livesum")
for run in range(5):  # a place in the pool, taken by five processes one after another
    if (pid := os.fork()) == 0:
        process.current_process().index = 0
        done.inc(2)
        live.set(1)
        os._exit(0)
    os.waitpid(pid, 0)
done.inc()
print(generate_latest(gathered()).decode())
print(sorted(os.listdir(os.environ[FOLDER])))
"""


def test_a_recycled_worker_counts_on_and_leaves_no_files() -> None:
    done = subprocess.run(
        [sys.executable, "-c", POOL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "done_total 11.0" in done.stdout, done.stderr
    assert re.search(r"\['counter_main.db', 'counter_place0.db', 'gauge_livesum", done.stdout)
    assert done.stdout.count(".db") <= 4
    left = [one for one in Path("/tmp").glob("posecoach-metrics-*") if str(one) in done.stdout]
    assert left == []

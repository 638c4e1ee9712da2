"""The product as it runs: one clip gives one trace at a real receiver, each process its figures,
and what all of them print holds nobody's address, password, code, session or keypoints."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families

from models.clip import CONTENT_TYPE, encode
from tests.config.telemetry.otlp import Receiver, receiving
from tests.engines import free_port
from tests.live import ENGINES, PASSWORD, Visitor, running
from tests.workouts.builders import clips, squats

PUT_CLIP = "PUT /api/sets/{set_id}/clips/{index}"
EMAIL = "ada.lovelace@example.org"
NAME = "Augusta Ada"
TOKEN = "a-token-for-prometheus"


@dataclass
class Stack:
    """ports: of the figures, by process."""

    url: str
    ports: dict[str, int]
    receiver: Receiver
    output: Path
    secrets: list[str] = field(default_factory=list)

    def told(self, process: str, path: str, token: str = TOKEN) -> tuple[int, str]:
        request = Request(f"http://127.0.0.1:{self.ports[process]}{path}")
        request.add_header("Authorization", f"Bearer {token}")
        try:
            with urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def figure(self, process: str, name: str, **labels: str) -> float:
        status, text = self.told(process, "/metrics")
        assert status == 200, text
        samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
        return sum(
            one.value
            for one in samples
            if one.name == name and labels.items() <= one.labels.items()
        )


@pytest.fixture(scope="module", params=["embedded", ENGINES])
def stack(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("observed")
    ports = {"web": free_port()}
    with receiving() as receiver:
        env = {
            "DATA_DIR": str(folder),
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "DEBUG",
            "METRICS_PORT": str(ports["web"]),
            "METRICS_TOKEN": TOKEN,
            "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url,
            "OTEL_TRACES_SAMPLER_ARG": "1",
            "OTEL_BSP_SCHEDULE_DELAY": "200",
        }
        of_worker = {}
        if request.param == "engines":
            env |= request.getfixturevalue("engine_env")
            ports["worker"] = free_port()
            of_worker = {"METRICS_PORT": str(ports["worker"])}
        with running(env, of_worker, folder / "output") as url:
            made = Stack(url, ports, receiver, folder / "output")
            _train(made)
            yield made


def _train(stack: Stack) -> None:
    """A person signs up, sends a set of two clips, one of them twice, and mistypes a password."""
    ada = Visitor(stack.url)
    assert ada.sign_up(EMAIL).status == 200
    ada.call("PATCH", "/api/me", {"display_name": NAME})
    workout, made = uuid4(), uuid4()
    at = "2026-03-02T07:00:00Z"
    ada.call("PUT", f"/api/workouts/{workout}", {"started_at": at, "time_zone": "UTC"})
    body = {"workout": str(workout), "exercise": "squat", "source": "camera", "started_at": at}
    assert ada.call("PUT", f"/api/sets/{made}", body).status == 200
    sent = [encode(clip) for clip in clips(squats(2))][:2]
    for index, clip in ((0, sent[0]), (0, sent[0]), (1, sent[1])):
        path = f"/api/sets/{made}/clips/{index}"
        assert ada.call("PUT", path, clip, content_type=CONTENT_TYPE).status == 202
    wrong = {"email": EMAIL, "password": "wrong otters wrong"}
    Visitor(stack.url).call("POST", "/_allauth/browser/v1/auth/login", wrong)
    ada.call("POST", "/_allauth/browser/v1/auth/password/request", {"email": EMAIL})
    ada.call("GET", "/api/invited/sOmEcOdE12345678abcd")
    ada.call("PUT", f"/api/sets/{uuid4()}/clips/0", b"not a clip", content_type=CONTENT_TYPE)
    stack.secrets += [EMAIL, "lovelace", NAME, PASSWORD, wrong["password"], "sOmEcOdE12345678abcd"]
    stack.secrets += [one.value or "" for one in ada.cookies]


def eventually(found: Callable[[], Any], timeout_s: float = 60) -> Any:
    deadline = time.monotonic() + timeout_s
    while not (value := found()):
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.2)
    return value


def test_one_clip_is_one_trace_to_its_count(stack: Stack) -> None:
    way = eventually(lambda: stack.receiver.way_to("set.announce", PUT_CLIP))
    assert way[0] == PUT_CLIP
    assert way.index("clip.commit") < way.index("set.analyze") < way.index("set.announce")


def test_a_span_says_nothing_of_a_person(stack: Stack) -> None:
    eventually(lambda: stack.receiver.way_to("set.announce", PUT_CLIP))
    everything = b"".join(stack.receiver.bodies)
    assert [one for one in stack.secrets if one.encode() in everything] == []


def test_the_figures_say_what_happened(stack: Stack) -> None:
    counted = "worker" if "worker" in stack.ports else "web"
    eventually(lambda: stack.figure(counted, "posecoach_analyses_total", outcome="done") >= 1)
    clip = {"route": PUT_CLIP.split()[1], "method": "PUT", "status": "202"}
    assert stack.figure("web", "posecoach_http_requests_total", **clip) == 3
    assert stack.figure("web", "posecoach_clips_total", outcome="stored") == 2
    assert stack.figure("web", "posecoach_clips_total", outcome="duplicate") == 1
    assert stack.figure("web", "posecoach_clips_total", outcome="refused") == 1
    assert stack.figure("web", "posecoach_clip_bytes_total") > 1000
    assert stack.figure("web", "posecoach_sign_ups_total") == 1
    assert stack.figure("web", "posecoach_sign_ins_total", outcome="failed") == 1
    assert stack.figure("web", "posecoach_collect_failed") == 0
    assert stack.figure("web", "posecoach_build_info") == 1
    assert stack.figure("web", "posecoach_model_info") == 1
    assert stack.figure(counted, "posecoach_analysis_seconds_count") >= 1
    assert stack.figure(counted, "posecoach_tasks_total", outcome="success") >= 1


def test_whoever_has_no_token_is_told_nothing(stack: Stack) -> None:
    for process in stack.ports:
        assert stack.told(process, "/metrics", token="wrong")[0] == 401
        assert stack.told(process, "/elsewhere")[0] == 404


def test_probes_of_the_port_name_the_parts(stack: Stack) -> None:
    for process in stack.ports:
        assert stack.told(process, "/healthz") == (200, '{"status": "ok"}')
        parts = json.loads(stack.told(process, "/readyz")[1])
        assert parts == {"status": "ok", **dict.fromkeys(parts.keys() - {"status"}, "ok")}
        assert parts.keys() >= {"database", "migrations", "broker", "worker"}


def test_the_public_port_has_no_figures(stack: Stack) -> None:
    answer = Visitor(stack.url).call("GET", "/metrics")
    assert (answer.status, answer.json["error"]["code"]) == (404, "not_found")


def test_what_is_printed_names_nobody(stack: Stack) -> None:
    """At DEBUG, by every process; the mails that a server without a mail server prints left out."""
    counted = "worker" if "worker" in stack.ports else "web"
    eventually(lambda: stack.figure(counted, "posecoach_analyses_total", outcome="done") >= 1)
    lines = [json.loads(line) for line in stack.output.read_text().splitlines() if line[:1] == "{"]
    assert {"request", "task"} <= {line["message"] for line in lines}
    text = json.dumps(lines)
    assert [one for one in stack.secrets if one in text] == []
    ids = {line["request_id"] for line in lines if line["message"] == "request"}
    assert ids & {line["request_id"] for line in lines if "task" in line}

"""Alerts, dashboard and document name what /metrics says, and nothing else."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import check_jsonschema
import jsonschema
import pytest
import yaml

from config import VERSION
from config.env import BASE_DIR
from config.telemetry.collected import PARTS
from config.telemetry.serving import Telling
from tests.deployment.dockerfile import read_compose

DEPLOY = BASE_DIR / "deploy" / "observability"
OVERLAY = BASE_DIR / "docker-compose.observability.yml"
SCHEMA = Path(check_jsonschema.__file__).parent / "builtin_schemas/vendor/compose-spec.json"
ROWS = ["Is it well?", "Ingest", "Counting", "Queues", "Database", "People"]
NAME = re.compile(r"\bposecoach_\w+")


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Kind by name, as Prometheus would read them; the sweep's age needs a sweep."""
    from django.utils import timezone

    from config.live_checks import SWEEP
    from sessions.models import TaskRun

    TaskRun.objects.create(id=uuid4(), name=SWEEP, started_at=timezone.now())
    text = Telling(knows_all=True).metrics().decode()
    found = dict(re.findall(r"^# TYPE (posecoach_\w+) (\w+)$", text, re.MULTILINE))
    assert len(found) > 30
    return found


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    board = json.loads((DEPLOY / "grafana" / "posecoach.json").read_text())
    return list(board["panels"])


def expressions() -> list[str]:
    of_panels = [target["expr"] for panel in panels() for target in panel.get("targets", [])]
    return [*(rule["expr"] for rule in alerts()), *of_panels]


def test_every_name_that_is_asked_for_is_told(told: dict[str, str]) -> None:
    asked = {name for one in expressions() for name in NAME.findall(one)}
    series = set(told)
    for name, kind in told.items():
        if kind == "histogram":
            series |= {f"{name}_bucket", f"{name}_count", f"{name}_sum"}
    assert asked - series == set()


def test_every_figure_is_on_the_dashboard(told: dict[str, str]) -> None:
    shown = {
        re.sub(r"_(?:bucket|count|sum)$", "", name)
        for panel in panels()
        for target in panel.get("targets", [])
        for name in NAME.findall(target["expr"])
    }
    assert set(told) - shown == set()


def test_the_document_has_every_figure_and_no_other(told: dict[str, str]) -> None:
    text = (BASE_DIR / "docs" / "observability.md").read_text()
    rows = re.findall(r"^\| `(posecoach_\w+)` \| (\w+) \|", text, re.MULTILINE)
    assert dict(rows) == told
    assert len(rows) == len(dict(rows))


def test_expressions_close_what_they_open() -> None:
    for one in expressions():
        for left, right in ("()", "{}", "[]"):
            assert one.count(left) == one.count(right), one


def test_an_alert_says_how_bad_it_is_and_what_to_do() -> None:
    assert len(alerts()) > 10
    for rule in alerts():
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]
        assert rule["annotations"].keys() == {"summary", "description"}, rule["alert"]


def test_the_dashboard_has_its_rows_and_nothing_lies_on_another() -> None:
    assert [panel["title"] for panel in panels() if panel["type"] == "row"] == ROWS
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        own = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not own & taken, panel["title"]
        assert max(x for x, _ in own) < 24
        taken |= own
        assert panel["type"] == "row" or panel["description"]
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_overlay_obeys_the_compose_specification() -> None:
    jsonschema.validate(yaml.safe_load(OVERLAY.read_text()), json.loads(SCHEMA.read_text()))


def test_the_overlay_opens_nothing_to_the_outside() -> None:
    services = read_compose(OVERLAY, {"GRAFANA_PASSWORD": "secret"})["services"]
    ports = {port for one in services.values() for port in one.get("ports", [])}
    assert ports == {"127.0.0.1:3000:3000"}
    for name in ("prometheus", "tempo", "grafana"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    with pytest.raises(KeyError, match="GRAFANA_PASSWORD"):
        read_compose(OVERLAY, {})


def test_what_the_overlay_hands_in_is_there() -> None:
    services = yaml.safe_load(OVERLAY.read_text())["services"]
    mounts = [mount for one in services.values() for mount in one.get("volumes", [])]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]
    assert files
    assert [one for one in files if not (BASE_DIR / one).is_file()] == []


def test_prometheus_asks_the_port_that_compose_opens() -> None:
    base = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
    port = base["x-app"]["environment"]["METRICS_PORT"]
    jobs = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())["scrape_configs"]
    asked = {(one["names"][0], one["port"]) for job in jobs for one in job["dns_sd_configs"]}
    assert asked == {("web", port), ("worker", port), ("batch", port)}


@pytest.mark.django_db
def test_every_part_can_be_missing_by_name() -> None:
    assert set(PARTS) >= {"build", "model", "queues", "due", "database"}


def test_the_version_is_that_of_the_project() -> None:
    assert f'version = "{VERSION}"' in (BASE_DIR / "pyproject.toml").read_text()

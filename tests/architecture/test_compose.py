"""The compose file against the official schema, and what we ask of every service beyond it."""

import json
import re
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml

from tests.deployment.dockerfile import read_compose

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
SCHEMA = Path(check_jsonschema.__file__).parent / "builtin_schemas/vendor/compose-spec.json"
SECRETS = {
    "SECRET_KEY": "k" * 50,
    "POSTGRES_PASSWORD": "p" * 24,
    "PUBLIC_URL": "https://coach.test",
}
OURS = ("setup", "web", "worker", "batch", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return read_compose(COMPOSE, SECRETS)


def test_the_file_obeys_the_compose_specification() -> None:
    jsonschema.validate(yaml.safe_load(COMPOSE.read_text()), json.loads(SCHEMA.read_text()))


def test_the_schema_would_notice_a_misspelt_key() -> None:
    document = yaml.safe_load(COMPOSE.read_text())
    document["services"]["web"]["depend_on"] = ["db"]
    with pytest.raises(jsonschema.ValidationError, match="depend_on"):
        jsonschema.validate(document, json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize("missing", SECRETS)
def test_it_does_not_start_without_its_secrets(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        read_compose(COMPOSE, {**SECRETS, missing: ""})


def test_no_secret_stands_in_the_file() -> None:
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        values = re.findall(rf"^ +{name}: *(.+)", COMPOSE.read_text(), re.MULTILINE)
        assert values
        assert all(value.startswith(f"${{{name}:?") for value in values)


def test_every_service_is_locked_down(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged"), name


def test_every_service_that_stays_up_tells_its_health(compose: dict[str, Any]) -> None:
    lasting = {name for name in compose["services"] if name != "setup"}
    assert {n for n in lasting if "test" in compose["services"][n]["healthcheck"]} == lasting


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name in services if "ports" in services[name]] == ["proxy"]
    assert compose["networks"]["inside"]["internal"] is True
    outside = {name for name in services if "edge" in services[name]["networks"]}
    assert outside == {"web", "proxy", "batch"}  # which sends mails and push messages


def test_dependencies_name_a_service_that_can_meet_them(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            assert needed in services, name
            if how["condition"] == "service_healthy":
                assert "test" in services[needed]["healthcheck"], f"{name} waits for {needed}"


def test_our_services_share_one_image_and_can_be_scaled(compose: dict[str, Any]) -> None:
    services = [compose["services"][name] for name in OURS]
    assert {service["image"] for service in services} == {"posecoach:0.1.0"}
    assert not any("container_name" in service or "volumes" in service for service in services)

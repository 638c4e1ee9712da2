"""The manifests: by Kubernetes' own schemas, by what they refer to, and by what compose starts."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import validate

from config import settings
from tests.deployment.dockerfile import read_compose
from tests.live import ROOT

FOLDER = ROOT / "deploy/kubernetes"
VERSION = "1.31"
SECRETS = {"SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "p", "PUBLIC_URL": "https://a.example"}
PROCESSES = ("web", "worker", "batch", "beat")


def documents(folder: Path) -> list[dict[str, Any]]:
    found = [
        one
        for path in sorted(folder.glob("*.yaml"))
        for one in yaml.safe_load_all(path.read_text())
    ]
    return [one for one in found if one["kind"] not in {"Kustomization", "Component"}]


BASE = documents(FOLDER / "base")
COMPOSE = read_compose(ROOT / "docker-compose.yml", SECRETS)["services"]


def of(kind: str, name: str) -> dict[str, Any]:
    [found] = [one for one in BASE if (one["kind"], one["metadata"]["name"]) == (kind, name)]
    return found


def pods() -> dict[str, dict[str, Any]]:
    """Templates by component."""
    made = [one for one in BASE if one["kind"] in {"Deployment", "Job"}]
    return {one["metadata"]["name"]: one["spec"]["template"] for one in made}


def container(name: str) -> dict[str, Any]:
    [only] = pods()[name]["spec"]["containers"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize(
    "document", BASE, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}"
)
def test_kubernetes_would_take_it(document: dict[str, Any]) -> None:
    validate(document, VERSION, strict=True)


def test_every_file_is_listed() -> None:
    listed = yaml.safe_load((FOLDER / "base/kustomization.yaml").read_text())["resources"]
    assert sorted(listed) == sorted(
        path.name for path in (FOLDER / "base").glob("*.yaml") if path.stem != "kustomization"
    )


@pytest.mark.parametrize("name", [*PROCESSES, "setup"])
def test_it_runs_what_compose_runs(name: str) -> None:
    own, theirs = container(name), COMPOSE[name]
    assert own["command"] == theirs["command"]
    assert own["image"] == theirs["image"].partition(":")[0]


def test_every_setting_of_compose_has_its_place() -> None:
    known = set(of("ConfigMap", "posecoach")["data"])
    example = (FOLDER / "overlays/example/secret.env.example").read_text()
    known |= {line.partition("=")[0] for line in example.splitlines()}
    for name in PROCESSES:
        own = {one["name"] for one in container(name).get("env", [])}
        assert set(COMPOSE[name]["environment"]) <= known | own


@pytest.mark.parametrize("name", [*PROCESSES, "setup"])
def test_it_can_do_no_more_than_it_has_to(name: str) -> None:
    pod, own = pods()[name]["spec"], container(name)
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"--uid {pod['securityContext']['runAsUser']} " in (ROOT / "Dockerfile").read_text()
    assert own["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert [mount["mountPath"] for mount in own["volumeMounts"]] == COMPOSE[name]["tmpfs"]
    assert "limits" in own["resources"]


def test_what_is_referred_to_is_there() -> None:
    labels = {name: pod["metadata"]["labels"] for name, pod in pods().items()}
    for pod in pods().values():
        assert of("ServiceAccount", pod["spec"]["serviceAccountName"])
    for one in BASE:
        match one["kind"]:
            case "HorizontalPodAutoscaler":
                assert of("Deployment", one["spec"]["scaleTargetRef"]["name"])
            case "Service":
                assert one["spec"]["selector"] in labels.values()
            case "PodDisruptionBudget" | "Deployment":
                assert one["spec"]["selector"]["matchLabels"] in labels.values()
            case "NetworkPolicy":
                wanted = one["spec"]["podSelector"]["matchLabels"].items()
                assert any(wanted <= own.items() for own in labels.values())
            case "Ingress":
                [rule] = one["spec"]["rules"]
                [path] = rule["http"]["paths"]
                service = of("Service", path["backend"]["service"]["name"])
                ports = {port["name"] for port in service["spec"]["ports"]}
                assert path["backend"]["service"]["port"]["name"] in ports


def test_there_is_one_clock_and_never_two() -> None:
    beat = of("Deployment", "beat")["spec"]
    assert (beat["replicas"], beat["strategy"]["type"]) == (1, "Recreate")
    assert not [one for one in BASE if one["kind"] == "HorizontalPodAutoscaler"
                and one["spec"]["scaleTargetRef"]["name"] == "beat"]  # fmt: skip


def test_who_is_scaled_says_no_number_of_its_own() -> None:
    for name in ("web", "worker"):
        assert "replicas" not in of("Deployment", name)["spec"]


def test_workers_follow_the_queue_that_celery_keeps() -> None:
    [scaled] = documents(FOLDER / "overlays/queue-length")
    [trigger] = scaled["spec"]["triggers"]
    assert trigger["metadata"]["listName"] == settings.LIVE_QUEUE
    assert of("Deployment", scaled["spec"]["scaleTargetRef"]["name"])


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl on this machine")
@pytest.mark.parametrize("by_queue", [False, True])
def test_the_overlay_builds(by_queue: bool, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "kubernetes")
    own = tmp_path / "kubernetes/overlays/example"
    shutil.copy(own / "secret.env.example", own / "secret.env")
    if by_queue:
        with (own / "kustomization.yaml").open("a") as more:
            more.write("components: [../queue-length]\n")
    done = subprocess.run(
        ["kubectl", "kustomize", str(own)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    built = list(yaml.safe_load_all(done.stdout))
    [secret] = [one["metadata"]["name"] for one in built if one["kind"] == "Secret"]
    for one in built:
        if one["kind"] in {"Deployment", "Job"}:
            [only] = one["spec"]["template"]["spec"]["containers"]
            assert {"secretRef": {"name": secret}} in only["envFrom"]
            assert only["image"].startswith("registry.example.org/posecoach:")
        if one["kind"] != "ScaledObject":
            validate(one, VERSION, strict=True)
    scaled = [one["spec"]["scaleTargetRef"]["name"] for one in built
              if one["kind"] == "HorizontalPodAutoscaler"]  # fmt: skip
    assert sorted(scaled) == (["web"] if by_queue else ["web", "worker"])

"""The image's recipe: what goes in, who runs it, and that nothing else comes along."""

from pathlib import Path

import pytest

from tests.deployment.dockerfile import Stage, read_dockerfile

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stages() -> list[Stage]:
    return read_dockerfile(ROOT / "Dockerfile")


def test_the_last_stage_is_slim_and_installs_nothing(stages: list[Stage]) -> None:
    last = stages[-1]
    assert last.image.startswith("python:")
    assert last.image.endswith("-slim")
    assert not [
        step.text for step in last.all("RUN") if "install " in step.text and "pip" in step.text
    ]
    assert not [step.text for step in last.all("RUN") if "apt" in step.text or "npm" in step.text]


def test_it_does_not_run_as_root(stages: list[Stage]) -> None:
    assert [step.text for step in stages[-1].all("USER")] == ["posecoach"]


def test_it_tells_its_health_and_starts_a_server(stages: list[Stage]) -> None:
    assert "/healthz" in stages[-1].all("HEALTHCHECK")[0].text
    assert "manage.py serve" in stages[-1].all("CMD")[0].exec_form[-1]


def test_packages_are_checked_by_hash(stages: list[Stage]) -> None:
    installs = [s.text for stage in stages for s in stage.all("RUN") if "pip install" in s.text]
    assert installs
    assert all("--require-hashes" in text for text in installs)


def test_what_is_copied_exists_and_passes_the_ignore_file(stages: list[Stage]) -> None:
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = [rule.removeprefix("!") for rule in rules if rule.startswith("!")]
    for stage in stages:
        for step in stage.all("COPY"):
            if step.text.startswith("--from="):
                continue
            for source in step.text.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert any(source == rule or source.startswith(f"{rule}/") for rule in let_in), (
                    source
                )


def test_every_room_that_serves_is_in_the_image(stages: list[Stage]) -> None:
    copied = {step.text.split()[0] for step in stages[-1].all("COPY")}
    assert {"config", "coach", "sessions", "accounts", "models", "manage.py"} <= copied


def test_the_ignore_file_lets_nothing_in_by_default() -> None:
    rules = [r for r in (ROOT / ".dockerignore").read_text().splitlines() if r[:1] not in ("#", "")]
    assert rules[0] == "*"
    assert not {"!.env", "!data", "!.git"} & set(rules)

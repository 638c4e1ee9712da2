"""The browser's copy: of the version that counts, or none."""

from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import User
from models import bundle
from models.registry import read_card
from sessions.services.versions import version_promote, version_register, version_register_shipped
from tests.workouts.builders import Athlete
from tests.workouts.versions import amended, renamed, shipped

OTHER = "0.9-browser"


@pytest.fixture(autouse=True)
def _data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def with_browser_copy() -> bundle.Bundle:
    files = amended(dict(shipped().files), version=OTHER)
    card = files["tfjs/card.json"].replace(read_card().version.encode(), OTHER.encode())
    return bundle.checked({**files, "tfjs/card.json": card})


def promote(found: bundle.Bundle) -> str:
    admin = User.objects.create_superuser("root@example.org", "three calm otters")
    version, _ = version_register(found, by=admin)
    version_promote(version.pk, by=admin)
    return version.digest


def test_the_build_has_what_ships(athlete: Athlete) -> None:
    version_register_shipped()
    assert athlete.get("counting") == {"version": read_card().version, "model": None}


def test_another_version_is_fetched_from_here_for_good(athlete: Athlete) -> None:
    digest = promote(with_browser_copy())
    told = athlete.get("counting")
    assert told == {"version": OTHER, "model": f"/api/models/{digest}/model.json"}
    for name in ("model.json", "card.json", "recogniser.json", "group1-shard1of1.bin"):
        answer = athlete.client.get(f"/api/models/{digest}/{name}")
        assert answer.status_code == 200
        assert answer.content == shipped().files[f"tfjs/{name}"] or name == "card.json"
        assert "immutable" in answer["Cache-Control"]


def test_a_version_without_a_copy_is_said_to_have_none(athlete: Athlete) -> None:
    promote(renamed())
    assert athlete.get("counting") == {"version": "0.9-other", "model": None}


@pytest.mark.parametrize("name", ["discriminator.onnx", "nothing.json", "..%2Fdiscriminator.json"])
def test_no_other_file_leaves(athlete: Athlete, name: str) -> None:
    digest = promote(with_browser_copy())
    assert athlete.client.get(f"/api/models/{digest}/{name}").status_code == 404


def test_what_was_never_promoted_is_not_served(athlete: Athlete) -> None:
    version, _ = version_register(with_browser_copy(), by=None)
    assert athlete.client.get(f"/api/models/{version.digest}/model.json").status_code == 404

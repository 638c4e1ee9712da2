"""Registering, promoting and rolling back; a worker counts with what was promoted last."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from models import bundle
from models.registry import read_card
from sessions import versions
from sessions.models import ModelVersion, WorkoutSet
from sessions.services.versions import (
    version_promote,
    version_register,
    version_register_shipped,
    version_roll_back,
)
from tests.workouts.builders import Athlete, squats
from tests.workouts.conftest import Queue
from tests.workouts.versions import amended, confused, renamed, shipped, written

SHIPPED = read_card().version


@pytest.fixture(autouse=True)
def _data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    # Keys of one test's database may stand for other weights in the next one's.
    versions._loaded.cache_clear()


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")


def count(athlete: Athlete, queue: Queue) -> WorkoutSet:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    queue.run()
    return WorkoutSet.objects.get(id=set_id)


@pytest.mark.django_db
def test_without_any_row_the_codes_own_weights_count() -> None:
    assert versions.running_version() == SHIPPED


@pytest.mark.django_db
def test_set_up_registers_and_promotes_what_ships_once() -> None:
    for _ in range(2):
        version_register_shipped()
    only = ModelVersion.objects.get()
    assert (only.version, only.is_running, only.shipped) == (SHIPPED, True, True)
    assert only.files.get(name="discriminator.onnx").payload


def test_the_next_task_counts_with_what_was_promoted(
    athlete: Athlete, queue: Queue, admin: User
) -> None:
    version_register_shipped()
    other, _ = version_register(renamed(), by=admin)
    assert count(athlete, queue).model_version == SHIPPED
    version_promote(other.pk, by=admin)
    row = count(athlete, queue)
    assert (row.model_version, row.rep_count) == ("0.9-other", 3)
    assert row.reps.values_list("model_version", flat=True).distinct().get() == "0.9-other"
    version_roll_back(by=admin)
    assert count(athlete, queue).model_version == SHIPPED


def test_one_version_runs_at_a_time_and_each_step_says_who(admin: User) -> None:
    first = version_register_shipped()
    other, _ = version_register(renamed(), by=admin)
    version_promote(other.pk, by=admin)
    first.refresh_from_db()
    assert (first.is_running, first.retired_by) == (False, admin)
    other.refresh_from_db()
    assert (other.is_running, other.promoted_by) == (True, admin)
    version_roll_back(by=admin)
    assert ModelVersion.objects.running().get() == first


def test_rolling_back_needs_a_version_that_counted_before(admin: User) -> None:
    version_register_shipped()
    with pytest.raises(ValidationError, match="No other version"):
        version_roll_back(by=admin)


def test_set_up_leaves_the_choice_of_an_admin_alone(admin: User) -> None:
    other, _ = version_register(renamed(), by=admin)
    version_promote(other.pk, by=admin)
    version_register_shipped()
    assert ModelVersion.objects.running().get() == other


def test_a_name_stands_for_one_set_of_weights(admin: User) -> None:
    version_register(renamed("0.9"), by=admin)
    assert version_register(renamed("0.9"), by=admin)[1] is False
    with pytest.raises(ValidationError, match="registered with other weights"):
        version_register(confused("0.9"), by=admin)


def test_a_version_for_other_code_is_never_promoted_and_never_counts(admin: User) -> None:
    other, _ = version_register(renamed(), by=admin)
    ModelVersion.objects.update(features_version="1")
    with pytest.raises(ValidationError, match="features 1"):
        version_promote(other.pk, by=admin)
    ModelVersion.objects.update(features_version="3")
    version_promote(other.pk, by=admin)
    other.files.filter(name="discriminator.onnx").update(payload=b"broken")
    assert versions.running_version() == SHIPPED


def test_a_worker_that_lost_its_copy_makes_another(admin: User, settings: Settings) -> None:
    other, _ = version_register(renamed("0.9-lost"), by=admin)
    version_promote(other.pk, by=admin)
    assert versions.running_version() == "0.9-lost"
    versions._loaded.cache_clear()
    folder = Path(settings.DATA_DIR) / "weights"
    assert [one.name for one in folder.iterdir()] == [other.digest]
    for file in next(folder.iterdir()).iterdir():
        file.unlink()
    next(folder.iterdir()).rmdir()
    assert versions.running_version() == "0.9-lost"


@pytest.mark.django_db
def test_a_folder_is_registered_by_command(tmp_path: Path) -> None:
    call_command("register_model", written(dict(renamed("0.9-folder").files), tmp_path / "w"))
    assert ModelVersion.objects.get().version == "0.9-folder"
    files = amended(dict(shipped().files), features_version="1")
    with pytest.raises(CommandError, match=r"Not registered\. .*features_version is 1"):
        call_command("register_model", written(files, tmp_path / "x"))


@pytest.mark.django_db
def test_a_zip_is_registered_by_command(tmp_path: Path) -> None:
    path = tmp_path / "weights.zip"
    with ZipFile(path, "w") as archive:
        for name, content in renamed("0.9-zip").files.items():
            archive.writestr(name, content)
    call_command("register_model", path)
    assert ModelVersion.objects.get().version == "0.9-zip"


@pytest.mark.django_db
def test_a_card_that_was_written_anew_comes_with_the_release() -> None:
    version = version_register_shipped()
    version.files.filter(name__in=bundle.DESCRIBING).update(sha256="0" * 64)
    ModelVersion.objects.update(digest="0" * 64, card="An older card.")
    version_register_shipped()
    version.refresh_from_db()
    assert (version.card, version.digest) == (shipped().model_card, shipped().digest)


def test_a_disk_that_takes_no_weights_leaves_the_counting_to_the_codes_own(
    admin: User, settings: Settings, tmp_path: Path
) -> None:
    other, _ = version_register(renamed("0.9-full"), by=admin)
    version_promote(other.pk, by=admin)
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    assert versions.running_version() == SHIPPED


def test_two_workers_that_make_the_same_copy_at_once_have_one(
    admin: User, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = version_register(renamed("0.9-both"), by=admin)
    version_promote(other.pk, by=admin)
    real = bundle.write

    def faster(files: Mapping[str, bytes], scratch: Path) -> None:
        real(files, scratch)
        real(files, scratch.parent / other.digest)

    monkeypatch.setattr(bundle, "write", faster)
    assert versions.running_version() == "0.9-both"
    assert [one.name for one in (tmp_path / "weights").iterdir()] == [other.digest]
    versions._loaded.cache_clear()
    assert versions.running_version() == "0.9-both", "and a third finds it"

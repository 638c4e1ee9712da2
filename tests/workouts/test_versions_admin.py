"""Admin of versions: uploaded, promoted after a question, rolled back, and refused in words."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from models import bundle
from sessions import versions
from sessions.admin.figures import side_by_side
from sessions.models import ModelVersion
from sessions.services.versions import version_register, version_register_shipped
from tests.workouts.versions import renamed

LIST = reverse("admin:workouts_modelversion_changelist")


@pytest.fixture(autouse=True)
def _data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    versions._loaded.cache_clear()


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")


@pytest.fixture
def staff(root: User) -> Client:
    client = Client()
    client.force_login(root, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def zipped(files: Any) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"weights/{name}", content)
    return packed.getvalue()


def upload(staff: Client, content: bytes) -> str:
    """What the form says is wrong; empty where it was taken."""
    file = SimpleUploadedFile("weights.zip", content, "application/zip")
    answer: Any = staff.post(reverse("admin:workouts_modelversion_add"), {"weights": file})
    if answer.status_code == 302:
        return ""
    return " ".join(answer.context["adminform"].form.errors["weights"])


def act(staff: Client, action: str, *chosen: ModelVersion, **more: str) -> Any:
    ids = [one.pk for one in chosen]
    return staff.post(LIST, {"action": action, "_selected_action": ids, **more}, follow=True)


def told(answer: Any) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


def test_a_zip_of_weights_is_taken_once_and_by_whom_is_kept(staff: Client, root: User) -> None:
    content = zipped(renamed("0.9-up").files)
    assert upload(staff, content) == ""
    version = ModelVersion.objects.get()
    assert (version.version, version.registered_by, version.is_running) == ("0.9-up", root, False)
    assert upload(staff, content) == "0.9-up is registered already."
    page = staff.post(reverse("admin:workouts_modelversion_change", args=[version.pk]), {})
    assert page.status_code == 302
    assert ModelVersion.objects.get().version == "0.9-up", "nothing of it can be edited"


def test_what_is_no_set_of_weights_is_refused_in_words(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no readable zip file" in upload(staff, b"PK nothing")
    assert "is missing" in upload(staff, zipped({"discriminator.json": b"{}"}))
    monkeypatch.setattr(bundle, "MOST_BYTES", 8)
    assert upload(staff, b"123456789") == "weights.zip is larger than the limit."
    assert not ModelVersion.objects.exists()


def test_promoting_asks_first_and_rolling_back_too(staff: Client, root: User) -> None:
    shipped = version_register_shipped()
    other, _ = version_register(renamed(), by=root)
    page = act(staff, "promote", other).content.decode()
    assert f"Now {shipped} counts." in page
    assert "It has no copy for browsers" in page
    assert ModelVersion.objects.running().get() == shipped
    assert told(act(staff, "promote", other, confirmed="yes")) == [f"{other} counts from now on."]
    assert ModelVersion.objects.running().get() == other
    listed = staff.get(LIST).content.decode()
    assert "counts now" in listed
    assert "retired" in listed
    page = act(staff, "roll_back", other).content.decode()
    assert f"Let {shipped} count?" in page
    assert "Browsers get its copy" in page
    assert told(act(staff, "roll_back", other, confirmed="yes")) == [f"{shipped} counts again."]
    assert ModelVersion.objects.running().get() == shipped


def test_what_cannot_be_promoted_is_told(staff: Client, root: User) -> None:
    one, _ = version_register(renamed("0.9-one"), by=root)
    two, _ = version_register(renamed("0.9-two"), by=root)
    assert "registered" in staff.get(LIST).content.decode()
    assert told(act(staff, "promote", one, two)) == ["Choose one version."]
    assert told(act(staff, "roll_back", one)) == ["No other version has counted here before."]
    ModelVersion.objects.filter(pk=one.pk).update(features_version="1")
    [why] = told(act(staff, "promote", one, confirmed="yes"))
    assert why.startswith("0.9-one was made for features 1")
    assert not ModelVersion.objects.running().exists()


def test_figures_side_by_side_say_which_is_better() -> None:
    own = ModelVersion(metrics={"folds": {"obo": 0.9, "mae": 0.4, "exact": 0.7}})
    running = ModelVersion(metrics={"folds": {"obo": 0.8, "mae": 0.3, "exact": 0.7}})
    verdicts = {one.name: one.verdict for one in side_by_side(own, running)}
    assert verdicts == {
        "counted within one (OBO)": "better", "mean error (MAE)": "worse", "counted exactly": "",
    }  # fmt: skip
    assert {one.verdict for one in side_by_side(own, None)} == {""}

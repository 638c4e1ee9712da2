"""Admin: every table can be listed, searched and opened; what was measured is not edited."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sessions.models import Clip, Exercise, WorkoutSet
from tests.workouts.builders import Athlete, squats
from tests.workouts.conftest import Queue

MODELS = list(apps.get_app_config("workouts").get_models())


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(
        User.objects.create_superuser("root@example.org", "three calm otters"),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


@pytest.fixture
def trained(athlete: Athlete, queue: Queue) -> WorkoutSet:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    queue.run()
    return WorkoutSet.objects.get(id=set_id)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_is_listed_searched_and_opened(
    staff: Client, trained: WorkoutSet, model: Any
) -> None:
    options = admin.site.get_model_admin(model)
    assert options.search_fields
    assert options.list_filter
    name = f"admin:workouts_{model._meta.model_name}"
    for query in ("", "?q=ada", f"?q={trained.id}"):
        assert staff.get(reverse(f"{name}_changelist") + query).status_code in (200, 302)
    first = model.objects.first()
    if first is not None:
        assert staff.get(reverse(f"{name}_change", args=[first.pk])).status_code == 200


def test_clips_cannot_be_changed(staff: Client, trained: WorkoutSet) -> None:
    clip = Clip.objects.first()
    assert clip is not None
    url = reverse("admin:workouts_clip_change", args=[clip.pk])
    assert staff.post(url, {"index": 99}).status_code == 403


def test_a_set_is_analysed_again_on_request(
    staff: Client, trained: WorkoutSet, queue: Queue
) -> None:
    WorkoutSet.objects.update(rep_count=99)
    staff.post(
        reverse("admin:workouts_workoutset_changelist"),
        {"action": "analyze_again", "_selected_action": [str(trained.id)]},
    )
    assert queue.run() == ["answer_door", "refresh_trend"]
    trained.refresh_from_db()
    assert trained.rep_count == 3


def test_an_exercise_is_reworded_and_hidden(staff: Client, athlete: Athlete) -> None:
    url = reverse("admin:workouts_exercise_change", args=["squat"])
    staff.post(url, {"description": "Down and up."})
    squat = Exercise.objects.get(slug="squat")
    assert (squat.description, squat.is_active) == ("Down and up.", False)
    assert "squat" not in [one["slug"] for one in athlete.get("exercises")]

"""Admin of re-scores: ordered, compared, made the results after a question, and taken back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sessions.models import ModelVersion, Rescore, WorkoutSet
from tests.workouts.builders import START, Athlete, squats
from tests.workouts.conftest import Queue
from tests.workouts.rescoring.history import OTHER

LIST = reverse("admin:workouts_rescore_changelist")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def staff(admin: User) -> Client:
    client = Client()
    client.force_login(admin, BACKEND)
    return client


@pytest.fixture
def trained(athlete: Athlete, queue: Queue) -> WorkoutSet:
    set_id = athlete.start_set(athlete.start_workout(), None)
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    queue.run()
    return WorkoutSet.objects.get(id=set_id)


def order(staff: Client, version: ModelVersion, *athletes: User) -> Any:
    return staff.post(
        reverse("admin:workouts_rescore_add"),
        {
            "version": version.pk,
            "since": START.date(),
            "until": START.date() + timedelta(days=1),
            "athletes": [str(one.pk) for one in athletes],
        },
    )


def act(staff: Client, action: str, **more: str) -> Any:
    chosen = [str(pk) for pk in Rescore.objects.values_list("pk", flat=True)]
    return staff.post(LIST, {"action": action, "_selected_action": chosen, **more}, follow=True)


def told(answer: Any) -> list[str]:
    """What was said of re-scores, without which it is of."""
    said = [str(one).partition(": ")[2] for one in answer.context["messages"]]
    return [one for one in said if one]


def test_from_the_order_to_the_results_and_back(
    staff: Client, admin: User, version: ModelVersion, trained: WorkoutSet, queue: Queue
) -> None:
    assert order(staff, version).status_code == 302
    rescore = Rescore.objects.get()
    assert (rescore.by, rescore.athletes.count()) == (admin, 0)
    queue.run()
    page = staff.get(reverse("admin:workouts_rescore_compare", args=[rescore.pk])).content.decode()
    assert f"What {OTHER} changes" in page
    [weight, *_] = act(staff, "adopt").context["question"].lines
    assert weight == f"{rescore}: 1 sets, of which 1 change."
    assert told(act(staff, "adopt", confirmed="yes")) == ["Becomes the result."]
    queue.run()
    trained.refresh_from_db()
    assert trained.model_version == OTHER
    [line, _] = act(staff, "revert").context["question"].lines
    assert line.endswith("what counted before counts again.")
    assert told(act(staff, "revert", confirmed="yes")) == ["Taken back."]
    queue.run()
    trained.refresh_from_db()
    assert trained.model_version != OTHER
    page = staff.post(reverse("admin:workouts_rescore_change", args=[rescore.pk]), {})
    assert page.status_code == 302
    assert Rescore.objects.get().created_at == rescore.created_at, "an order is not edited"
    assert queue.waiting == []


def test_stopping_and_going_on(
    staff: Client, version: ModelVersion, athlete: Athlete, queue: Queue
) -> None:
    order(staff, version, athlete.user)
    assert Rescore.objects.get().athletes.get() == athlete.user
    assert told(act(staff, "stop")) == ["Stopped."]
    [why] = told(act(staff, "adopt", confirmed="yes"))
    assert why.startswith("This re-score is stopped; it has to be scored")
    assert told(act(staff, "go_on")) == ["Goes on."]
    waiting = len(queue.waiting)
    assert told(act(staff, "go_on")) == ["Goes on."]
    assert len(queue.waiting) == waiting, "it is under way already"


def test_a_version_for_other_code_scores_nothing(staff: Client, version: ModelVersion) -> None:
    ModelVersion.objects.update(features_version="1")
    form = order(staff, version).context["adminform"].form
    assert form.errors["version"] == [f"{OTHER} does not fit this code."]
    assert not Rescore.objects.exists()


def test_who_may_not_look_sees_no_comparison(
    staff: Client, version: ModelVersion, athlete: Athlete, queue: Queue
) -> None:
    order(staff, version)
    address = reverse("admin:workouts_rescore_compare", args=[Rescore.objects.get().pk])
    helper = User.objects.create_user("helper@example.org", is_staff=True)
    client = Client()
    client.force_login(helper, BACKEND)
    assert client.get(address).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="view_rescore"))
    assert client.get(address).status_code == 200
    gone = reverse("admin:workouts_rescore_compare", args=[uuid4()])
    assert staff.get(gone).status_code == 404

"""Corrections become labels: reviewed, shared, nameless, and apart from those to judge by."""

import csv
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from coach.services.links import grant_link
from models import labels
from models.recordings import read
from sessions.labels import reviewed
from sessions.models import Correction, LabelReview, WorkoutSet
from sessions.services.labels import label_reopen, label_review
from tests.workouts.builders import Athlete, squats
from tests.workouts.conftest import Queue

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACCEPTED, REJECTED = LabelReview.State.ACCEPTED, LabelReview.State.REJECTED


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")


@pytest.fixture
def corrected(athlete: Athlete, queue: Queue) -> Correction:
    """Of a set of three squats somebody says that one of them was none."""
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(3)))
    queue.run()
    second = WorkoutSet.objects.get(id=set_id).reps.all()[1]
    said = {"kind": "not_a_rep", "start_ms": second.start_ms}
    assert athlete.call("PUT", f"sets/{set_id}/corrections/{uuid4()}", said).status_code == 200
    return Correction.objects.get()


def share(athlete: Athlete) -> None:
    assert athlete.call("PATCH", "me", {"shares_for_training": True}).status_code == 200


def test_only_what_is_shared_and_accepted_leaves(
    athlete: Athlete, corrected: Correction, admin: User
) -> None:
    label_review(correction=corrected, state=ACCEPTED, reviewer=admin)
    assert not reviewed().exists()
    share(athlete)
    assert reviewed().get() == corrected.set
    label_review(correction=corrected, state=REJECTED, reviewer=admin)
    assert not reviewed().exists()
    label_reopen(correction=corrected)
    assert not reviewed().exists()


def test_one_open_correction_holds_the_set_back(
    athlete: Athlete, corrected: Correction, admin: User
) -> None:
    share(athlete)
    label_review(correction=corrected, state=ACCEPTED, reviewer=admin)
    said = {"kind": "exercise", "exercise": "lunge"}
    athlete.call("PUT", f"sets/{corrected.set_id}/corrections/{uuid4()}", said)
    assert not reviewed().exists()


def test_the_files_are_as_the_training_reads_them(
    athlete: Athlete, corrected: Correction, admin: User, tmp_path: Path
) -> None:
    share(athlete)
    label_review(correction=corrected, state=ACCEPTED, reviewer=admin)
    out = tmp_path / "labels"
    call_command("export_labels", out)
    (row,) = csv.DictReader((out / "labels.csv").read_text().splitlines())
    assert (row["exercise"], row["count"], row["source"]) == ("squat", "2", "corrections")
    assert len(row["rep_frames"].split()) == 4
    told = (out / "labels.csv").read_text()
    for name in ("ada@", str(athlete.user.pk), athlete.user.pk.hex, str(corrected.set_id)):
        assert name not in told
    (recording,), warnings = read(out / "corrections.npz", out / "labels.csv")
    assert (recording.count, recording.exercise, warnings) == (2, "squat", [])
    assert recording.sequence.aspect == pytest.approx(640 / 480, abs=1e-3)
    trained = labels.to_train_with(out)
    assert len(trained) == (0 if row["fold"] == labels.HELD_OUT else 1)
    assert labels.held_out(out) == ({row["name"]} if row["fold"] == labels.HELD_OUT else set())
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export_labels", out)


def test_frames_are_brought_to_an_even_rate() -> None:
    t_ms = np.array([0, 100, 200, 5000, 5100])
    poses = np.ones((5, 17, 3), np.float32) * np.arange(5)[:, None, None]
    evenly = labels.resampled(labels.Sequence(t_ms, poses))
    assert len(evenly) == 5100 * labels.FPS // 1000 + 1
    assert evenly[3, 0, 0] == pytest.approx(2.0)
    assert not evenly[int(2.5 * labels.FPS)].any()


def test_the_queue_shows_figures_and_takes_decisions(corrected: Correction, admin: User) -> None:
    client = Client()
    client.force_login(admin, BACKEND)
    url = reverse("admin:workouts_correction_changelist")
    page = client.get(url, {"review": "open"}).content.decode()
    assert "no repetition at" in page
    data = {"action": "accept", "_selected_action": [str(corrected.pk)]}
    client.post(url, data)
    assert corrected.review.state == ACCEPTED  # type: ignore[attr-defined]
    assert "0 corrections" in client.get(url, {"review": "open"}).content.decode()
    detail = client.get(reverse("admin:workouts_correction_change", args=[corrected.pk]))
    assert "Only for coaches" in detail.content.decode()
    client.post(url, {**data, "action": "reopen"})
    assert not LabelReview.objects.exists()


def test_what_was_taken_back_is_no_label(
    athlete: Athlete, corrected: Correction, admin: User
) -> None:
    athlete.call("DELETE", f"sets/{corrected.set_id}/corrections/{corrected.pk}")
    client = Client()
    client.force_login(admin, BACKEND)
    data = {"action": "accept", "_selected_action": [str(corrected.pk)]}
    client.post(reverse("admin:workouts_correction_changelist"), data)
    assert not LabelReview.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "count", "rep_count": 7}, "7 repetitions"),
        ({"kind": "exercise", "exercise": "lunge"}, "lunge"),
        ({"kind": "is_a_rep", "start_ms": 16_500}, "a repetition at 16.5 s"),
    ],
)
def test_each_kind_is_told_in_words_and_can_be_rejected_once_more(
    athlete: Athlete, five: WorkoutSet, admin: User, said: dict[str, object], words: str
) -> None:
    answer = athlete.call("PUT", f"sets/{five.id}/corrections/{uuid4()}", said)
    assert answer.status_code == 200, answer.content
    client = Client()
    client.force_login(admin, BACKEND)
    url = reverse("admin:workouts_correction_changelist")
    assert words in client.get(url).content.decode()
    correction = Correction.objects.get()
    label_review(correction=correction, state=ACCEPTED, reviewer=admin, note="seen twice")
    chosen = {"action": "reject", "_selected_action": [str(correction.pk)]}
    client.post(url, chosen)
    review = LabelReview.objects.get()
    assert (review.state, review.note) == (REJECTED, "seen twice")


def test_who_coaches_the_athlete_is_led_to_the_replay(
    athlete: Athlete, five: WorkoutSet, admin: User
) -> None:
    User.objects.filter(pk=admin.pk).update(is_coach=True)
    admin.refresh_from_db()
    grant_link(athlete=athlete.user, coach=admin, scopes=["results", "replay"])
    said = {"kind": "count", "rep_count": 7}
    athlete.call("PUT", f"sets/{five.id}/corrections/{uuid4()}", said)
    client = Client()
    client.force_login(admin, BACKEND)
    [correction] = Correction.objects.all()
    where = reverse("admin:workouts_correction_change", args=[correction.pk])
    page = client.get(where).content.decode()
    address = f"/coach/athletes/{athlete.user.pk}/workouts/{five.workout_id}/sets/{five.pk}"
    assert address in page

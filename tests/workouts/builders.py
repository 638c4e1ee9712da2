"""Movements, clips and a signed-in athlete for the tests of the training room."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import numpy as np
from django.test import Client
from numpy.typing import NDArray

from accounts.models import User
from models.clip import CONTENT_TYPE, Clip, encode
from sessions.models import Rep, WorkoutSession, WorkoutSet
from tests.proven import prove

FPS = 15
START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # a Monday


def squats(reps: int, *, period_s: float = 2.0, rest_s: float = 1.0) -> NDArray[np.float32]:
    """(T, 17, 3) of somebody seen from the front who stands, squats and stands again."""
    t_s = np.arange(int(FPS * (reps * period_s + 2 * rest_s))) / FPS
    turn = np.clip(t_s - rest_s, 0, reps * period_s) / period_s * 2 * np.pi
    depth = (1 - np.cos(turn)) / 2
    return standing(len(t_s), depth)


def standing(frames: int, depth: NDArray[np.float64] | float = 0.0) -> NDArray[np.float32]:
    """(T, 17, 3); depth: 0 upright … 1 in the squat."""
    depth = np.broadcast_to(depth, frames)
    hip = 0.5 + 0.18 * depth
    shoulder = hip - 0.25
    poses = np.full((frames, 17, 3), 0.9, np.float32)
    for k, dx, dy in ((0, 0, -0.12), (1, -0.015, -0.14), (2, 0.015, -0.14), (3, -0.03, -0.13),
                      (4, 0.03, -0.13)):  # fmt: skip
        _put(poses, k, 0.5 + dx, shoulder + dy)
    for side, k in ((1, 5), (-1, 6)):
        _put(poses, k, 0.5 + side * 0.07, shoulder)
        _put(poses, k + 2, 0.5 + side * 0.09, shoulder + 0.12 - 0.1 * depth)
        _put(poses, k + 4, 0.5 + side * 0.1, shoulder + 0.24 - 0.2 * depth)
        _put(poses, k + 6, 0.5 + side * 0.05, hip)
        _put(poses, k + 8, 0.5 + side * (0.055 + 0.06 * depth), 0.7 + 0.03 * depth)
        _put(poses, k + 10, 0.5 + side * 0.06, 0.9)
    noise = np.random.default_rng(0).normal(0, 0.003, (frames, 17, 2))
    poses[:, :, :2] += noise
    return poses


def _put(poses: NDArray[np.float32], k: int, x: Any, y: Any) -> None:
    poses[:, k, 0] = x
    poses[:, k, 1] = y


def clips(
    poses: NDArray[np.float32],
    *,
    seconds: float = 2.0,
    fps: float = FPS,
    size_px: tuple[int, int] = (640, 480),
) -> Iterator[Clip]:
    """The poses, cut into clips as the page cuts them."""
    t_ms = np.round(np.arange(len(poses)) * 1000 / fps).astype(np.int64)
    step = int(seconds * fps)
    for first in range(0, len(poses), step):
        part = slice(first, first + step)
        yield Clip("posenet_mobilenet_075", *size_px, t_ms[part], np.clip(poses[part], 0, 1))


def as_json(clip: Clip) -> dict[str, Any]:
    """The clip as an API user writes it."""
    return {
        "estimator": clip.estimator,
        "width_px": clip.width_px,
        "height_px": clip.height_px,
        "frames": [
            {"t_ms": int(t), "keypoints": pose.astype(float).tolist()}
            for t, pose in zip(clip.t_ms, clip.poses, strict=True)
        ],
    }


@dataclass
class Athlete:
    """A signed-in user of the HTTP API, through Django's test client."""

    user: User
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.user, "allauth.account.auth_backends.AuthenticationBackend")
        prove(self.client, self.user)

    def call(self, method: str, path: str, data: Any = None) -> Any:
        return self.client.generic(
            method,
            f"/api/{path}",
            b"" if data is None else self.client._encode_json(data, "application/json"),
            content_type="application/json",
        )

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def start_workout(self, at: datetime = START, time_zone: str = "UTC") -> UUID:
        workout_id = uuid4()
        body = {"started_at": at.isoformat(), "time_zone": time_zone}
        answer = self.call("PUT", f"workouts/{workout_id}", body)
        assert answer.status_code == 200, answer.content
        return workout_id

    def start_set(
        self, workout_id: UUID, exercise: str | None = "squat", at: datetime = START
    ) -> UUID:
        set_id = uuid4()
        answer = self.call("PUT", f"sets/{set_id}", set_body(workout_id, exercise, at))
        assert answer.status_code == 200, answer.content
        return set_id

    def send(self, set_id: UUID, index: int, clip: Clip | bytes) -> Any:
        return self.client.put(
            f"/api/sets/{set_id}/clips/{index}",
            clip if isinstance(clip, bytes) else encode(clip),
            content_type=CONTENT_TYPE,
        )

    def send_all(self, set_id: UUID, poses: NDArray[np.float32]) -> int:
        count = 0
        for count, clip in enumerate(clips(poses), start=1):
            answer = self.send(set_id, count - 1, clip)
            assert answer.status_code == 202, answer.content
        return count

    def finish(self, set_id: UUID, clip_count: int, at: datetime | None = None) -> Any:
        ended_at = at or WorkoutSet.objects.get(id=set_id).started_at + timedelta(minutes=1)
        body = {"clip_count": clip_count, "ended_at": ended_at.isoformat()}
        return self.call("POST", f"sets/{set_id}/finish", body)


def set_body(workout_id: UUID, exercise: str | None, at: datetime = START) -> dict[str, Any]:
    return {
        "workout": str(workout_id),
        "exercise": exercise,
        "source": "camera",
        "started_at": at.isoformat(),
    }


def errors(answer: Any) -> dict[str, str]:
    """Field → message of a refusal."""
    return {one["field"]: one["message"] for one in answer.json()["error"]["fields"]}


def add_set(
    user: User,
    at: datetime = START,
    *,
    exercise: str = "squat",
    reps: int = 0,
    rom_deg: float | None = 90.0,
    rep_ms: int = 3000,
    version: str = "v1",
    time_zone: str = "UTC",
    **columns: object,
) -> WorkoutSet:
    """A finished and analysed set of its own workout, written as the analysis writes it."""
    workout = WorkoutSession.objects.create(
        id=uuid4(),
        athlete=user,
        started_at=at,
        time_zone=time_zone,
        day=at.astimezone(ZoneInfo(time_zone)).date(),
    )
    row = WorkoutSet.objects.create(
        workout=workout,
        index=0,
        source="camera",
        started_at=at,
        ended_at=at + timedelta(minutes=1),
        clip_count=0,
        exercise=exercise,
        model_version=version,
        rep_count=reps,
        final_exercise=exercise,
        final_rep_count=reps,
        rom_deg=rom_deg if reps else None,
        active_s=reps * rep_ms / 1000,
        **columns,
    )
    Rep.objects.bulk_create(
        Rep(
            set=row,
            index=i,
            start_ms=i * rep_ms,
            turn_ms=i * rep_ms + rep_ms // 2,
            end_ms=(i + 1) * rep_ms,
            rom_deg=rom_deg,
            down_s=rep_ms / 2000,
            pause_s=0,
            up_s=rep_ms / 2000,
            confidence=1,
            model_version=version,
        )
        for i in range(reps)
    )
    return row

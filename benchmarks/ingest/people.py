"""Athletes who are signed in and have begun a set, and the clips that they are going to send."""

import pickle
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import numpy as np
import orjson

from models.clip import CONTENT_TYPE, Clip, encode

FPS, CLIP_S, FILMS, SEED = 30, 5, 3, 11
TOKEN: Final = "c" * 32
HEAD: Final = (
    "PUT /api/sets/{set_id}/clips/",
    " HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: keep-alive\r\nContent-Length: {length}\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36\r\n"
    "Content-Type: {kind}\r\nAccept: */*\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "X-CSRFToken: {token}\r\nReferer: http://127.0.0.1:{port}/train\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: de-DE,de;q=0.9,en;q=0.8\r\n"
    "Cookie: csrftoken={token}; sessionid={session}\r\n\r\n",
)


def signed_in(count: int) -> list[tuple[Any, str]]:
    """(user, session key) of new people, made without a request."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction

    from accounts.models import User

    people = []
    with transaction.atomic():
        for number in range(count):
            user = User.objects.create_user(f"athlete-{number}@example.org")
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.create()
            people.append((user, str(session.session_key)))
    return people


def sets_of(users: Iterable[Any]) -> list[UUID]:
    """A new open set of each."""
    from sessions.models import WorkoutSession, WorkoutSet

    now, users = datetime.now(UTC), list(users)
    workouts = WorkoutSession.objects.bulk_create(
        WorkoutSession(
            id=uuid4(), athlete=user, started_at=now, time_zone="UTC", day=now.date()
        )
        for user in users
    )  # fmt: skip
    rows = WorkoutSet.objects.bulk_create(
        WorkoutSet(workout=workout, index=0, source="camera", started_at=now)
        for workout in workouts
    )
    return [row.id for row in rows]


def write_heads(
    path: Path, sets: list[UUID], keys: list[str], port: int, length: int, kind: str = CONTENT_TYPE
) -> None:
    """What stands before and after the clip's number in the request of each athlete."""
    heads = [
        tuple(
            part.format(
                set_id=set_id, port=port, length=length, kind=kind, token=TOKEN, session=key
            ).encode()
            for part in HEAD
        )
        for set_id, key in zip(sets, keys, strict=True)
    ]
    path.write_bytes(pickle.dumps(heads))


def clips(count: int) -> list[Clip]:
    """One after the other, of synthetic people with PoseNet's own errors; films take turns."""
    from models.film import film

    seen = [film(number, SEED, at_fps=FPS).sequence for number in range(1, FILMS + 1)]
    parts = [
        one.poses[i : i + FPS * CLIP_S]
        for one in seen
        for i in range(0, len(one.poses) - FPS * CLIP_S, FPS * CLIP_S)
    ]
    t_ms = np.round(np.arange(FPS * CLIP_S) * 1000 / FPS).astype(np.int64)
    return [
        Clip("posenet_mobilenet_075", 720, 1280, t_ms + index * 5000, parts[index % len(parts)])
        for index in range(count)
    ]


def binary(given: list[Clip]) -> list[bytes]:
    return [encode(clip) for clip in given]


def nested(given: list[Clip]) -> list[bytes]:
    """As the naive endpoint reads them, all of one length: a head tells it before the clip."""
    bodies = [
        orjson.dumps(
            {
                "frames": [
                    {
                        "t_ms": int(t),
                        "keypoints": [
                            {"x": round(x, 4), "y": round(y, 4), "score": round(score, 3)}
                            for x, y, score in pose.astype(float).tolist()
                        ],
                    }
                    for t, pose in zip(clip.t_ms, clip.poses, strict=True)
                ]
            }
        )
        for clip in given
    ]
    longest = max(map(len, bodies))
    return [body.ljust(longest) for body in bodies]

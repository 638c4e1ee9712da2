"""With what each endpoint is called, where a bare call would not do.

For a new endpoint that writes: add a line with a body that is taken from whoever may send it.
`ids` names other rows for the path: `{"set_id": "deleted_set_id"}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.consents import words
from models.clip import CONTENT_TYPE
from tests.config.access.world import AT, MONDAY, Ids
from tests.workouts.shown import given

DAYS = f"from={MONDAY}&to={MONDAY}"
ITEMS = [{"exercise": "squat", "sets": 3, "reps": 8}]
THREAD_OF_ATHLETE = "/api/athletes/{athlete_id}/sets/{set_id}/threads/{thread_id}"
BROWSER = {  # keys of RFC 8291, appendix A
    "endpoint": "https://fcm.googleapis.com/fcm/send/x",
    "keys": {
        "p256dh": (
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
            "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
PROGRAMME = {"title": "Mine", "weeks": 4, "days": [{"title": "Day 1", "items": ITEMS}]}


@dataclass(frozen=True)
class Call:
    body: Callable[[Ids], Any] = lambda _ids: {}
    query: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


def sent(**values: Any) -> Call:
    return Call(lambda _ids: values)


def named(**names: str) -> Call:
    """A body of ids: `named(workout="workout_id")`."""
    return Call(lambda ids: {key: str(ids[name]) for key, name in names.items()})


def _plan(ids: Ids, programme: str) -> dict[str, Any]:
    return {
        "programme": str(ids[programme]),
        "starts_on": str(MONDAY),
        "weekdays": [0],
        "weeks": 1,
    }


def _thread(ids: Ids, message: str = "message_id") -> dict[str, Any]:
    first = {"id": str(ids[message]), "text": "Deeper."}
    return {"coach": str(ids["coach_id"]), "message": first}


SAID = sent(text="Deeper.")
READ = sent(until=timezone.now().isoformat())
SHIFT = Call(
    lambda ids: {"plan": str(ids["plan_id"]), "kind": "shift", "days": 1},
    ids={"change_id": "new_id"},
)

CALLS: dict[str, Call] = {
    "GET /api/calendar": Call(query=DAYS),
    "GET /api/planned": Call(query=DAYS),
    "GET /api/report": Call(query=DAYS),
    "GET /api/report.csv": Call(query=DAYS),
    "GET /api/athletes/{athlete_id}/calendar": Call(query=DAYS),
    "GET /api/athletes/{athlete_id}/planned": Call(query=DAYS),
    "GET /api/athletes/{athlete_id}/report": Call(query=DAYS),
    "GET /api/athletes/{athlete_id}/report.csv": Call(query=DAYS),
    "PATCH /api/me": sent(display_name="Ada"),
    "POST /api/sign-ins/end": sent(here=True),
    "POST /api/tokens": sent(
        name="watch",
        scopes=["results:read"],
        expires_at=(timezone.now() + timedelta(days=30)).isoformat(),
    ),
    "PUT /api/consents/{document}": sent(version=words.current("movement")),
    "PUT /api/coach-request": sent(about="I run a class."),
    "POST /api/invitations": sent(scopes=["results"]),
    "POST /api/invited/{code}/accept": sent(scopes=["results"]),
    "PUT /api/coaches/{coach_id}": sent(scopes=["plan"]),
    "POST /api/notifications/read": sent(ids=None),
    "PATCH /api/notification-settings": sent(by_mail=False),
    "PUT /api/workouts/{workout_id}": sent(started_at=AT.isoformat(), time_zone="UTC"),
    "PATCH /api/workouts/{workout_id}": sent(note="Cold."),
    "POST /api/workouts/{workout_id}/finish": sent(ended_at=timezone.now().isoformat()),
    "PUT /api/sets/{set_id}": Call(
        lambda ids: {
            "workout": str(ids["workout_id"]),
            "exercise": None,
            "source": "camera",
            "started_at": AT.isoformat(),
        }
    ),
    "PATCH /api/sets/{set_id}": sent(note="Cold."),
    "POST /api/sets/{set_id}/finish": sent(
        clip_count=1, ended_at=(AT + timedelta(minutes=1)).isoformat()
    ),
    "POST /api/sets/{set_id}/restore": Call(ids={"set_id": "deleted_set_id"}),
    "PUT /api/sets/{set_id}/clips/{index}": Call(
        lambda ids: ids["clip"], content_type=CONTENT_TYPE
    ),
    "PUT /api/sets/{set_id}/corrections/{correction_id}": sent(kind="count", rep_count=2),
    "PUT /api/programmes/{programme_id}": sent(**PROGRAMME),
    "PUT /api/plans/{plan_id}": Call(
        lambda ids: _plan(ids, "programme_id"), ids={"plan_id": "new_id"}
    ),
    "PATCH /api/planned/{planned_id}": sent(skipped=True),
    "PUT /api/planned/{planned_id}/workout": named(workout="workout_id"),
    "DELETE /api/planned/{planned_id}/workout": Call(ids={"planned_id": "done_planned_id"}),
    "PUT /api/imports/{import_id}": sent(name="all.zip", bytes=100, weight_unit="kg"),
    "PUT /api/imports/{import_id}/parts/{index}": Call(
        lambda _ids: b"x" * 100, content_type="application/octet-stream"
    ),
    "POST /api/imports/{import_id}/start": Call(
        lambda _ids: {"with_profile": False}, ids={"import_id": "checked_import_id"}
    ),
    "POST /api/imports/{import_id}/undo": Call(ids={"import_id": "done_import_id"}),
    "PUT /api/groups/{group_id}": sent(name="Mondays"),
    "PUT /api/own-exercises/{own_id}": Call(lambda _ids: given()),
    "PUT /api/own-exercises/{own_id}/athletes": Call(
        lambda ids: {"athletes": [str(ids["athlete_id"])]}
    ),
    "PATCH /api/groups/{group_id}/athletes": Call(
        lambda ids: {"add": [str(ids["athlete_id"])], "remove": []}
    ),
    "POST /api/push-subscriptions": sent(**BROWSER),
    "POST /api/push-subscriptions/remove": sent(endpoint=BROWSER["endpoint"]),
    "PUT /api/sets/{set_id}/threads/{thread_id}": Call(
        lambda ids: _thread(ids, "new_id"), ids={"thread_id": "new_id"}
    ),
    "POST /api/sets/{set_id}/threads/{thread_id}/read": READ,
    "PUT /api/sets/{set_id}/threads/{thread_id}/messages/{message_id}": Call(
        SAID.body, ids={"message_id": "new_id"}
    ),
    "PATCH /api/sets/{set_id}/threads/{thread_id}/messages/{message_id}": SAID,
    "PUT /api/athletes/{athlete_id}/notes/{note_id}": sent(text="Knees."),
    "PUT /api/athletes/{athlete_id}/sets/{set_id}/corrections/{correction_id}": Call(
        lambda _ids: {"kind": "count", "rep_count": 2}, ids={"correction_id": "new_id"}
    ),
    f"PUT {THREAD_OF_ATHLETE}": Call(_thread),
    "PUT /api/athletes/{athlete_id}/plans/{plan_id}": Call(
        lambda ids: _plan(ids, "programme_of_coach"), ids={"plan_id": "new_id"}
    ),
    "PUT /api/athletes/{athlete_id}/plan-changes/{change_id}": SHIFT,
    "DELETE /api/athletes/{athlete_id}/sets/{set_id}/corrections/{correction_id}": Call(
        ids={"correction_id": "said_by_coach"}
    ),
    f"POST {THREAD_OF_ATHLETE}/read": READ,
    f"PUT {THREAD_OF_ATHLETE}/messages/{{message_id}}": SAID,
    f"PATCH {THREAD_OF_ATHLETE}/messages/{{message_id}}": SAID,
}

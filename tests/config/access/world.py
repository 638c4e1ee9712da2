"""Everybody whom the table knows, with one real row of everything.

Ada is the athlete. Each coach of hers has one scope and rows of their own about her; so has the
one whose link has ended. The others ask for Ada's rows, and for those of the first coach.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tokens.scopes import TokenScope
from accounts.tokens.services import Made, token_make
from coach.models import AthleteGroup, CoachNote, Message, PlanChange, Scope, Thread
from coach.selectors.feeds import token_of
from coach.services.feeds import feed_renew
from coach.services.invitations import invitation_make
from coach.services.links import grant_link
from coach.services.planned import planned_begin
from models.clip import encode
from sessions.models import (
    Correction,
    Import,
    ImportPart,
    ModelFile,
    ModelVersion,
    WorkoutSet,
)
from sessions.selectors.versions import FOLDER
from sessions.services.clips import clip_store
from tests.coach.builders import SQUATS, a_plan, a_programme, a_workout
from tests.proven import prove
from tests.workouts.builders import add_set, clips, squats
from tests.workouts.shown import an_exercise

ANONYMOUS, ATHLETE, OTHER, STRANGER, ENDED, ADMIN = (
    "anonymous", "athlete", "other athlete", "coach without link", "ended link", "admin",
)  # fmt: skip
COACHES = (*Scope.values, ENDED)
ACTORS = (ANONYMOUS, ATHLETE, OTHER, STRANGER, *COACHES, ADMIN)
MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 18, tzinfo=UTC)

Ids = dict[str, Any]


@dataclass
class World:
    """ids: of the athlete's rows; own: of those that a coach has made, for that coach."""

    users: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)
    ids: Ids = field(default_factory=dict)
    own: dict[str, Ids] = field(default_factory=dict)

    def ids_for(self, actor: str) -> Ids:
        return self.ids | self.own.get(actor, self.own[COACHES[0]])

    @property
    def secrets(self) -> list[str]:
        """What only the athlete and whom they let may ever be told."""
        names = ("athlete_id", "workout_id", "set_id", "plan_id", "planned_id", "correction_id")
        return [self.users[ATHLETE].email, *(str(self.ids[name]) for name in names)]


def make_world() -> World:
    """Needs the catalogue."""
    world = World({name: _user(name) for name in ACTORS if name != ANONYMOUS})
    for name in ACTORS:
        world.clients[name] = client = Client()
        if name != ANONYMOUS:
            backend = "allauth.account.auth_backends.AuthenticationBackend"
            client.force_login(world.users[name], backend)
            prove(client, world.users[name])
    _files_of_a_model(world)
    _rows_of_athlete(world)
    for name in COACHES:
        _link(world, name)
    _answer(world)
    return world


def _user(name: str) -> User:
    email = f"the-{name.replace(' ', '-')}@example.org"
    if name == ADMIN:
        return User.objects.create_superuser(email, "x")
    return User.objects.create_user(email, is_coach=name in (STRANGER, *COACHES))


def _files_of_a_model(world: World) -> None:
    version = ModelVersion.objects.create(
        version="v1", digest="d1", registered_at=AT, promoted_at=AT, retired_at=AT
    )
    ModelFile.objects.create(
        version=version, name=f"{FOLDER}m.json", payload=b"{}", sha256="s", size=2
    )
    world.ids |= {"digest": "d1", "name": "m.json"}


def _rows_of_athlete(world: World) -> None:
    ada = world.users[ATHLETE]
    row = add_set(ada, AT, reps=3)
    [clip, *_] = clips(squats(3))
    WorkoutSet.objects.filter(pk=row.pk).update(clip_count=1)
    clip_store(athlete=ada, set_id=row.id, index=0, clip=clip)
    said = Correction.objects.create(set=row, author=ada, kind="count", rep_count=2)
    deleted = add_set(ada, AT + timedelta(hours=1), reps=1)
    now = timezone.now()
    WorkoutSet.objects.filter(pk=deleted.pk).update(deleted_at=now)
    plan = a_plan(ada)
    first, second = plan.planned.order_by("index")[:2]
    done = a_workout(ada, first.day, ("squat", {"final_rep_count": 8}))
    planned_begin(athlete=ada, planned_id=first.id, workout_id=done.id)
    world.ids |= {
        "athlete_id": ada.pk,
        "workout_id": row.workout_id,
        "set_id": row.id,
        "deleted_set_id": deleted.id,
        "index": 0,
        "document": "movement",
        "clip": encode(clip),
        "correction_id": said.id,
        "programme_id": a_programme(ada, [SQUATS]),
        "plan_id": plan.id,
        "planned_id": second.id,
        "done_planned_id": first.id,
        "import_id": _import(ada),
        "checked_import_id": _import(ada, Import.State.CHECKED),
        "done_import_id": _import(ada, Import.State.DONE),
        "token": token_of(feed_renew(athlete=ada)),
        "token_id": _token(ada, TokenScope.values).token.pk,
        "sign_in_id": _sign_in(ada),
    }


def _answer(world: World) -> None:
    """Ada's own words in the thread with the coach who may comment."""
    thread = world.own[Scope.COMMENTS]
    said = Message.objects.create(
        thread_id=thread["thread_id"],
        author=world.users[ATHLETE],
        text="I will.",
        created_at=timezone.now(),
    )
    world.own[ATHLETE] = thread | {"message_id": said.id}


def _sign_in(ada: User) -> int:
    """In another browser, which a row is enough for."""
    row = UserSession.objects.create(user=ada, ip="192.0.2.7", session_key="k", user_agent="x")
    return int(row.pk)


def token_of_athlete(world: World, scopes: Iterable[str]) -> str:
    """The secret of a new one."""
    return _token(world.users[ATHLETE], scopes).secret


def _token(ada: User, scopes: Iterable[str]) -> Made:
    until = timezone.now() + timedelta(days=1)
    return token_make(user=ada, name="watch", scopes=scopes, expires_at=until)


def _import(ada: User, state: str = Import.State.RECEIVING) -> UUID:
    row = Import.objects.create(athlete=ada, name="all.zip", bytes=100, state=state)
    if state == Import.State.RECEIVING:
        ImportPart.objects.create(source=row, index=0, payload=b"x" * 100)
    return row.id


def _link(world: World, name: str) -> None:
    """The link, and what the coach has written while it held."""
    coach, ada = world.users[name], world.users[ATHLETE]
    ended = name == ENDED
    link = grant_link(athlete=ada, coach=coach, scopes=Scope.values if ended else [name])
    now = timezone.now()
    note = CoachNote.objects.create(
        coach=coach, athlete=ada, text="Knees.", created_at=now, changed_at=now
    )
    group = AthleteGroup.objects.create(coach=coach, name="Mondays")
    group.athletes.add(ada)
    thread = Thread.objects.create(
        athlete=ada, coach=coach, set_id=world.ids["set_id"], created_at=now, last_at=now
    )
    message = Message.objects.create(thread=thread, author=coach, text="Deeper.", created_at=now)
    change = PlanChange.objects.create(
        plan_id=world.ids["plan_id"], author=coach, kind="shift", given={"days": 0}, at=now
    )
    said = Correction.objects.create(
        set_id=world.ids["set_id"], author=coach, kind="count", rep_count=3
    )
    shown = an_exercise(coach)
    made = invitation_make(coach=coach, scopes=["results"], email="", site="", now=now)
    world.own[name] = {
        "coach_id": coach.pk,
        "note_id": note.id,
        "group_id": group.id,
        "thread_id": thread.id,
        "message_id": message.id,
        "change_id": change.id,
        "said_by_coach": said.id,
        "own_id": shown.id,
        "invitation_id": made.invitation.id,
        "code": made.code,
        "programme_of_coach": a_programme(coach, [SQUATS]),
        "new_id": uuid4(),
    }
    if ended:
        link.ended_at, link.ended_by = now, ada
        link.save()

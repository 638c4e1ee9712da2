"""What a token opens: what docs/access.md says, and nothing else."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.views import APIView

from accounts.tokens.authentication import TokenAllows, TokenAuthentication
from accounts.tokens.scopes import TokenScope, scope_asked
from tests.config.access.asking import ask, loaded_world
from tests.config.access.endpoints import views
from tests.config.access.table import read_table
from tests.config.access.tokens import read_token_table
from tests.config.access.world import ATHLETE, World, token_of_athlete

OURS = ("accounts", "sessions", "coach", "config")
VIEWS = {one: view for one, view in views().items() if view.__module__.startswith(OURS)}
TABLE = read_token_table()
# Coaching, the account itself, and whatever is of other people.
NEVER = (
    "/api/me", "/api/athletes", "/api/tokens", "/api/audit-log", "/api/access-log", "/api/coach",
    "/api/invit", "/api/groups", "/api/own-exercises", "/api/threads", "/api/notification",
    "/api/push", "/api/import", "/api/sign-ins", "/api/calendar-feed",
)  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return loaded_world()


def asked_with(world: World, endpoint: str, secret: str) -> Any:
    """What the athlete's program is answered."""
    client = Client(enforce_csrf_checks=True)
    answer, _ = ask(client, endpoint, world.ids_for(ATHLETE), Authorization=f"Bearer {secret}")
    return answer


@pytest.mark.parametrize("endpoint", VIEWS)
def test_every_view_says_which_tokens_it_takes(endpoint: str) -> None:
    view = VIEWS[endpoint]
    assert hasattr(view, "token_scopes"), f"{view.__name__}: add token_scopes"
    methods = {one.split()[0] for one, other in VIEWS.items() if other is view}
    assert set(view.token_scopes) <= methods, "a scope for a method that is not there"


@pytest.mark.parametrize("endpoint", VIEWS)
def test_no_view_has_a_way_around_the_scopes(endpoint: str) -> None:
    view: type[APIView] = VIEWS[endpoint]
    takes_tokens = TokenAuthentication in view.authentication_classes
    assert not takes_tokens or TokenAllows in view.permission_classes


def test_the_table_is_what_the_views_say() -> None:
    said = {one: scope_asked(view, one.split()[0]) for one, view in VIEWS.items()}
    assert {one: scope.value for one, scope in said.items() if scope} == TABLE


def test_nothing_of_coaching_or_of_the_account_is_in_it() -> None:
    wrong = [one for one in TABLE if one.split()[1].startswith(NEVER) or "/threads" in one]
    assert wrong == []


@pytest.mark.parametrize("scope", TokenScope)
def test_a_token_of_one_scope_opens_that_and_nothing_else(world: World, scope: str) -> None:
    secret, people, wrong = token_of_athlete(world, [scope]), read_table(), []
    for endpoint in VIEWS:
        if not VIEWS[endpoint].authentication_classes:
            continue
        answer = asked_with(world, endpoint, secret)
        expected = int(people[endpoint][ATHLETE]) if TABLE.get(endpoint) == scope else 403
        if answer.status_code != expected:
            wrong.append(f"{endpoint}: {answer.status_code} instead of {expected}")
        elif expected == 403 and "insufficient_scope" not in answer["WWW-Authenticate"]:
            wrong.append(f"{endpoint}: the refusal does not say which scope is missing")
    assert wrong == []


def test_all_scopes_together_open_no_more_than_the_table(world: World) -> None:
    secret = token_of_athlete(world, TokenScope.values)
    closed = [one for one, view in VIEWS.items() if view.authentication_classes]
    opened = [
        one
        for one in closed
        if one not in TABLE and asked_with(world, one, secret).status_code != 403
    ]
    assert opened == []

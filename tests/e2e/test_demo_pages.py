"""axe-core finds nothing serious on the pages of people who have used them for long."""

import pytest
from playwright.sync_api import BrowserContext, Page

from config.demo import ATHLETE, PASSWORD
from scripts.browser import sign_in
from scripts.private_server import PrivateServer
from tests.e2e.axe import report, settle, violations

PAGES = [
    "/", "/plan", "/workouts", "/trends", "/records", "/report", "/coaches", "/notifications",
]  # fmt: skip
OF_A_COACH = ["/coach", "/coach/live", "/coach/programmes", "/coach/exercises", "/coach/invite"]
OF_AN_ATHLETE = ["", "/trends", "/records", "/plan", "/notes", "/report"]

pytestmark = pytest.mark.parametrize("server", ["demo"], indirect=True)


def signed_in(context: BrowserContext, server: PrivateServer, role: str) -> Page:
    sign_in(context, server.url, f"{role}@demo.example", PASSWORD)
    return context.new_page()


def found(page: Page, paths: list[str]) -> dict[str, list[str]]:
    told = {}
    for path in paths:
        page.goto(path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            settle(page)
            told[f"{path} {scheme}"] = violations(page)
    return told


def newest(page: Page, prefix: str) -> list[str]:
    """The newest workout and its first set, as paths below prefix."""
    workouts = page.request.get(f"/api{prefix}/workouts").json()["results"]
    workout = page.request.get(f"/api{prefix}/workouts/{workouts[0]['id']}").json()
    path = f"{prefix.replace('/athletes', '/coach/athletes')}/workouts/{workout['id']}"
    return [path, f"{path}/sets/{workout['sets'][0]['id']}"]


def test_of_an_athlete(contexts, server: PrivateServer) -> None:
    page = signed_in(contexts(webgl=False), server, "athlete")
    told = found(page, [*PAGES, *newest(page, "")])
    assert not any(told.values()), report(told)


def test_of_a_coach(contexts, server: PrivateServer) -> None:
    page = signed_in(contexts(webgl=False), server, "coach")
    roster = page.request.get("/api/athletes").json()
    athlete = next(one["id"] for one in roster["results"] if one["name"] == ATHLETE.name)
    own = [f"/coach/athletes/{athlete}{part}" for part in OF_AN_ATHLETE]
    told = found(page, [*OF_A_COACH, *own, *newest(page, f"/athletes/{athlete}")])
    assert not any(told.values()), report(told)

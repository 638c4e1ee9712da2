"""Coach and athlete brought together through the API, as their pages do it.

The server has to run with COACHES_OPEN: then whoever asks to be a coach is one.
"""

from typing import Any

from playwright.sync_api import BrowserContext

from scripts.browser import csrf

EVERYTHING = ("results", "replay", "live", "plan", "comments")


def call(context: BrowserContext, url: str, method: str, path: str, data: Any = None) -> Any:
    """The answer's JSON, None without a body. Raises RuntimeError for a refusal."""
    answer = context.request.fetch(f"{url}{path}", method=method, data=data, headers=csrf(context))
    if not answer.ok:
        raise RuntimeError(f"{method} {path}: {answer.status} {answer.text()}")
    return answer.json() if answer.body() else None


def become_coach(context: BrowserContext, url: str) -> None:
    call(context, url, "PUT", "/api/coach-request", {"about": "I coach."})


def bring_together(
    coach: BrowserContext,
    athlete: BrowserContext,
    url: str,
    scopes: tuple[str, ...] = EVERYTHING,
) -> dict[str, str]:
    """The coach invites, the athlete grants; answers the coach as the athlete sees them."""
    asked = call(coach, url, "POST", "/api/invitations", {"scopes": list(scopes)})
    grant = {"scopes": list(scopes), "ends_at": None}
    told = call(athlete, url, "POST", f"/api/invited/{asked['code']}/accept", grant)
    found: dict[str, str] = told["coach"]
    return found

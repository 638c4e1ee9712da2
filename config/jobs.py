"""Work that waits, runs or has failed, and what takes up room: a page of admin."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config import storage, work
from config.celery import SWEEPS, app
from sessions.portable.services import import_again
from sessions.services.again import set_again, sets_again
from sessions.services.rescores import rescore_go_on


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Everything on one page: who asks has something that does not move."""
    context = {
        **admin.site.each_context(request),
        "title": "Jobs",
        "queues": work.queue_lengths(),
        "kinds": work.kinds(),
        "failures": work.failures(),
        "schedule": work.schedule(),
        "kept": storage.kinds(),
        "athletes": storage.athletes(),
    }
    return TemplateResponse(request, "admin/jobs.html", context)


def _sweep(_: str) -> str:
    for sweep in SWEEPS:
        app.send_task(sweep, retry=False)
    return "Looked for what was left undone; it is queued again."


def _sets(_: str) -> str:
    return f"{sets_again()} sets are being analysed again."


def _set(key: str) -> str:
    set_again(UUID(key))
    return "The set is being analysed again."


def _import(key: str) -> str:
    import_again(UUID(key))
    return "The import goes on."


def _rescore(key: str) -> str:
    rescore_go_on(UUID(key))
    return "The re-score goes on."


AGAIN: Final[dict[str, Callable[[str], str]]] = {
    "sweep": _sweep,
    "sets": _sets,
    "set": _set,
    "import": _import,
    "rescore": _rescore,
}


@require_POST
def jobs_again(request: HttpRequest) -> HttpResponse:
    """Called by the buttons of the page. kind: of AGAIN; key: which of them."""
    user: Any = request.user
    if not user.has_perm("workouts.change_workoutset"):
        raise PermissionDenied
    do = AGAIN.get(request.POST.get("kind", ""))
    try:
        if do is None:
            raise ValidationError("There is no such work.")
        messages.success(request, do(request.POST.get("key", "")))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    except (ValueError, ObjectDoesNotExist):
        messages.error(request, "There is no such work.")
    except OSError as problem:
        messages.error(request, f"The broker cannot be reached ({problem}).")
    return HttpResponseRedirect(reverse("admin:jobs"))

"""A page that names what an action will do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Question:
    """heading: what will be done. lines: to whom or what, and what follows. button: yes."""

    heading: str
    lines: Sequence[str]
    button: str
    is_dangerous: bool = False


def is_confirmed(request: HttpRequest) -> bool:
    return request.method == "POST" and CONFIRMED in request.POST


def ask(
    options: "ModelAdmin[Any]", request: HttpRequest, chosen: QuerySet[Any], question: Question
) -> TemplateResponse:
    """Sends the same action again, with `confirmed`."""
    context = {
        **options.admin_site.each_context(request),
        "title": question.heading,
        "question": question,
        "opts": options.model._meta,
        "ids": [str(pk) for pk in chosen.values_list("pk", flat=True)],
        "action": request.POST.get("action", ""),
        "confirmed": CONFIRMED,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/posecoach/confirm.html", context)

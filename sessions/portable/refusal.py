"""Why something is not taken, in words for the athlete."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError as ModelError
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

_MOST: Final = 5  # faults that are named


class RefusedError(Exception):
    """message: what is wrong, and with what."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def in_words(error: Exception) -> str:
    """Of a refusal of ours, of a form's, of a model's, or of a service's."""
    if isinstance(error, RefusedError):
        return error.message
    if isinstance(error, ModelError):
        detail: Any = error.message_dict if hasattr(error, "error_dict") else error.messages
    elif isinstance(error, APIException):
        detail = error.detail
    else:
        return str(error)
    found = list(_named(detail))
    told = "; ".join(found[:_MOST])
    if len(found) <= _MOST:
        return told
    return _("%(told)s (and %(n)s more)") % {"told": told, "n": len(found) - _MOST}


def _named(detail: Any, path: str = "") -> Iterator[str]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name in {"non_field_errors", "__all__"}
            step = f"[{name}]" if isinstance(name, int) else f".{name}" if path else str(name)
            yield from _named(inner, path if whole else path + step)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, (dict, list))
            yield from _named(inner, f"{path}[{index}]" if nested else path)
    else:
        yield f"{path}: {detail}" if path else str(detail)

"""What a token may do. A view says which scope each of its methods takes; without that, none."""

from typing import ClassVar, Final, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TokenScope(TextChoices):
    RESULTS = "results:read", _("Read workouts, sets, trends and records")
    KEYPOINTS = "keypoints:read", _("Read the keypoints of sets")
    TRAINING = "training:write", _("Record and change workouts and sets")
    PLAN = "plan:read", _("Read the training plan")
    PLAN_CHANGE = "plan:write", _("Change the training plan")


TokenScopes = dict[str, TokenScope]
"""HTTP method to the scope that it takes; a method that is not there takes no token."""

NO_TOKENS: Final[TokenScopes] = {}


class Scoped(Protocol):
    token_scopes: ClassVar[TokenScopes]


def scope_asked(view: object, method: str) -> TokenScope | None:
    """Of a view and a method, None: no token may. HEAD is a GET without its body."""
    scopes: TokenScopes = getattr(view, "token_scopes", NO_TOKENS)
    return scopes.get("GET" if method == "HEAD" else method)

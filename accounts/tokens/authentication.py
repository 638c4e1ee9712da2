"""`Authorization: Bearer pc_…` (RFC 6750): a person's own programs, without cookies."""

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.addresses import address_of, place_of, shortened
from accounts.factors.required import SecondFactorRequired, lacks_factor
from accounts.models import ApiToken, User
from accounts.throttles import wrong_token_seen
from accounts.tokens.scopes import scope_asked
from accounts.tokens.selectors import token_for
from accounts.tokens.services import token_used

if TYPE_CHECKING:  # DRF asks for this file while it makes its views
    from rest_framework.views import APIView

REALM: Final = 'Bearer realm="PoseCoach"'


class TokenAuthentication(BaseAuthentication):
    """Stands before the cookies: a request with a token has the token's rights and no more.

    It needs no CSRF token: no browser adds this header by itself.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        secret = bearer(request)
        if secret is None:
            return None
        token = token_for(secret=secret, now=timezone.now())
        if token is None:
            wrong_token_seen(place_of(address_of(request._request)))
            raise exceptions.AuthenticationFailed(
                _("This token is unknown, has run out, or was taken away."), "invalid_token"
            )
        if lacks_factor(token.user):
            raise SecondFactorRequired
        token_used(token=token, place=shortened(address_of(request._request)))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401 (RFC 6750 §3)."""
        return REALM if bearer(request) is None else f'{REALM}, error="invalid_token"'


class TokenAllows(BasePermission):
    """Whether the token has the scope that this view and method ask for. Cookies pass."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Raises TokenScopeMissing."""
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        scope = scope_asked(view, request.method or "")
        if scope is None or scope not in token.scopes:
            raise TokenScopeMissing(scope)
        return True


class TokenScopeMissing(exceptions.PermissionDenied):
    default_code = "insufficient_scope"

    def __init__(self, scope: str | None) -> None:
        if scope is None:
            super().__init__(_("No API token may do this. Sign in on the page instead."))
        else:
            told = _("The token lacks the permission %(scope)s.") % {"scope": scope}
            super().__init__(told)
        named = f', scope="{scope}"' if scope else ""
        self.auth_header = f'{REALM}, error="insufficient_scope"{named}'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document tells of it."""

    target_class = "accounts.tokens.authentication.TokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002
        return dict(
            build_bearer_security_scheme_object(
                header_name="Authorization",
                token_prefix="Bearer",  # noqa: S106
                bearer_format="pc_…",
            )
        )


def bearer(request: Request) -> str | None:
    """What stands behind “Bearer”, None where nothing of the kind is sent."""
    scheme, _space, secret = get_authorization_header(request).partition(b" ")
    if scheme.lower() != b"bearer":
        return None
    return secret.strip().decode("latin-1")

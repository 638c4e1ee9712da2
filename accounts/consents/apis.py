from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.consents.selectors import consents_of
from accounts.consents.serializers import ConsentGivenSerializer, ConsentSerializer
from accounts.consents.services import consent_give, consent_withdraw
from accounts.given import checked
from accounts.languages import language_asked_for
from accounts.models import Consent, User
from accounts.selectors import acting_user
from accounts.tokens.authentication import TokenAllows
from accounts.tokens.scopes import NO_TOKENS
from accounts.unkept import UnkeptView


def _told(actor: User | None) -> Response:
    standing = consents_of(actor=actor, language=language_asked_for())
    return Response(ConsentSerializer(standing, many=True).data)


def _check(document: str) -> None:
    if document not in Consent.Document.values:
        raise NotFound(_("There is no such text."))


class ConsentsApi(UnkeptView):
    """Read before there is an account: sign-up shows what it asks for."""

    permission_classes = (AllowAny, TokenAllows)
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="consents", responses=ConsentSerializer(many=True))
    def get(self, request: Request) -> Response:
        return _told(acting_user(request) if request.user.is_authenticated else None)


class ConsentApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="consent_give",
        description="Agrees to the text of this version, in the language of the request.",
        request=ConsentGivenSerializer,
        responses=ConsentSerializer(many=True),
    )
    def put(self, request: Request, document: str) -> Response:
        _check(document)
        version = checked(ConsentGivenSerializer, request)["version"]
        actor, language = acting_user(request), language_asked_for()
        consent_give(user=actor, document=document, version=version, language=language)
        return _told(actor)

    @extend_schema(
        operation_id="consent_withdraw",
        description="Takes the consent back.",
        request=None,
        responses={200: ConsentSerializer(many=True)},
    )
    def delete(self, request: Request, document: str) -> Response:
        _check(document)
        actor = acting_user(request)
        consent_withdraw(user=actor, document=document)
        return _told(actor)

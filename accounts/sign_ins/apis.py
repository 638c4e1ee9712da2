"""Where one is signed in, and how to end it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.given import checked
from accounts.selectors import acting_user
from accounts.sign_ins.selectors import sign_ins_of
from accounts.sign_ins.serializers import SignInSerializer, SignOutSerializer
from accounts.sign_ins.services import sign_in_end, sign_ins_end_all, sign_ins_end_others
from accounts.tokens.scopes import NO_TOKENS
from accounts.unkept import UnkeptView


class SignInsApi(UnkeptView):
    token_scopes = NO_TOKENS
    is_open_without_factor = True

    @extend_schema(operation_id="sign_ins", responses=SignInSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Every browser in which one is signed in, this one first."""
        key = request.session.session_key
        found = sign_ins_of(actor=acting_user(request), session_key=key)
        return Response(SignInSerializer(found, many=True).data)


class SignInApi(UnkeptView):
    token_scopes = NO_TOKENS
    is_open_without_factor = True

    @extend_schema(operation_id="sign_in_end", responses={204: None})
    def delete(self, request: Request, sign_in_id: int) -> Response:
        """Signs one browser out, with all that it has open."""
        sign_in_end(actor=acting_user(request), sign_in_id=sign_in_id)
        return Response(status=204)


class SignOutEverywhereApi(UnkeptView):
    token_scopes = NO_TOKENS
    is_open_without_factor = True

    @extend_schema(
        operation_id="sign_out_everywhere", request=SignOutSerializer, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        """Signs every browser out, this one only where asked for."""
        given, actor = checked(SignOutSerializer, request), acting_user(request)
        if given["here"]:
            sign_ins_end_all(actor=actor)
        else:
            sign_ins_end_others(actor=actor, request=request._request)
        return Response(status=204)

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import NO_TOKENS
from coach.apis.base import Unkept
from coach.selectors.invitations import invitations_of, invited
from coach.selectors.links import coach_of
from coach.serializers.links import (
    CoachOfSerializer,
    GrantGivenSerializer,
    InvitationGivenSerializer,
    InvitationMadeSerializer,
    InvitationSerializer,
    InvitedSerializer,
)
from coach.services.invitations import invitation_accept, invitation_make, invitation_withdraw
from coach.throttles import CodeThrottle
from sessions.apis.base import answers, checked


class InvitationsApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="invitations_list",
        description="The coach's own of the last thirty days, newest first.",
        responses=answers(403, _200=InvitationSerializer(many=True)),
    )
    def get(self, request: Request) -> Response:
        if not self.actor.is_coach:
            raise PermissionDenied(_("Only a coach can invite."))
        found = invitations_of(coach=self.actor, now=timezone.now())
        return Response(InvitationSerializer(found, many=True).data)

    @extend_schema(
        operation_id="invitation_make",
        description="The code is told this once. Whether an address has an account is not told.",
        request=InvitationGivenSerializer,
        responses=answers(400, 403, 409, _201=InvitationMadeSerializer),
    )
    def post(self, request: Request) -> Response:
        site = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
        given = checked(InvitationGivenSerializer, request)
        made = invitation_make(coach=self.actor, site=site, now=timezone.now(), **given)
        return Response(InvitationMadeSerializer(made).data, status=status.HTTP_201_CREATED)


class InvitationApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="invitation_withdraw", responses=answers(404, _204=None))
    def delete(self, request: Request, invitation_id: UUID) -> Response:
        invitation_withdraw(coach=self.actor, invitation_id=invitation_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class InvitedApi(Unkept):
    token_scopes = NO_TOKENS
    throttle_classes = (CodeThrottle,)

    @extend_schema(
        operation_id="invited",
        description="Who asks, and for what. Unknown, used, old and withdrawn are all 404.",
        responses=answers(404, 429, _200=InvitedSerializer),
    )
    def get(self, request: Request, code: str) -> Response:
        found = invited(actor=self.actor, code=code, now=timezone.now())
        return Response(InvitedSerializer(found).data)


class InvitedAcceptApi(Unkept):
    token_scopes = NO_TOKENS
    throttle_classes = (CodeThrottle,)

    @extend_schema(
        operation_id="invited_accept",
        description="Grants what the athlete chose. May be sent again by who accepted.",
        request=GrantGivenSerializer,
        responses=answers(400, 404, 429, _200=CoachOfSerializer),
    )
    def post(self, request: Request, code: str) -> Response:
        given = checked(GrantGivenSerializer, request)
        link = invitation_accept(athlete=self.actor, code=code, now=timezone.now(), **given)
        told = coach_of(athlete=self.actor, coach_id=link.coach_id)
        return Response(CoachOfSerializer(told).data)

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import NO_TOKENS
from coach.apis.base import OfAthlete, Unkept
from coach.apis.links import EndLinkMixin
from coach.models import Access
from coach.selectors.roster import group_of, groups_list, roster, roster_entry
from coach.serializers.roster import (
    EntrySerializer,
    GroupGivenSerializer,
    GroupMembersSerializer,
    GroupSerializer,
    RosterQuerySerializer,
    RosterSerializer,
)
from coach.services.access import access_log
from coach.services.groups import group_change, group_delete, group_put
from sessions.apis.base import answers, asked, checked


class RosterApi(Unkept):
    """Of whoever asks: who coaches nobody has an empty one."""

    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="athletes_list",
        parameters=[RosterQuerySerializer],
        responses=answers(400, 404, _200=RosterSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(RosterQuerySerializer, request)
        query["words"] = query.pop("q").strip()
        found = roster(coach=self.actor, now=timezone.now(), **query)
        shown = [entry.athlete for entry in found.entries]
        access_log(coach=self.actor, athletes=shown, what=Access.What.ROSTER)
        return Response(RosterSerializer(found).data)


class AthleteApi(EndLinkMixin, OfAthlete):
    scope = None
    what = Access.What.OVERVIEW

    @extend_schema(operation_id="athlete_get", responses=answers(404, _200=EntrySerializer))
    def get(self, request: Request) -> Response:
        entry = roster_entry(coach=self.actor, athlete_id=self.subject.pk, now=timezone.now())
        return Response(EntrySerializer(entry).data)


class GroupsApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="groups_list", responses=answers(_200=GroupSerializer(many=True)))
    def get(self, request: Request) -> Response:
        found = groups_list(coach=self.actor, now=timezone.now())
        told = [{"id": one.id, "name": one.name, "athletes": ids} for one, ids in found]
        return Response(GroupSerializer(told, many=True).data)


class OneGroupApi(Unkept):
    def told(self, group_id: UUID) -> Response:
        group_of(coach=self.actor, group_id=group_id)
        found = groups_list(coach=self.actor, now=timezone.now())
        one, ids = next(each for each in found if each[0].id == group_id)
        told = {"id": one.id, "name": one.name, "athletes": ids}
        return Response(GroupSerializer(told).data)


class GroupApi(OneGroupApi):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="group_put",
        description="The id is made by the client, so that this may be sent again.",
        request=GroupGivenSerializer,
        responses=answers(400, 404, 409, _200=GroupSerializer),
    )
    def put(self, request: Request, group_id: UUID) -> Response:
        given = checked(GroupGivenSerializer, request)
        group_put(coach=self.actor, group_id=group_id, **given)
        return self.told(group_id)

    @extend_schema(operation_id="group_delete", responses=answers(404, _204=None))
    def delete(self, request: Request, group_id: UUID) -> Response:
        group_delete(coach=self.actor, group_id=group_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class GroupMembersApi(OneGroupApi):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="group_change",
        request=GroupMembersSerializer,
        responses=answers(400, 404, _200=GroupSerializer),
    )
    def patch(self, request: Request, group_id: UUID) -> Response:
        given = checked(GroupMembersSerializer, request)
        group_change(coach=self.actor, group_id=group_id, **given)
        return self.told(group_id)

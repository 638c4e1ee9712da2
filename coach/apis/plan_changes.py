"""A plan in the hands of a coach: given, changed for one athlete, and what became of it."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from coach.apis.base import OfAthlete
from coach.apis.planned import OnePlannedApi
from coach.apis.plans import OnePlanApi
from coach.models import Access, Scope
from coach.selectors.performed import performed
from coach.selectors.plan_changes import plan_changes_of
from coach.serializers.changes import PlanChangeGivenSerializer, PlanChangeSerializer
from coach.serializers.given import PlanStartSerializer
from coach.serializers.performed import PerformedSerializer
from coach.serializers.told import PlannedSerializer, PlanSerializer
from coach.services.plan_changes import plan_assign, plan_change, plan_change_undo
from sessions.apis.base import Api, answers, checked


class PlanChangesApi(Api):
    token_scopes = {"GET": TokenScope.PLAN}

    @extend_schema(
        operation_id="plan_changes",
        description="What coaches changed, newest first, at most 50.",
        responses=answers(_200=PlanChangeSerializer(many=True)),
    )
    def get(self, request: Request) -> Response:
        found = plan_changes_of(actor=self.subject)
        return Response(PlanChangeSerializer(found, many=True).data)


class PerformedApi(Api):
    token_scopes = {"GET": TokenScope.PLAN}

    @extend_schema(
        operation_id="planned_done",
        description="Each set and repetition beside what was asked for.",
        responses=answers(404, _200=PerformedSerializer),
    )
    def get(self, request: Request, planned_id: UUID) -> Response:
        told = performed(actor=self.subject, planned_id=planned_id, now=timezone.now())
        return Response(PerformedSerializer(told).data)


@extend_schema_view(get=extend_schema(operation_id="athlete_plan_changes"))
class AthletePlanChangesApi(OfAthlete, PlanChangesApi):
    """Part of the page of the athlete's plan, which is in the log."""

    scope = Scope.PLAN
    what, is_part = Access.What.PLAN, True


@extend_schema_view(get=extend_schema(operation_id="athlete_planned_done"))
class AthletePerformedApi(OfAthlete, PerformedApi):
    scope = Scope.PLAN
    what, target = Access.What.PLAN, "planned_id"


class AthletePlannedOneApi(OfAthlete, OnePlannedApi):
    scope = Scope.PLAN
    what, target = Access.What.PLAN, "planned_id"

    @extend_schema(
        operation_id="athlete_planned_get", responses=answers(404, _200=PlannedSerializer)
    )
    def get(self, request: Request, planned_id: UUID) -> Response:
        return self.told(planned_id)


class AthletePlanApi(OfAthlete, OnePlanApi):
    scope = Scope.PLAN
    what, target = Access.What.PLAN, "plan_id"

    @extend_schema(operation_id="athlete_plan_get", responses=answers(404, _200=PlanSerializer))
    def get(self, request: Request, plan_id: UUID) -> Response:
        return self.told(plan_id)

    @extend_schema(
        operation_id="athlete_plan_assign",
        description="Of a built-in programme or one of the coach's own. May be sent again.",
        request=PlanStartSerializer,
        responses=answers(400, 404, 409, _200=PlanSerializer),
    )
    def put(self, request: Request, plan_id: UUID) -> Response:
        given = checked(PlanStartSerializer, request)
        plan_assign(
            coach=self.actor, athlete=self.subject, plan_id=plan_id, now=timezone.now(), **given
        )
        return self.told(plan_id)


class AthletePlanChangeApi(OfAthlete):
    scope = Scope.PLAN

    @extend_schema(
        operation_id="athlete_plan_change",
        description="The id is made by the client, so that this may be sent again.",
        request=PlanChangeGivenSerializer,
        responses=answers(400, 404, 409, _200=PlanChangeSerializer),
    )
    def put(self, request: Request, change_id: UUID) -> Response:
        given = checked(PlanChangeGivenSerializer, request)
        change = plan_change(
            coach=self.actor,
            athlete=self.subject,
            change_id=change_id,
            plan_id=given.pop("plan"),
            kind=given.pop("kind"),
            given=given,
            now=timezone.now(),
        )
        return Response(PlanChangeSerializer(change).data)

    @extend_schema(
        operation_id="athlete_plan_change_undo",
        description="Takes it back, once for all.",
        responses=answers(404, 409, _204=None),
    )
    def delete(self, request: Request, change_id: UUID) -> Response:
        plan_change_undo(
            coach=self.actor, athlete=self.subject, change_id=change_id, now=timezone.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

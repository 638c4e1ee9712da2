from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from coach.selectors.plans import compliance, plan_get, plans_list
from coach.serializers.given import ComplianceQuerySerializer, PlanStartSerializer
from coach.serializers.told import ComplianceSerializer, PlanSerializer
from coach.services.plans import plan_end, plan_restore, plan_start
from sessions.apis.base import Api, answers, asked, checked


class PlansApi(Api):
    token_scopes = {"GET": TokenScope.PLAN}

    @extend_schema(operation_id="plans_list", responses=answers(_200=PlanSerializer(many=True)))
    def get(self, request: Request) -> Response:
        plans = plans_list(actor=self.subject, now=timezone.now())
        return Response(PlanSerializer(plans, many=True).data)


class OnePlanApi(Api):
    def told(self, plan_id: UUID) -> Response:
        plan = plan_get(actor=self.subject, plan_id=plan_id, now=timezone.now())
        return Response(PlanSerializer(plan).data)


class PlanApi(OnePlanApi):
    token_scopes = {
        "GET": TokenScope.PLAN,
        "PUT": TokenScope.PLAN_CHANGE,
        "DELETE": TokenScope.PLAN_CHANGE,
    }

    @extend_schema(operation_id="plan_get", responses=answers(404, _200=PlanSerializer))
    def get(self, request: Request, plan_id: UUID) -> Response:
        return self.told(plan_id)

    @extend_schema(
        operation_id="plan_start",
        description="The id is made by the client, so that this may be sent again.",
        request=PlanStartSerializer,
        responses=answers(400, 404, 409, _200=PlanSerializer),
    )
    def put(self, request: Request, plan_id: UUID) -> Response:
        given = checked(PlanStartSerializer, request)
        plan_start(athlete=self.actor, plan_id=plan_id, now=timezone.now(), **given)
        return self.told(plan_id)

    @extend_schema(
        operation_id="plan_end",
        description="From today on nothing of it is planned; what was done stays.",
        responses=answers(404, _204=None),
    )
    def delete(self, request: Request, plan_id: UUID) -> Response:
        plan_end(athlete=self.actor, plan_id=plan_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PlanRestoreApi(OnePlanApi):
    token_scopes = {"POST": TokenScope.PLAN_CHANGE}

    @extend_schema(
        operation_id="plan_restore", request=None, responses=answers(400, 404, _200=PlanSerializer)
    )
    def post(self, request: Request, plan_id: UUID) -> Response:
        plan_restore(athlete=self.actor, plan_id=plan_id)
        return self.told(plan_id)


class ComplianceApi(Api):
    token_scopes = {"GET": TokenScope.PLAN}

    @extend_schema(
        operation_id="compliance",
        parameters=[ComplianceQuerySerializer],
        responses=answers(400, _200=ComplianceSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(ComplianceQuerySerializer, request)
        told = compliance(actor=self.subject, now=timezone.now(), **query)
        return Response(ComplianceSerializer(told).data)

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from sessions.apis.base import Api, answers, checked
from sessions.apis.sets import told_in_detail
from sessions.serializers.given import CorrectionGivenSerializer
from sessions.serializers.sets import SetDetailSerializer
from sessions.services.corrections import correction_put, correction_undo


class CorrectionApi(Api):
    token_scopes = {"PUT": TokenScope.TRAINING, "DELETE": TokenScope.TRAINING}

    @extend_schema(
        operation_id="correction_put",
        description="Kept beside the machine's answer. The id is made by the client, so that this "
        "may be sent again; sent again after it was taken back, it stays taken back.",
        request=CorrectionGivenSerializer,
        responses=answers(400, 404, 409, _200=SetDetailSerializer),
    )
    def put(self, request: Request, set_id: UUID, correction_id: UUID) -> Response:
        given = checked(CorrectionGivenSerializer, request)
        self.say(set_id=set_id, correction_id=correction_id, **given)
        return told_in_detail(self.subject, set_id)

    def say(self, **said: Any) -> None:
        correction_put(author=self.actor, athlete=self.subject, **said)

    @extend_schema(
        operation_id="correction_undo", responses=answers(404, 409, _200=SetDetailSerializer)
    )
    def delete(self, request: Request, set_id: UUID, correction_id: UUID) -> Response:
        correction_undo(
            author=self.actor, athlete=self.subject, set_id=set_id, correction_id=correction_id
        )
        return told_in_detail(self.subject, set_id)

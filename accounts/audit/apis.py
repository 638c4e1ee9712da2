"""What happened to one's own account, the last 90 days of it."""

from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit.selectors import audit_page
from accounts.audit.serializers import AuditPageSerializer, AuditQuerySerializer
from accounts.selectors import acting_user
from accounts.tokens.scopes import NO_TOKENS, TokenScopes
from accounts.unkept import UnkeptView


class AuditLogApi(UnkeptView):
    token_scopes: ClassVar[TokenScopes] = NO_TOKENS

    @extend_schema(
        operation_id="audit_log",
        parameters=[AuditQuerySerializer],
        responses=AuditPageSerializer,
    )
    def get(self, request: Request) -> Response:
        query = AuditQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows, next_before = audit_page(
            actor=acting_user(request),
            before=asked.get("before"),
            limit=asked["limit"],
            now=timezone.now(),
        )
        return Response(AuditPageSerializer({"results": rows, "next_before": next_before}).data)

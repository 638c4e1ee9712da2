"""What happened to one's own account, the last 90 days of it."""

from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit.selectors import audit_page
from accounts.audit.serializers import AuditPageSerializer, AuditQuerySerializer
from accounts.given import asked
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
        query = asked(AuditQuerySerializer, request)
        rows, next_before = audit_page(
            actor=acting_user(request),
            before=query.get("before"),
            limit=query["limit"],
            now=timezone.now(),
        )
        return Response(AuditPageSerializer({"results": rows, "next_before": next_before}).data)

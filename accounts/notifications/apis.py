"""The actor's own notifications, and how they like to be told."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.given import asked, checked, valid
from accounts.notifications.selectors import notifications_page, settings_of, unread_count
from accounts.notifications.serializers import (
    NotificationPageSerializer,
    NotificationQuerySerializer,
    NotificationSettingsSerializer,
    NotificationsReadSerializer,
    PushEndpointSerializer,
    PushSubscriptionSerializer,
    UnreadSerializer,
)
from accounts.notifications.services import notifications_read
from accounts.notifications.subscribing import push_subscribe, push_unsubscribe, settings_update
from accounts.selectors import acting_user
from accounts.tokens.scopes import NO_TOKENS
from accounts.unkept import UnkeptView


class NotificationsApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="notifications",
        parameters=[NotificationQuerySerializer],
        responses=NotificationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        actor = acting_user(request)
        query = asked(NotificationQuerySerializer, request)
        rows, next_before = notifications_page(
            actor=actor, before=query.get("before"), limit=query["limit"]
        )
        unread = unread_count(actor=actor)
        page = {"results": rows, "next_before": next_before, "unread": unread}
        return Response(NotificationPageSerializer(page).data)


class NotificationsReadApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="notifications_read",
        request=NotificationsReadSerializer,
        responses=UnreadSerializer,
    )
    def post(self, request: Request) -> Response:
        actor = acting_user(request)
        given = checked(NotificationsReadSerializer, request)
        notifications_read(user=actor, ids=given["ids"])
        return Response({"unread": unread_count(actor=actor)})


class NotificationSettingsApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="notification_settings", responses=NotificationSettingsSerializer)
    def get(self, request: Request) -> Response:
        return Response(NotificationSettingsSerializer(settings_of(acting_user(request))).data)

    @extend_schema(
        operation_id="notification_settings_update",
        request=NotificationSettingsSerializer,
        responses=NotificationSettingsSerializer,
    )
    def patch(self, request: Request) -> Response:
        user = acting_user(request)
        given = NotificationSettingsSerializer(settings_of(user), data=request.data, partial=True)
        row = settings_update(user=user, **valid(given))
        return Response(NotificationSettingsSerializer(row).data)


class PushSubscriptionsApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="push_subscribe",
        description="This browser shows notifications of whoever is signed in; may be sent again.",
        request=PushSubscriptionSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        given = checked(PushSubscriptionSerializer, request)
        push_subscribe(
            user=acting_user(request),
            endpoint=given["endpoint"],
            keys=given["keys"],
            session_key=request.session.session_key,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class PushUnsubscribeApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="push_unsubscribe", request=PushEndpointSerializer, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        given = checked(PushEndpointSerializer, request)
        push_unsubscribe(user=acting_user(request), endpoint=given["endpoint"])
        return Response(status=status.HTTP_204_NO_CONTENT)

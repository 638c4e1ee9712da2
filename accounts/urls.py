from django.urls import path

from accounts.apis import MeApi
from accounts.audit.apis import AuditLogApi
from accounts.coaching.apis import CoachRequestApi
from accounts.consents.apis import ConsentApi, ConsentsApi
from accounts.notifications.apis import (
    NotificationsApi,
    NotificationSettingsApi,
    NotificationsReadApi,
    PushSubscriptionsApi,
    PushUnsubscribeApi,
)
from accounts.sign_ins.apis import SignInApi, SignInsApi, SignOutEverywhereApi
from accounts.tokens.apis import TokenApi, TokensApi

urlpatterns = [
    path("me", MeApi.as_view(), name="me"),
    path("sign-ins", SignInsApi.as_view()),
    path("sign-ins/end", SignOutEverywhereApi.as_view()),
    path("sign-ins/<int:sign_in_id>", SignInApi.as_view()),
    path("tokens", TokensApi.as_view()),
    path("tokens/<uuid:token_id>", TokenApi.as_view()),
    path("audit-log", AuditLogApi.as_view()),
    path("consents", ConsentsApi.as_view()),
    path("consents/<slug:document>", ConsentApi.as_view()),
    path("coach-request", CoachRequestApi.as_view()),
    path("notifications", NotificationsApi.as_view()),
    path("notifications/read", NotificationsReadApi.as_view()),
    path("notification-settings", NotificationSettingsApi.as_view()),
    path("push-subscriptions", PushSubscriptionsApi.as_view()),
    path("push-subscriptions/remove", PushUnsubscribeApi.as_view()),
]

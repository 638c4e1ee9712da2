from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import Notification, NotificationSettings
from accounts.notifications.kinds import Kind
from accounts.notifications.mailing import may_mail
from accounts.notifications.push import is_known
from accounts.notifications.webpush import check_browser_keys, is_set_up, public_key

MOST_READ = 200


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    kind = serializers.ChoiceField(choices=Kind.values)
    data = serializers.DictField(  # type: ignore[assignment]
        help_text="`by`, a name, and what else the kind's words need."
    )

    class Meta:
        model = Notification
        fields = ("id", "kind", "data", "url", "created_at", "read_at")
        read_only_fields = fields


class NotificationPageSerializer(serializers.Serializer[Any]):
    results = NotificationSerializer(many=True)
    next_before = serializers.UUIDField(allow_null=True)
    unread = serializers.IntegerField()


class NotificationQuerySerializer(serializers.Serializer[Any]):
    before = serializers.UUIDField(required=False, help_text="`next_before` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=30)


class NotificationsReadSerializer(serializers.Serializer[Any]):
    ids = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=MOST_READ,
        allow_null=True,
        help_text="Those that were read; null: all.",
    )


class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class NotificationSettingsSerializer(serializers.ModelSerializer[NotificationSettings]):
    """mail_reaches: whether the address is confirmed, as it has to be for mails of news."""

    mail_reaches = serializers.SerializerMethodField()
    push_key = serializers.SerializerMethodField(
        help_text="The server's key for PushManager.subscribe; null: it sends no push."
    )

    class Meta:
        model = NotificationSettings
        fields = ("by_mail", "by_push", "weekly_digest", "mail_reaches", "push_key")

    def get_mail_reaches(self, row: NotificationSettings) -> bool:
        return may_mail(row.user)

    def get_push_key(self, row: NotificationSettings) -> str | None:  # noqa: ARG002
        return public_key() if is_set_up() else None


class PushKeysSerializer(serializers.Serializer[Any]):
    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=40)


class PushEndpointSerializer(serializers.Serializer[Any]):
    endpoint = serializers.CharField(max_length=600)


class PushSubscriptionSerializer(PushEndpointSerializer):
    """As `PushSubscription.toJSON()` of a browser."""

    keys = PushKeysSerializer()

    def validate_endpoint(self, endpoint: str) -> str:
        if not is_known(endpoint):
            raise serializers.ValidationError(
                _("This is not the address of a push service that this server knows (PUSH_HOSTS).")
            )
        return endpoint

    def validate_keys(self, keys: dict[str, str]) -> dict[str, str]:
        try:
            check_browser_keys(keys["p256dh"], keys["auth"])
        except ValueError as error:
            told = _("p256dh has to be a point of P-256 and auth 16 bytes, both base64url.")
            raise serializers.ValidationError(told) from error
        return keys

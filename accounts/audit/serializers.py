from typing import Any

from rest_framework import serializers

from accounts.models import AuditEntry, Kind

YOU, SOMEBODY, SERVER = "you", "somebody", "server"


class AuditQuerySerializer(serializers.Serializer[Any]):
    before = serializers.UUIDField(required=False)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)


class AuditEntrySerializer(serializers.ModelSerializer[AuditEntry]):
    kind = serializers.ChoiceField(Kind.choices)
    by = serializers.SerializerMethodField(
        help_text="you, somebody (an admin, or whoever tried to sign in), or server."
    )

    class Meta:
        model = AuditEntry
        fields = ("id", "at", "kind", "by", "place", "detail")
        read_only_fields = fields

    def get_by(self, entry: AuditEntry) -> str:
        if entry.by_id == entry.about_id:
            return YOU
        return SERVER if entry.by_id is None and not entry.place else SOMEBODY


class AuditPageSerializer(serializers.Serializer[Any]):
    results = AuditEntrySerializer(many=True)
    next_before = serializers.UUIDField(allow_null=True)

from typing import Any

from rest_framework import serializers

from accounts.models import ApiToken
from accounts.tokens.scopes import TokenScope
from accounts.tokens.services import Made


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    scopes = serializers.ListField(child=serializers.ChoiceField(TokenScope.choices))

    class Meta:
        model = ApiToken
        fields = (
            "id", "name", "prefix", "scopes", "created_at", "expires_at", "used_on", "used_from",
        )  # fmt: skip
        read_only_fields = fields


class ApiTokenGivenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60, help_text="By which its owner knows it again.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(TokenScope.choices), allow_empty=False, max_length=10
    )
    expires_at = serializers.DateTimeField(help_text="At most a year from now.")


class ApiTokenMadeSerializer(serializers.Serializer[Made]):
    token = ApiTokenSerializer()
    secret = serializers.CharField(help_text="Told this once: it is kept nowhere.")

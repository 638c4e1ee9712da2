from rest_framework import serializers


class SignInSerializer(serializers.Serializer[object]):
    """browser, system: as their makers call them; empty where unknown."""

    id = serializers.IntegerField()
    browser = serializers.CharField(allow_blank=True)
    system = serializers.CharField(allow_blank=True)
    address = serializers.CharField()
    signed_in_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    is_this_one = serializers.BooleanField()


class SignOutSerializer(serializers.Serializer[object]):
    """here: whether the asking browser is signed out as well."""

    here = serializers.BooleanField(default=False)

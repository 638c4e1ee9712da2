from rest_framework import serializers

from accounts.coaching.selectors import Standing
from accounts.models import CoachRequest


class CoachRequestGivenSerializer(serializers.Serializer[CoachRequest]):
    about = serializers.CharField(max_length=1000, allow_blank=True)


class CoachRequestSerializer(serializers.ModelSerializer[CoachRequest]):
    class Meta:
        model = CoachRequest
        fields = ("about", "state", "created_at", "decided_at")
        read_only_fields = fields


class StandingSerializer(serializers.Serializer[Standing]):
    is_coach = serializers.BooleanField()
    is_open = serializers.BooleanField(help_text="Whoever asks is a coach at once.")
    request = CoachRequestSerializer(allow_null=True)

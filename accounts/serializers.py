from rest_framework import serializers

from accounts.models import User
from accounts.services import PROFILE_FIELDS


class MeSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ("id", "email", *PROFILE_FIELDS, "is_coach", "is_staff")
        read_only_fields = ("id", "email", "is_coach", "is_staff")

from rest_framework import serializers

from accounts.factors.required import lacks_factor
from accounts.models import User
from accounts.services import PROFILE_FIELDS


class MeSerializer(serializers.ModelSerializer[User]):
    """lacks_factor: a second factor has to be set up before anything else."""

    lacks_factor = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "email", *PROFILE_FIELDS, "is_coach", "is_staff", "lacks_factor")
        read_only_fields = ("id", "email", "is_coach", "is_staff")

    def get_lacks_factor(self, user: User) -> bool:
        return lacks_factor(user)

"""What the API takes and tells of links, invitations and looks."""

from datetime import datetime
from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from coach.models import Access, CoachLink, Invitation, Scope
from coach.selectors.invitations import Invited
from coach.selectors.looks import About, Look

MOST_LOOKS: Final = 100
ENDED_BY: Final = [("athlete", "athlete"), ("coach", "coach")]


class ScopesField(serializers.ListField):
    child = serializers.ChoiceField(choices=Scope.choices)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_empty": False, "max_length": len(Scope.values), **options})


class InvitationGivenSerializer(serializers.Serializer[Invitation]):
    scopes = ScopesField()
    email = serializers.EmailField(required=False, allow_blank=True, default="", max_length=254)


class GrantGivenSerializer(serializers.Serializer[CoachLink]):
    scopes = ScopesField()
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class LooksQuerySerializer(serializers.Serializer[Access]):
    before = serializers.IntegerField(required=False, min_value=1)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=MOST_LOOKS, default=50)


class CoachSerializer(serializers.Serializer[User]):
    """The address tells two coaches of the same name apart."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="__str__")
    email = serializers.EmailField()


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    scopes = ScopesField()
    email = serializers.CharField(help_text="Whom it was sent to; empty: nobody.")

    class Meta:
        model = Invitation
        fields = (
            "id", "scopes", "email", "created_at", "expires_at", "accepted_at", "withdrawn_at",
        )  # fmt: skip
        read_only_fields = fields


class InvitationMadeSerializer(serializers.Serializer[Any]):
    invitation = InvitationSerializer()
    code = serializers.CharField(help_text="Told this once.")
    mailed = serializers.BooleanField(allow_null=True, help_text="null: no mail was asked for.")


class GrantSerializer(serializers.ModelSerializer[CoachLink]):
    scopes = ScopesField()

    class Meta:
        model = CoachLink
        fields = ("scopes", "granted_at", "ends_at")
        read_only_fields = fields


class PastGrantSerializer(serializers.ModelSerializer[CoachLink]):
    scopes = ScopesField()
    ended_at = serializers.SerializerMethodField()
    ended_by = serializers.SerializerMethodField(help_text="null: nobody, its time ran out.")

    class Meta:
        model = CoachLink
        fields = ("scopes", "granted_at", "ended_at", "ended_by")
        read_only_fields = fields

    def get_ended_at(self, row: CoachLink) -> datetime | None:
        return row.ended_at or row.ends_at

    @extend_schema_field(serializers.ChoiceField(choices=ENDED_BY, allow_null=True))
    def get_ended_by(self, row: CoachLink) -> str | None:
        if row.ended_by_id is None:
            return None
        return "coach" if row.ended_by_id == row.coach_id else "athlete"


class CoachOfSerializer(serializers.Serializer[Any]):
    coach = CoachSerializer()
    link = GrantSerializer(allow_null=True)
    past = PastGrantSerializer(many=True)
    can_return = serializers.BooleanField(help_text="May be granted again without an invitation.")


class InvitedSerializer(serializers.Serializer[Invited]):
    coach = CoachSerializer(source="invitation.coach")
    scopes = ScopesField(source="invitation.scopes")
    expires_at = serializers.DateTimeField(source="invitation.expires_at")
    own = serializers.BooleanField()
    link = GrantSerializer(allow_null=True)


class AboutSerializer(serializers.Serializer[About]):
    workout = serializers.UUIDField(allow_null=True)
    set = serializers.UUIDField(allow_null=True)
    day = serializers.DateField(allow_null=True)
    exercise = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)


class LookSerializer(serializers.Serializer[Look]):
    id = serializers.IntegerField(source="row.pk")
    at = serializers.DateTimeField(source="row.at")
    coach = CoachSerializer(source="row.coach")
    what = serializers.ChoiceField(source="row.what", choices=Access.What.choices)
    about = AboutSerializer(allow_null=True)


class LooksSerializer(serializers.Serializer[Any]):
    results = LookSerializer(many=True)
    next_before = serializers.IntegerField(allow_null=True)

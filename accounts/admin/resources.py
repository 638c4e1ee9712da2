"""What of users leaves the server as a table: who they are, nothing secret, nothing of training."""

from import_export.resources import ModelResource

from accounts.models import User


class UserResource(ModelResource):  # type: ignore[misc]
    class Meta:
        model = User
        fields = (
            "id", "email", "display_name", "language", "time_zone", "is_active", "is_coach",
            "is_staff", "joined_at", "last_login",
        )  # fmt: skip
        export_order = fields

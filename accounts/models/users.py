"""Who: one table of users, who sign in with their e-mail address."""

import uuid
from typing import Any, ClassVar, Final
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.history import Changes

MIN_KEYPOINTS_DAYS: Final = 7  # a count can be looked at, and disputed, for a week
MAX_KEYPOINTS_DAYS: Final = 3_650  # beyond ten years is for good


def validate_time_zone(name: str) -> None:
    """Raises ValidationError unless name is of the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Use an IANA name such as Europe/Berlin."),
            "time_zone",
            {"name": name},
        )


class UserManager(BaseUserManager["User"]):
    """What Django's own commands expect; everybody else calls `accounts.services`."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    class Units(models.TextChoices):
        METRIC = "metric"
        IMPERIAL = "imperial"

    class Language(models.TextChoices):
        EN = "en", "English"
        DE = "de", "Deutsch"
        ES = "es", "Español"
        ZH = "zh", "简体中文"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    units = models.CharField(max_length=8, choices=Units.choices, default=Units.METRIC)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.EN)
    weekly_goal = models.PositiveSmallIntegerField(
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
        help_text="Workouts a week.",
    )
    keypoints_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_KEYPOINTS_DAYS), MaxValueValidator(MAX_KEYPOINTS_DAYS)],
        help_text="Keypoints older than this are removed, counts stay. Empty: kept for good.",
    )
    shares_for_training = models.BooleanField(
        default=False,
        help_text="Corrected sets may be used, without a name, to make counting better.",
    )
    signed_out_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Sessions from before are over."
    )
    is_coach = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    history = Changes(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once_whatever_its_case",
                violation_error_message=_("There is already an account with this e-mail address."),
            ),
        )

    def __str__(self) -> str:
        return self.display_name or self.email

    def clean(self) -> None:
        self.email = self.email.lower()

    def get_session_auth_hash(self) -> str:
        """What a session must know to be one: another password ends it, and so does an admin who
        signs the user out everywhere."""
        known = super().get_session_auth_hash()
        if self.signed_out_at is None:
            return known
        return salted_hmac(known, self.signed_out_at.isoformat(), algorithm="sha256").hexdigest()

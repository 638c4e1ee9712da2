"""What happened to accounts, for their owners and for admins to read."""

import uuid
from typing import Any, ClassVar, Never

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    SIGNED_UP = "signed_up", "Signed up"
    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "A sign-in failed"
    SIGN_IN_BLOCKED = "sign_in_blocked", "Sign-in paused after too many failures"
    SIGN_IN_UNBLOCKED = "sign_in_unblocked", "Sign-in let go on by an admin"
    SIGNED_OUT = "signed_out", "Signed out"
    SESSIONS_ENDED = "sessions_ended", "Signed out everywhere"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET = "password_reset", "Password reset by mail"
    EMAIL_CHANGED = "email_changed", "E-mail address changed"
    EMAIL_CONFIRMED = "email_confirmed", "E-mail address confirmed"
    FACTOR_ADDED = "factor_added", "Second factor added"
    FACTOR_REMOVED = "factor_removed", "Second factor removed"
    FACTOR_RENEWED = "factor_renewed", "Recovery codes renewed"
    FACTOR_FAILED = "factor_failed", "A second factor was wrong"
    TOKEN_MADE = "token_made", "API token made"
    TOKEN_REVOKED = "token_revoked", "API token revoked"
    EXPORTED = "exported", "Data exported"
    ERASED = "erased", "Account erased"
    CONSENT_GIVEN = "consent_given", "Consent given"
    CONSENT_WITHDRAWN = "consent_withdrawn", "Consent withdrawn"
    ADMIN_ACTION = "admin_action", "An admin changed something"
    PROMOTED = "promoted", "Counting version promoted"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Rows are added and, when old, removed by `accounts.audit.retention`; nothing else."""

    def update(self, **_: Any) -> Never:
        raise TypeError("the audit log is append-only")

    def delete(self) -> Never:
        raise TypeError("the audit log is append-only")

    def remove_before(self, moment: Any) -> int:
        return int(self.filter(at__lt=moment)._raw_delete(self.db))


class AuditEntry(models.Model):
    """by: who did it, None: the server, or nobody who is known. about: to whose account.

    place: the address, shortened to its network. detail: a few words of ours, never what was sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="audit_entries"
    )
    place = models.CharField(max_length=43, blank=True)
    detail = models.CharField(max_length=80, blank=True)

    objects: ClassVar[AuditEntryQuerySet] = AuditEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("about", "-at", "-id"), name="audit_about_newest"),
            models.Index(fields=("-at", "-id"), name="audit_newest"),
            models.Index(fields=("kind", "-at"), name="audit_kind_newest"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the audit log is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:  # noqa: ARG002
        raise TypeError("the audit log is append-only")

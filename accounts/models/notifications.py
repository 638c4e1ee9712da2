"""What a person is told: in the app always, by e-mail and push as they like it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """kind: which sentence a page makes of data. url: the page of ours that it is about.

    actor: whose doing it was; what others were told of somebody goes with them.

    pushed_at, sent_at: when push and mail were done with; empty while a worker still has to.
    claim, claimed_at: of the worker that is writing the mail, so that no other one does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    kind = models.SlugField(max_length=32)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("user", "-created_at", "-id"), name="notification_newest"),
            models.Index(
                fields=("created_at",), name="notification_unsent", condition=Q(sent_at=None)
            ),
            models.Index(
                fields=("created_at",),
                name="notification_unpushed",
                condition=Q(pushed_at=None, read_at=None),
            ),
            models.Index(fields=("-created_at", "-id"), name="notification_newest_of_all"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.user}"


class NotificationSettings(models.Model):
    """Without a row the defaults hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="notification_settings",
    )
    by_mail = models.BooleanField(default=True)
    by_push = models.BooleanField(default=True)
    weekly_digest = models.BooleanField(default=True)
    digest_sent_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "notification settings"
        ordering = ("user",)

    def __str__(self) -> str:
        return f"notifications of {self.user}"


class PushSubscription(models.Model):
    """A browser that shows notifications. key, secret: as the browser made them (RFC 8291).

    sign_in: where it is signed in, none once that has run out.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.URLField(max_length=600, unique=True)
    key = models.CharField(max_length=120)
    secret = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    sign_in = models.ForeignKey(
        "usersessions.UserSession",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="push_subscriptions",
    )

    class Meta:
        ordering = ("user", "-created_at")

    def __str__(self) -> str:
        return f"a browser of {self.user}"

"""Rows as a first tutorial lays them: one a keypoint."""

# ruff: noqa: DJ008

from django.conf import settings
from django.db import models


class NaiveClip(models.Model):
    athlete = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    set_id = models.UUIDField()
    index = models.PositiveIntegerField()


class NaiveFrame(models.Model):
    clip = models.ForeignKey(NaiveClip, on_delete=models.CASCADE, related_name="frames")
    t_ms = models.PositiveIntegerField()


class NaiveKeypoint(models.Model):
    frame = models.ForeignKey(NaiveFrame, on_delete=models.CASCADE, related_name="keypoints")
    x = models.FloatField()
    y = models.FloatField()
    score = models.FloatField()

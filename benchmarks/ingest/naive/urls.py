from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.ingest.naive.models import NaiveClip, NaiveFrame, NaiveKeypoint


class KeypointSerializer(serializers.ModelSerializer[NaiveKeypoint]):
    class Meta:
        model = NaiveKeypoint
        fields = ("x", "y", "score")


class FrameSerializer(serializers.ModelSerializer[NaiveFrame]):
    keypoints = KeypointSerializer(many=True)

    class Meta:
        model = NaiveFrame
        fields = ("t_ms", "keypoints")


class ClipSerializer(serializers.ModelSerializer[NaiveClip]):
    frames = FrameSerializer(many=True)

    class Meta:
        model = NaiveClip
        fields = ("frames",)

    @transaction.atomic  # kinder than most: a commit a row takes longer still
    def create(self, validated_data: Any) -> NaiveClip:
        frames = validated_data.pop("frames")
        clip = NaiveClip.objects.create(**validated_data)
        for frame in frames:
            row = NaiveFrame.objects.create(clip=clip, t_ms=frame["t_ms"])
            for keypoint in frame["keypoints"]:
                NaiveKeypoint.objects.create(frame=row, **keypoint)
        return clip


class ClipApi(APIView):
    def put(self, request: Request, set_id: UUID, index: int) -> Response:
        form = ClipSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        form.save(athlete=request.user, set_id=set_id, index=index)
        return Response(status=202)


urlpatterns = [path("api/sets/<uuid:set_id>/clips/<int:index>", ClipApi.as_view())]

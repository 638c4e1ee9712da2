"""Paths of links: who coaches whom, and how it comes about."""

from django.urls import path

from coach.apis.invitations import InvitationApi, InvitationsApi, InvitedAcceptApi, InvitedApi
from coach.apis.links import AccessLogApi, CoachApi, CoachesApi

links = [
    path("invitations", InvitationsApi.as_view()),
    path("invitations/<uuid:invitation_id>", InvitationApi.as_view()),
    path("invited/<str:code>", InvitedApi.as_view()),
    path("invited/<str:code>/accept", InvitedAcceptApi.as_view()),
    path("coaches", CoachesApi.as_view()),
    path("coaches/<uuid:coach_id>", CoachApi.as_view()),
    path("access-log", AccessLogApi.as_view()),
]

"""Addresses of the roster and of a coach's groups."""

from django.urls import path

from coach.apis.roster import AthleteApi, GroupApi, GroupMembersApi, GroupsApi, RosterApi

roster = [
    path("athletes", RosterApi.as_view()),
    path("athletes/<uuid:athlete_id>", AthleteApi.as_view()),
    path("groups", GroupsApi.as_view()),
    path("groups/<uuid:group_id>", GroupApi.as_view()),
    path("groups/<uuid:group_id>/athletes", GroupMembersApi.as_view()),
]

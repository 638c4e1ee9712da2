"""A coach's private notes about an athlete: of any link, for the coach's own eyes alone."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from coach.apis.base import OfAthlete
from coach.selectors.notes import notes_of
from coach.serializers.athletes import NoteGivenSerializer, NoteSerializer
from coach.services.notes import note_delete, note_put, note_restore
from sessions.apis.base import Api, answers, checked


class AthleteNotesApi(OfAthlete, Api):
    scope = None

    @extend_schema(
        operation_id="athlete_notes", responses=answers(404, _200=NoteSerializer(many=True))
    )
    def get(self, request: Request) -> Response:
        notes = notes_of(coach=self.actor, athlete=self.subject)
        return Response(NoteSerializer(notes, many=True).data)


class AthleteNoteApi(OfAthlete, Api):
    scope = None

    @extend_schema(
        operation_id="athlete_note_put",
        description="New, or with another text. The id is made by the client.",
        request=NoteGivenSerializer,
        responses=answers(400, 404, 409, _200=NoteSerializer),
    )
    def put(self, request: Request, note_id: UUID) -> Response:
        given = checked(NoteGivenSerializer, request)
        note = note_put(coach=self.actor, athlete=self.subject, note_id=note_id, **given)
        return Response(NoteSerializer(note).data)

    @extend_schema(operation_id="athlete_note_delete", responses=answers(404, _204=None))
    def delete(self, request: Request, note_id: UUID) -> Response:
        note_delete(coach=self.actor, athlete=self.subject, note_id=note_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AthleteNoteRestoreApi(OfAthlete, Api):
    scope = None

    @extend_schema(
        operation_id="athlete_note_restore",
        request=None,
        responses=answers(400, 404, _200=NoteSerializer),
    )
    def post(self, request: Request, note_id: UUID) -> Response:
        note = note_restore(coach=self.actor, athlete=self.subject, note_id=note_id)
        return Response(NoteSerializer(note).data)

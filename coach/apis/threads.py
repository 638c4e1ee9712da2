"""Comments on a set. The athlete's own views; `athlete_threads` has them for a coach."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import NO_TOKENS
from coach.apis.base import Unkept
from coach.selectors.threads import (
    coaches_answering,
    thread_get,
    threads_of_set,
    threads_page,
    unread_threads,
)
from coach.serializers.threads import (
    MessageTextSerializer,
    ThreadBeginSerializer,
    ThreadReadSerializer,
    ThreadSerializer,
    ThreadsOfSetSerializer,
    ThreadsPageSerializer,
    ThreadsQuerySerializer,
)
from coach.services.threads import (
    Place,
    message_add,
    message_delete,
    message_edit,
    message_restore,
    thread_begin,
    thread_read,
)
from sessions.apis.base import answers, asked, checked
from sessions.selectors.sets import own_set


class ThreadApiBase(Unkept):
    def place(self, set_id: UUID, thread_id: UUID) -> Place:
        return Place(self.actor, self.subject, set_id, thread_id)

    def told(self, thread_id: UUID) -> Response:
        thread = thread_get(actor=self.actor, athlete=self.subject, thread_id=thread_id)
        return Response(ThreadSerializer(thread, context={"actor": self.actor}).data)


class ThreadsApi(ThreadApiBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="threads",
        description="The inbox, newest first.",
        parameters=[ThreadsQuerySerializer],
        responses=answers(400, _200=ThreadsPageSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(ThreadsQuerySerializer, request)
        rows, next_before = threads_page(
            actor=self.actor,
            athlete=self.subject,
            unread=query["unread"],
            before=query.get("before"),
            limit=query["limit"],
        )
        unread = unread_threads(actor=self.actor, athlete=self.subject)
        page = {"results": rows, "next_before": next_before, "unread": unread}
        return Response(ThreadsPageSerializer(page, context={"actor": self.actor}).data)


class SetThreadsApi(ThreadApiBase):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="set_threads", responses=answers(404, _200=ThreadsOfSetSerializer))
    def get(self, request: Request, set_id: UUID) -> Response:
        own_set(actor=self.subject, set_id=set_id)
        is_coach = self.actor.pk != self.subject.pk
        told = {
            "threads": threads_of_set(actor=self.actor, athlete=self.subject, set_id=set_id),
            "coaches": [] if is_coach else coaches_answering(athlete=self.subject),
        }
        return Response(ThreadsOfSetSerializer(told, context={"actor": self.actor}).data)


class ThreadApi(ThreadApiBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="thread_begin",
        description="Begins a thread with its first message. Both ids are made by the client, so "
        "that this may be sent again.",
        request=ThreadBeginSerializer,
        responses=answers(400, 404, 409, _200=ThreadSerializer),
    )
    def put(self, request: Request, set_id: UUID, thread_id: UUID) -> Response:
        given = checked(ThreadBeginSerializer, request)
        first = given.pop("message")
        thread_begin(
            place=self.place(set_id, thread_id),
            coach_id=given.pop("coach"),
            message_id=first["id"],
            text=first["text"],
            **given,
        )
        return self.told(thread_id)


class ThreadReadApi(ThreadApiBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="thread_read",
        request=ThreadReadSerializer,
        responses=answers(400, 404, _200=ThreadSerializer),
    )
    def post(self, request: Request, set_id: UUID, thread_id: UUID) -> Response:
        until = checked(ThreadReadSerializer, request)["until"]
        thread_read(place=self.place(set_id, thread_id), until=until)
        return self.told(thread_id)


class MessageApi(ThreadApiBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="message_add",
        description="The id is made by the client, so that this may be sent again.",
        request=MessageTextSerializer,
        responses=answers(400, 404, 409, 429, _200=ThreadSerializer),
    )
    def put(self, request: Request, set_id: UUID, thread_id: UUID, message_id: UUID) -> Response:
        text = checked(MessageTextSerializer, request)["text"]
        message_add(place=self.place(set_id, thread_id), message_id=message_id, text=text)
        return self.told(thread_id)

    @extend_schema(
        operation_id="message_edit",
        request=MessageTextSerializer,
        responses=answers(400, 404, _200=ThreadSerializer),
    )
    def patch(self, request: Request, set_id: UUID, thread_id: UUID, message_id: UUID) -> Response:
        text = checked(MessageTextSerializer, request)["text"]
        message_edit(place=self.place(set_id, thread_id), message_id=message_id, text=text)
        return self.told(thread_id)

    @extend_schema(operation_id="message_delete", responses=answers(404, _200=ThreadSerializer))
    def delete(self, request: Request, set_id: UUID, thread_id: UUID, message_id: UUID) -> Response:
        message_delete(place=self.place(set_id, thread_id), message_id=message_id)
        return self.told(thread_id)


class MessageRestoreApi(ThreadApiBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="message_restore",
        request=None,
        responses=answers(400, 404, _200=ThreadSerializer),
    )
    def post(self, request: Request, set_id: UUID, thread_id: UUID, message_id: UUID) -> Response:
        message_restore(place=self.place(set_id, thread_id), message_id=message_id)
        return self.told(thread_id)

"""What the API is given and tells of threads. Texts that were deleted are not told to anybody."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from coach.models import Message
from coach.selectors.threads import Told
from models.clip import MAX_SPAN_MS, MAX_START_MS

MAX_TEXT = 2000


class MessageTextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=MAX_TEXT)


class FirstMessageSerializer(MessageTextSerializer):
    id = serializers.UUIDField()


class ThreadBeginSerializer(serializers.Serializer[Any]):
    coach = serializers.UUIDField(
        allow_null=True, default=None, help_text="Whom an athlete writes to; not told by a coach."
    )
    t_ms = serializers.IntegerField(
        min_value=0,
        max_value=MAX_START_MS + MAX_SPAN_MS,
        allow_null=True,
        default=None,
        help_text="The moment of the replay; null: the set as a whole.",
    )
    rep_start_ms = serializers.IntegerField(
        min_value=0,
        max_value=MAX_START_MS + MAX_SPAN_MS,
        allow_null=True,
        default=None,
        help_text="Of the repetition that is meant; it needs t_ms as well.",
    )
    message = FirstMessageSerializer()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["rep_start_ms"] is not None and attrs["t_ms"] is None:
            raise serializers.ValidationError(
                {"t_ms": _("A repetition needs a moment: give t_ms.")}
            )
        return attrs


class ThreadReadSerializer(serializers.Serializer[Any]):
    until = serializers.DateTimeField(help_text="`created_at` of the newest message that was seen.")


class ThreadsQuerySerializer(serializers.Serializer[Any]):
    unread = serializers.BooleanField(default=False, help_text="Only those with something new.")
    before = serializers.UUIDField(required=False, help_text="`next_before` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=30)


class PersonSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.SerializerMethodField()

    def get_name(self, person: User) -> str:
        return str(person)


class MessageSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    mine = serializers.SerializerMethodField()
    author = serializers.SerializerMethodField(help_text="A name.")
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)

    def get_mine(self, row: Message) -> bool:
        return bool(row.author_id == self.context["actor"].pk)

    def get_author(self, row: Message) -> str:
        return str(row.author)


class ThreadSerializer(serializers.Serializer[Told]):
    """Needs the actor in its context."""

    id = serializers.UUIDField(source="row.id")
    set = serializers.UUIDField(source="row.set_id")
    workout = serializers.UUIDField(source="row.set.workout_id")
    exercise = serializers.SerializerMethodField(help_text="A slug, “unknown” or null.")
    t_ms = serializers.IntegerField(source="row.t_ms", allow_null=True)
    rep_start_ms = serializers.IntegerField(source="row.rep_start_ms", allow_null=True)
    coach = PersonSerializer(source="row.coach")
    other = serializers.SerializerMethodField(help_text="The name of the other one.")
    created_at = serializers.DateTimeField(source="row.created_at")
    last_at = serializers.DateTimeField(source="row.last_at")
    open = serializers.BooleanField(help_text="False: nobody would answer, the link has ended.")
    unread = serializers.IntegerField(help_text="Messages of the other one since the last look.")
    seen_at = serializers.DateTimeField(
        allow_null=True, help_text="Up to when the other one has read."
    )
    message_count = serializers.IntegerField()
    messages = MessageSerializer(many=True)

    def get_exercise(self, told: Told) -> str | None:
        return told.row.set.final_exercise or told.row.set.exercise_chosen_id

    def get_other(self, told: Told) -> str:
        is_coach = told.actor.pk == told.row.coach_id
        return str(told.row.athlete if is_coach else told.row.coach)


class ThreadsOfSetSerializer(serializers.Serializer[Any]):
    threads = ThreadSerializer(many=True)
    coaches = PersonSerializer(
        many=True, help_text="To whom the athlete may write now; of a coach's question, nobody."
    )


class ThreadsPageSerializer(serializers.Serializer[Any]):
    """Of each thread, `messages` has the newest alone."""

    results = ThreadSerializer(many=True)
    next_before = serializers.UUIDField(allow_null=True)
    unread = serializers.IntegerField(help_text="Threads with something new.")

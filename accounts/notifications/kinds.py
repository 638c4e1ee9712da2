"""What there is to be told of, and what its `data` has to say."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """data has `by`, the name of who did it, and what is told behind the dash."""

    COMMENT = "comment", "Somebody wrote about a set – exercise (slug or null)"
    COACH_JOINED = "coach_joined", "An athlete accepted an invitation"
    LINK_ENDED = "link_ended", "The other one ended the link"
    PLAN_ASSIGNED = (
        "plan_assigned",
        "A coach gave a plan – title, slug (of a built-in one, or null)",
    )
    PLAN_CHANGED = "plan_changed", "A coach changed a plan – title, slug"
    CORRECTED = "corrected", "A coach corrected a set – exercise (slug or null)"
    COACH_REQUEST_DECIDED = "coach_request_decided", "An admin decided – granted (true, false)"
    EXERCISE_SHARED = "exercise_shared", "A coach shared an exercise of their own – title"

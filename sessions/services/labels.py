"""Writes about labels: what a reviewer thinks of a correction."""

from django.utils import timezone

from accounts.models import User
from sessions.models import Correction, LabelReview


def label_review(
    *, correction: Correction, state: LabelReview.State, reviewer: User, note: str | None = None
) -> LabelReview:
    """Accepts or rejects; the last word stands, and a note stays until another is given."""
    decided = {"state": state, "reviewer": reviewer, "decided_at": timezone.now()}
    if note is not None:
        decided["note"] = note
    review, _ = LabelReview.objects.update_or_create(correction=correction, defaults=decided)
    return review


def label_reopen(*, correction: Correction) -> bool:
    """Back into the queue; whether it was out of it."""
    return LabelReview.objects.filter(correction=correction).delete()[0] > 0

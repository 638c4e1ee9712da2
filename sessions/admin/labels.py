"""Corrections as a queue of labels: what the machine said, what a person said, who is right.

Figures alone are shown. A reviewer who is the athlete's coach and may see replays gets a link to
the coach's own page, where the look is written to the athlete's log (docs/decisions/0025).
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.admin.base import ReadOnly, Record, acting_admin
from sessions import hooks
from sessions.models import Correction, LabelReview
from sessions.services.labels import label_reopen, label_review

_OPEN = "open"


class StateFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(_OPEN, _OPEN), *LabelReview.State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == _OPEN:
            return queryset.filter(review=None, undone_at=None)
        return queryset.filter(review__state=self.value()) if self.value() else queryset


@admin.register(Correction)
class CorrectionAdmin(ReadOnly):
    list_display = (
        "said", "exercise_found", "counted", "review_state", "author", "created_at", "undone_at",
    )  # fmt: skip
    list_filter = (
        StateFilter,
        "kind",
        "set__exercise",
        "set__model_version",
        ("undone_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("set", "exercise", "author", "review")
    search_fields = ("=id", "=set__id", "set__workout__athlete__email", "author__email")
    date_hierarchy = "created_at"
    actions = ("accept", "reject", "reopen")
    fields = (
        "set", "kind", "exercise_found", "counted", "said", "author", "created_at", "undone_at",
        "review_state", "note", "replay",
    )  # fmt: skip
    readonly_fields = fields

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("workouts.change_labelreview")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        self.reviewer = acting_admin(request)
        return self.fields

    @admin.action(description="Accept as labels", permissions=["review"])
    def accept(self, request: HttpRequest, chosen: QuerySet[Correction]) -> None:
        self._review(request, chosen, LabelReview.State.ACCEPTED)

    @admin.action(description="Reject", permissions=["review"])
    def reject(self, request: HttpRequest, chosen: QuerySet[Correction]) -> None:
        self._review(request, chosen, LabelReview.State.REJECTED)

    @admin.action(description="Put back into the queue", permissions=["review"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[Correction]) -> None:
        done = sum(label_reopen(correction=one) for one in chosen)
        messages.success(request, f"{done} back in the queue.")

    def _review(
        self, request: HttpRequest, chosen: QuerySet[Correction], state: LabelReview.State
    ) -> None:
        reviewer = acting_admin(request)
        live = list(chosen.filter(undone_at=None))
        for one in live:
            label_review(correction=one, state=state, reviewer=reviewer)
            self.log_change(request, one, state.label)
        messages.success(request, f"{len(live)} {state.value}.")
        if taken_back := chosen.count() - len(live):
            messages.warning(request, f"{taken_back} were taken back by their author.")

    @admin.display(description="machine's exercise", ordering="set__exercise")
    def exercise_found(self, one: Correction) -> str:
        return one.set.exercise or "nothing"

    @admin.display(description="machine's count", ordering="set__rep_count")
    def counted(self, one: Correction) -> int:
        return one.set.rep_count

    @admin.display(description="person")
    def said(self, one: Correction) -> str:
        if one.kind == Correction.Kind.COUNT:
            return f"{one.rep_count} repetitions"
        if one.kind == Correction.Kind.EXERCISE:
            return str(one.exercise_id)
        what = "no repetition" if one.kind == Correction.Kind.NOT_A_REP else "a repetition"
        return f"{what} at {(one.start_ms or 0) / 1000:.1f} s"

    @admin.display(description="review", ordering="review__state")
    def review_state(self, one: Correction) -> str:
        review = _review_of(one)
        return _OPEN if review is None else review.state

    @admin.display(description="note")
    def note(self, one: Correction) -> str:
        review = _review_of(one)
        return "" if review is None else review.note

    @admin.display(description="replay")
    def replay(self, one: Correction) -> str:
        address = hooks.replay_address(self.reviewer, one.set)
        if address is None:
            return "Only for coaches to whom the athlete has granted it."
        return format_html('<a href="{}">Look at it as their coach</a>', address)


def _review_of(one: Correction) -> LabelReview | None:
    return getattr(one, "review", None)


@admin.register(LabelReview)
class LabelReviewAdmin(Record):
    list_display = ("correction", "state", "reviewer", "decided_at", "note")
    list_filter = ("state", ("reviewer", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("correction", "reviewer")
    search_fields = ("=correction__id", "reviewer__email", "note")
    date_hierarchy = "decided_at"
    fields = ("correction", "state", "reviewer", "decided_at", "note")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("workouts.change_labelreview")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The note alone is for writing."""
        return ("correction", "state", "reviewer", "decided_at")

"""What admins of every room are made of."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import cached_property

from accounts.models import User


class CountedUpTo(Paginator):  # type: ignore[type-arg]
    """Pages of the first `most` rows. Counting millions takes seconds and helps nobody: whoever
    looks for something older filters."""

    most = 10_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: self.most].count())


class Large:
    """Of a table of millions of rows: nothing that a list shows needs all of them.

    Such a list is ordered by an index, has no date hierarchy (it asks for every date there is) and
    no filter over whatever values a column happens to have.
    """

    paginator: Any = CountedUpTo
    show_full_result_count = False


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that the product makes: to look at and, for their owner's sake, to delete."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Record(ReadOnly):
    """Rows that say what happened: nobody takes them away by hand."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ChangeAdmin(Record):
    """Rows of history, of all things of one kind; the history of one thing is on its page.

    named_by: the column that tells which of them a row is about.
    """

    named_by = "pk"

    list_display = (
        "history_date",
        "history_object_name",
        "history_type",
        "history_user",
    )
    list_filter: ClassVar[Any] = ("history_type",)
    list_select_related: ClassVar[Any] = ("history_user",)
    search_fields: ClassVar[Any] = ("history_user__email", "history_change_reason")
    date_hierarchy = "history_date"

    @admin.display(description="of")
    def history_object_name(self, row: Any) -> str:
        return str(getattr(row, self.named_by))


def acting_admin(request: HttpRequest) -> User:
    """Who is signed in; admin's pages let nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("acting_admin needs a page of admin")
    return request.user

"""Statements that are prepared once: what they answer, together or alone, and how they fail."""

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.statements import Statement, all_of, can_prepare, is_among, together

pytestmark = [
    pytest.mark.engines,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("on_postgres"),
]
NUMBERS = Statement("SELECT n FROM unnest(%b::int[]) AS n WHERE n > %s ORDER BY n")


def by_address() -> "QuerySet[User, tuple[str]]":
    which = User.objects.filter(is_among("accounts_user.id"), is_active=True)
    return which.order_by("email").values_list("email")


def test_words_are_asked_with_what_is_given() -> None:
    assert can_prepare()
    assert NUMBERS.ask([3, 1, 2], 1).fetchall() == [(2,), (3,)]
    assert NUMBERS.ask([], 1).fetchall() == []


def test_a_queryset_is_put_into_words_once() -> None:
    ada, eve, bob = (User.objects.create_user(f"{name}@example.org") for name in ("ada", "e", "b"))
    made: list[int] = []

    def rows() -> "QuerySet[User, tuple[str]]":
        made.append(1)
        return by_address()

    people = Statement(rows)
    assert people.ask([ada.pk, eve.pk]).fetchall() == [("ada@example.org",), ("e@example.org",)]
    assert people.ask([bob.pk]).fetchall() == [("b@example.org",)]
    assert made == [1]


def test_several_are_answered_in_one_go_and_see_what_was_written_before() -> None:
    ada = User.objects.create_user("ada@example.org")
    people, name = Statement(by_address), Statement("UPDATE accounts_user SET email = %s")
    with transaction.atomic(), together():
        name.ask("new@example.org")
        assert all_of(people.ask([ada.pk]), NUMBERS.ask([5], 1)) == [[("new@example.org",)], [(5,)]]


def test_errors_are_those_of_django() -> None:
    wrong = Statement("SELECT nothing FROM nowhere")
    with pytest.raises(ProgrammingError):
        wrong.ask()
    with pytest.raises(ProgrammingError), together():
        all_of(wrong.ask())
    assert NUMBERS.ask([5], 1).fetchall() == [(5,)]


def test_a_connection_that_was_lost_is_told_and_made_anew() -> None:
    NUMBERS.ask([5], 1)
    connection.connection.close()
    with pytest.raises(OperationalError):
        NUMBERS.ask([5], 1)
    connection.close()
    assert NUMBERS.ask([5], 1).fetchall() == [(5,)]

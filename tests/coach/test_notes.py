"""Private notes: of the coach who wrote them, as long as the link holds."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from coach.models import CoachNote
from coach.services import notes
from coach.services.links import end_link, grant_link
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db


def a_coach(name: str, *athletes: Athlete) -> Athlete:
    coach = Athlete(User.objects.create_user(f"{name}@example.org", is_coach=True))
    for athlete in athletes:
        grant_link(athlete=athlete.user, coach=coach.user, scopes=["live"])
    return coach


def write(coach: Athlete, about: Athlete, text: str, note: Any = None) -> Any:
    path = f"athletes/{about.user.id}/notes/{note or uuid4()}"
    return coach.call("PUT", path, {"text": text})


def read(coach: Athlete, about: Athlete) -> list[str]:
    return [note["text"] for note in coach.get(f"athletes/{about.user.id}/notes")]


def test_only_the_one_who_wrote_it_reads_it(ada: Athlete) -> None:
    tom, kim = a_coach("tom", ada), a_coach("kim", ada)
    assert write(tom, ada, "Left knee, old injury").status_code == 200
    assert (read(tom, ada), read(kim, ada)) == (["Left knee, old injury"], [])
    assert ada.call("GET", f"athletes/{ada.user.id}/notes").status_code == 404


def test_a_note_can_be_rewritten_deleted_and_brought_back(ada: Athlete) -> None:
    tom, note = a_coach("tom", ada), uuid4()
    write(tom, ada, "Firt", note)
    write(tom, ada, "First", note)
    path = f"athletes/{ada.user.id}/notes/{note}"
    assert tom.call("DELETE", path).status_code == 204
    assert read(tom, ada) == []
    assert write(tom, ada, "Second", note).status_code == 404
    assert tom.call("POST", f"{path}/restore").json()["text"] == "First"
    assert read(tom, ada) == ["First"]


def test_with_the_link_the_notes_are_out_of_sight(ada: Athlete) -> None:
    tom = a_coach("tom", ada)
    write(tom, ada, "First")
    link = tom.user.links_as_coach.get()
    end_link(link=link, acting=ada.user)
    assert tom.call("GET", f"athletes/{ada.user.id}/notes").status_code == 404
    assert write(tom, ada, "Second").status_code == 404


def test_an_id_of_another_note_is_not_taken(ada: Athlete, eve: Athlete) -> None:
    tom, kim, note = a_coach("tom", ada, eve), a_coach("kim", ada), uuid4()
    write(tom, ada, "First", note)
    assert write(kim, ada, "Mine", note).status_code == 404
    assert write(tom, eve, "Hers", note).status_code == 404
    assert tom.call("DELETE", f"athletes/{eve.user.id}/notes/{note}").status_code == 404
    assert CoachNote.objects.get().text == "First"


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, None])
def test_a_refusal_names_the_field(ada: Athlete, text: Any) -> None:
    answer = write(a_coach("tom", ada), ada, text)
    assert answer.status_code == 400
    assert "text" in errors(answer)


def test_there_is_an_end_to_notes(ada: Athlete, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    tom, note = a_coach("tom", ada), uuid4()
    assert write(tom, ada, "First", note).status_code == 200
    assert write(tom, ada, "Second").status_code == 409
    assert write(tom, ada, "First, better", note).status_code == 200


def test_asking_twice_changes_nothing_more(ada: Athlete) -> None:
    tom, note = a_coach("tom", ada), uuid4()
    write(tom, ada, "First", note)
    changed = CoachNote.objects.get().changed_at
    write(tom, ada, "First", note)
    assert CoachNote.objects.get().changed_at == changed
    path = f"athletes/{ada.user.id}/notes/{note}"
    tom.call("DELETE", path)
    deleted = CoachNote.objects.get().deleted_at
    assert tom.call("DELETE", path).status_code == 204
    assert CoachNote.objects.get().deleted_at == deleted
    for _ in range(2):
        assert tom.call("POST", f"{path}/restore").json()["text"] == "First"
    unknown = f"athletes/{ada.user.id}/notes/{uuid4()}"
    assert tom.call("DELETE", unknown).status_code == 404

"""What was agreed to, when and in which words; asked again where they changed; taken back."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.consents import words
from accounts.consents.services import consent_give, consent_withdraw
from accounts.models import AuditEntry, Consent, Kind, User
from sessions.models import Clip, WorkoutSet
from sessions.retention import remove_old_keypoints
from tests.workouts.builders import START, Athlete, clips, set_body, squats, standing
from tests.workouts.conftest import Queue, athlete, catalogue, queue  # noqa: F401

SIGN_UP = "/_allauth/browser/v1/auth/signup"
VERSION = words.current("movement")
GOOD = list(clips(standing(60)))


def told(athlete: Athlete, document: str = "movement") -> Any:  # noqa: F811
    return {one["document"]: one for one in athlete.get("consents")}[document]


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The text of today and one of tomorrow."""
    for path in words.FOLDER.glob("*.txt"):
        (tmp_path / path.name).write_text(path.read_text())
    (tmp_path / "movement.2099-01.en.txt").write_text("Something else.")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    monkeypatch.setattr(words, "versions", words.versions.__wrapped__)
    monkeypatch.setattr(words, "text", words.text.__wrapped__)
    return "2099-01"


def test_every_text_is_there_in_every_language() -> None:
    for document, versions in words.versions().items():
        assert versions, document
        for version in versions:
            texts = {words.text(document, version, language) for language in User.Language.values}
            assert len(texts) == len(User.Language.values)
    with pytest.raises(KeyError):
        words.text("movement", "1999-01", "en")


def test_who_signs_up_agrees_to_what_the_page_showed(db: None, client: Client) -> None:
    account = {"email": "new@example.org", "password": "three calm otters"}
    old = client.post(SIGN_UP, {**account, "consent": "1999-01"}, "application/json")
    assert old.status_code == 400
    assert not User.objects.exists()
    answer = client.post(
        SIGN_UP, {**account, "consent": VERSION}, "application/json", HTTP_ACCEPT_LANGUAGE="de"
    )
    assert answer.status_code == 200, answer.content
    given = Consent.objects.get()
    assert (given.document, given.version, given.language) == ("movement", VERSION, "de")
    assert given.user.email == "new@example.org"


def test_who_was_never_asked_is_asked_and_trains_on(athlete: Athlete) -> None:  # noqa: F811
    assert told(athlete)["due"]
    assert not told(athlete, "training")["due"]
    athlete.start_workout()
    answer = athlete.call("PUT", "consents/movement", {"version": VERSION})
    assert answer.status_code == 200
    after = told(athlete)
    assert not after["due"]
    assert after["agreed"]["text"] == after["text"]
    athlete.call("PUT", "consents/movement", {"version": VERSION})
    assert Consent.objects.count() == 1
    [entry] = AuditEntry.objects.filter(kind=Kind.CONSENT_GIVEN)
    assert entry.detail == f"movement@{VERSION}"


def test_a_text_that_changed_is_asked_again_and_the_old_one_kept(
    athlete: Athlete,  # noqa: F811
    newer: str,
) -> None:
    now = timezone.now()
    old = Consent.objects.create(
        user=athlete.user, document="movement", version=VERSION, language="en", agreed_at=now
    )
    asked = told(athlete)
    assert asked["due"]
    assert asked["text"] == "Something else."
    assert "Your video stays" in asked["agreed"]["text"]
    athlete.start_workout()  # being asked is no reason to lose a workout
    stale = athlete.call("PUT", "consents/movement", {"version": VERSION})
    assert stale.status_code == 400
    assert stale.json()["error"]["fields"][0]["field"] == "version"
    athlete.call("PUT", "consents/movement", {"version": newer})
    old.refresh_from_db()
    assert old.ended_at is not None
    assert told(athlete)["agreed"]["version"] == newer


def test_who_takes_it_back_is_stored_no_more(
    athlete: Athlete,  # noqa: F811
    queue: Queue,  # noqa: F811
) -> None:
    athlete.call("PUT", "consents/movement", {"version": VERSION})
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(2)))
    queue.run()
    count = WorkoutSet.objects.get(pk=set_id).rep_count
    assert count == 2
    assert athlete.call("DELETE", "consents/movement").status_code == 200
    assert told(athlete)["withdrawn"]
    body = {"started_at": (START + timedelta(days=1)).isoformat(), "time_zone": "UTC"}
    refused = athlete.call("PUT", "workouts/2f1c36e1-40c3-4934-97c8-2d8c61077e5e", body)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "consent_withdrawn"
    remove_old_keypoints()
    assert not Clip.objects.exists()
    assert WorkoutSet.objects.get(pk=set_id).rep_count == count
    athlete.call("PUT", "consents/movement", {"version": VERSION})
    athlete.start_workout()
    assert Consent.objects.filter(ended_at=None).count() == 1


def test_a_set_that_has_begun_takes_no_more(athlete: Athlete) -> None:  # noqa: F811
    """What is sent again is answered as before; what is new waits for another consent."""
    athlete.call("PUT", "consents/movement", {"version": VERSION})
    workout = athlete.start_workout()
    set_id = athlete.start_set(workout)
    assert athlete.send(set_id, 0, GOOD[0]).status_code == 202
    athlete.call("DELETE", "consents/movement")
    assert athlete.send(set_id, 0, GOOD[0]).json()["duplicate"]
    for refused in (
        athlete.send(set_id, 1, GOOD[1]),
        athlete.call("PUT", f"sets/{uuid4()}", set_body(workout, None)),
    ):
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "consent_withdrawn"
        assert "Your data" in refused.json()["error"]["message"]
    assert Clip.objects.count() == WorkoutSet.objects.count() == 1
    athlete.call("PUT", "consents/movement", {"version": VERSION})
    assert athlete.send(set_id, 1, GOOD[1]).status_code == 202


def test_the_profile_s_switch_is_the_consent_to_sharing(athlete: Athlete) -> None:  # noqa: F811
    athlete.call("PATCH", "me", {"shares_for_training": True})
    assert told(athlete, "training")["agreed"]["version"] == words.current("training")
    athlete.call("DELETE", "consents/training")
    assert athlete.get("me")["shares_for_training"] is False
    athlete.call("PUT", "consents/training", {"version": words.current("training")})
    assert athlete.get("me")["shares_for_training"] is True
    athlete.call("PATCH", "me", {"shares_for_training": False})
    assert told(athlete, "training")["withdrawn"]


def test_switch_and_consent_stay_one_where_a_page_knew_them_from_before(
    athlete: Athlete,  # noqa: F811
) -> None:
    """Two pages ask at once: each has read the person before the other one wrote."""
    first, second = (User.objects.get(pk=athlete.user.pk) for _ in range(2))
    given = {"document": "training", "version": words.current("training"), "language": "en"}
    consent_give(user=first, **given)
    consent_withdraw(user=second, document="training")
    assert not User.objects.get().shares_for_training
    consent_give(user=first, **given)
    assert User.objects.get().shares_for_training


def test_a_stranger_reads_the_texts(db: None, client: Client) -> None:
    [movement, training] = client.get("/api/consents").json()
    assert "17 points" in movement["text"]
    assert movement["agreed"] is training["agreed"] is None


def test_there_is_no_other_text(athlete: Athlete) -> None:  # noqa: F811
    assert athlete.call("PUT", "consents/cookies", {"version": "1"}).status_code == 404
    assert athlete.call("DELETE", "consents/cookies").status_code == 404


def test_an_export_tells_what_was_agreed_to(athlete: Athlete) -> None:  # noqa: F811
    athlete.call("PUT", "consents/movement", {"version": VERSION})
    athlete.call("DELETE", "consents/movement")
    body = b"".join(athlete.client.get("/api/export").streaming_content)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        [consent] = json.loads(archive.read("consents.json"))
        account = json.loads(archive.read("account.json"))
    assert consent["text"].startswith("Your video stays")
    assert consent["ended_at"] is not None
    assert {"consent_given", "consent_withdrawn"} <= {line["kind"] for line in account}

"""Invitations: one code, one athlete, once; nobody learns who has an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.addresses import place_of
from accounts.models import Notification, User
from coach import throttles
from coach.codes import ALPHABET, digest_of, new_code
from coach.expired import invitations_forget
from coach.models import CoachLink, Invitation
from coach.services import invitations
from coach.services.links import end_link, grant_link
from tests.coach.people import a_coach
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db
ASKED = {"scopes": ["results", "replay"]}


@pytest.fixture
def tom(programmes: None) -> Athlete:
    return a_coach()


def invite(coach: Athlete, **given: Any) -> str:
    made = coach.call("POST", "invitations", ASKED | given)
    assert made.status_code == 201, made.content
    return str(made.json()["code"])


def accept(athlete: Athlete, code: str, **given: Any) -> Any:
    return athlete.call("POST", f"invited/{code}/accept", {"scopes": ["results"]} | given)


def test_the_athlete_sees_who_asks_and_for_what_and_grants_less(ada: Athlete, tom: Athlete) -> None:
    code = invite(tom)
    told = ada.get(f"invited/{code}")
    assert told["coach"]["email"] == "tom@example.org"
    assert (told["scopes"], told["own"], told["link"]) == (ASKED["scopes"], False, None)
    ends_at = (timezone.now() + timedelta(days=90)).replace(microsecond=0)
    granted = accept(ada, code, ends_at=ends_at.isoformat())
    assert granted.json()["link"]["scopes"] == ["results"]
    assert CoachLink.objects.get().ends_at == ends_at
    news = Notification.objects.get(user=tom.user)
    assert (news.kind, news.url) == ("coach_joined", f"/coach/athletes/{ada.user.pk}")


def test_only_the_digest_is_kept(tom: Athlete) -> None:
    code = invite(tom)
    row = Invitation.objects.values().get()
    assert code not in str(row)
    assert row["digest"] == digest_of(code)
    [listed] = tom.get("invitations")
    assert "code" not in listed
    assert "digest" not in listed


def test_a_code_has_80_bits_and_is_read_as_it_was_meant() -> None:
    code = new_code()
    assert len(code.replace("-", "")) * 5 == 80
    assert set(code) <= {*ALPHABET, "-"}
    assert digest_of("4T7K-9QXE-M0RB-1ZVA") == digest_of(" 4t7k9qxe morb iZVA ")
    assert len({new_code() for _ in range(1000)}) == 1000


def test_one_accepts_and_nobody_after(ada: Athlete, eve: Athlete, tom: Athlete) -> None:
    code = invite(tom)
    assert accept(ada, code).status_code == 200
    assert accept(eve, code).status_code == 404
    assert eve.call("GET", f"invited/{code}").status_code == 404
    assert CoachLink.objects.get().athlete == ada.user


def test_sent_again_it_changes_nothing(ada: Athlete, tom: Athlete) -> None:
    code = invite(tom)
    accept(ada, code)
    again = accept(ada, code, scopes=["live"])
    assert again.status_code == 200
    assert again.json()["link"]["scopes"] == ["results"]
    assert CoachLink.objects.count() == Notification.objects.count() == 1


def test_a_used_code_does_not_bring_back_what_was_ended(ada: Athlete, tom: Athlete) -> None:
    code = invite(tom)
    accept(ada, code)
    end_link(link=CoachLink.objects.get(), acting=tom.user)
    assert accept(ada, code).status_code == 404


@pytest.mark.parametrize("why", ["unknown", "used", "old", "withdrawn", "no coach", "locked out"])
def test_whatever_is_wrong_the_answer_is_the_same(
    why: str, ada: Athlete, eve: Athlete, tom: Athlete
) -> None:
    code = invite(tom)
    rows = Invitation.objects.all()
    match why:
        case "unknown":
            rows.delete()
        case "used":
            accept(eve, code)
        case "old":
            then = timezone.now() - timedelta(days=8)
            rows.update(created_at=then, expires_at=then + timedelta(days=7))
        case "withdrawn":
            assert tom.call("DELETE", f"invitations/{rows.get().pk}").status_code == 204
        case "no coach":
            User.objects.filter(pk=tom.user.pk).update(is_coach=False)
        case "locked out":
            User.objects.filter(pk=tom.user.pk).update(is_active=False)
    for answer in (ada.call("GET", f"invited/{code}"), accept(ada, code)):
        assert answer.status_code == 404
        assert answer.json()["error"]["message"].startswith("This invitation does not work.")
    assert not CoachLink.objects.filter(athlete=ada.user).exists()


def test_nobody_accepts_their_own(tom: Athlete) -> None:
    code = invite(tom)
    assert tom.get(f"invited/{code}")["own"] is True
    assert accept(tom, code).status_code == 400


def test_a_wrong_grant_leaves_the_code_for_a_right_one(ada: Athlete, tom: Athlete) -> None:
    code = invite(tom)
    past = (timezone.now() - timedelta(days=1)).isoformat()
    assert "before it begins" in errors(accept(ada, code, ends_at=past))["ends_at"]
    assert errors(accept(ada, code, scopes=[])) != {}
    assert accept(ada, code).status_code == 200


def test_others_invitations_do_not_exist(tom: Athlete) -> None:
    invite(tom)
    other = a_coach("una")
    assert other.get("invitations") == []
    row = Invitation.objects.get()
    assert other.call("DELETE", f"invitations/{row.pk}").status_code == 404


def test_only_coaches_invite(ada: Athlete) -> None:
    assert ada.call("POST", "invitations", ASKED).status_code == 403
    assert ada.call("GET", "invitations").status_code == 403


def test_there_is_a_limit_and_the_way_out_is_told(
    tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_OPEN", 2)
    invite(tom)
    invite(tom)
    refused = tom.call("POST", "invitations", ASKED)
    assert refused.status_code == 409
    assert "Withdraw one" in refused.json()["error"]["message"]
    tom.call("DELETE", f"invitations/{tom.get('invitations')[0]['id']}")
    invite(tom)


def test_mails_have_a_limit_that_withdrawing_does_not_lift(
    tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MAILS_A_DAY", 1)
    invite(tom, email="new@example.org")
    tom.call("DELETE", f"invitations/{tom.get('invitations')[0]['id']}")
    assert tom.call("POST", "invitations", ASKED | {"email": "b@x.org"}).status_code == 409
    invite(tom)


def test_guessing_is_slowed_down_by_person_and_by_address(
    ada: Athlete, eve: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.throttles.time.time", lambda: 1_200_003.0)
    monkeypatch.setattr(throttles, "TRIES", 2)
    monkeypatch.setattr(throttles, "TRIES_OF_ADDRESS", 4)
    codes = [ada.call("GET", f"invited/{new_code()}").status_code for _ in range(3)]
    assert codes == [404, 404, 429]
    assert eve.call("GET", f"invited/{new_code()}").status_code == 404
    assert eve.call("GET", f"invited/{new_code()}").status_code == 429, "five from one address"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_of_ipv6_a_household_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


def test_the_mail_is_in_the_readers_language_and_holds_the_link(tom: Athlete) -> None:
    User.objects.create_user("lena@example.org", language="de")
    code = invite(tom, email="Lena@example.org")
    [sent] = mail.outbox
    assert sent.to == ["Lena@example.org"]
    assert "möchte" in sent.subject
    assert f"/join/{code}" in sent.body
    assert "tom@example.org" in sent.body


def test_an_address_is_answered_the_same_with_and_without_an_account(
    ada: Athlete, tom: Athlete
) -> None:
    known, unknown = (
        tom.call("POST", "invitations", ASKED | {"email": email})
        for email in ("ada@example.org", "nobody@example.org")
    )
    assert known.status_code == unknown.status_code == 201
    assert known.json().keys() == unknown.json().keys()
    assert known.json()["mailed"] is unknown.json()["mailed"] is True
    one, other = (sent.body.splitlines()[:4] for sent in mail.outbox)
    assert one == other


def test_a_mail_server_that_is_down_does_not_undo_the_invitation(
    tom: Athlete, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failed: list[str] = []
    monkeypatch.setattr("coach.services.invitations.mail_failed", failed.append)

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    made = tom.call("POST", "invitations", ASKED | {"email": "new@example.org"}).json()
    assert made["mailed"] is False
    assert len(made["code"]) == 19
    assert failed == ["invitation"]
    assert "check EMAIL_URL: ConnectionRefusedError" in caplog.text
    assert "new@example.org" not in caplog.text


def test_who_has_a_link_sees_it_beside_the_new_question(ada: Athlete, tom: Athlete) -> None:
    grant_link(athlete=ada.user, coach=tom.user, scopes=["plan"])
    assert ada.get(f"invited/{invite(tom)}")["link"]["scopes"] == ["plan"]


def test_addresses_are_forgotten_after_a_month(tom: Athlete) -> None:
    invite(tom, email="new@example.org")
    assert invitations_forget(timezone.now() + timedelta(days=29)) == 0
    assert invitations_forget(timezone.now() + timedelta(days=31)) == 1


def test_nobody_keeps_a_copy(ada: Athlete, tom: Athlete) -> None:
    code = invite(tom)
    for athlete, path in ((tom, "invitations"), (ada, f"invited/{code}"), (ada, "coaches")):
        assert athlete.client.get(f"/api/{path}")["Cache-Control"] == "no-store"

"""The demo coach's roster: every bucket and every reason has somebody who shows it."""

import pytest
from django.utils import timezone

from accounts.models import User
from coach.models import Scope
from coach.reasons import TONES, Bucket, Code, Tone
from coach.selectors.roster import Entry, roster
from config import demo

ASKED_FOR = {
    "Jonas Brandt": "missed",
    "Aiko Mori": "range_falling",
    "Lucía Ferrer": "asymmetry",
    "Samir Haddad": "disputed",
    "Grace Bello": "pain",
    "Viktor Lindqvist": "no_data",
    "Chen Wei": "findings",
    "Nora Eriksen": "load_high",
}


@pytest.fixture
def entries(demo_people: None, db: None) -> dict[str, Entry]:
    coach = User.objects.get(email=demo.COACH.email)
    return {one.name: one for one in roster(coach=coach, now=timezone.now()).entries}


def asks(entry: Entry) -> list[str]:
    codes = [Code(reason["code"]) for reason in entry.reasons]
    return [code for code in codes if TONES.get(code, Tone.ATTENTION) is Tone.ATTENTION]


def test_every_bucket_and_reason_is_shown(entries: dict[str, Entry]) -> None:
    assert len(entries) == 13
    assert {entry.bucket for entry in entries.values()} == set(Bucket)
    told = {name: asks(entry) for name, entry in entries.items() if name != demo.ATHLETE.name}
    assert told == {name: [ASKED_FOR[name]] if name in ASKED_FOR else [] for name in told}
    assert entries["Leila Amrani"].bucket == Bucket.NEW
    assert entries["Hana Novák"].bucket == Bucket.RESTING
    assert "record" in {reason["code"] for reason in entries["Pablo Ruiz"].reasons}
    assert entries["Theo Martin"].last_day is None, "the plan is all that is granted"
    assert entries["Theo Martin"].percent is not None
    disputed = entries["Samir Haddad"].reasons[0]["target"]
    assert (disputed["kind"], disputed["rep"]) == ("set", 1)
    assert {group.name for one in entries.values() for group in one.groups} == {
        "Mornings",
        "Remote",
    }
    assert Scope.RESULTS not in entries["Theo Martin"].link.scopes

"""Whatever leads to a person is in their export, or there is a reason why it is not."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils import timezone

from accounts.models import Notification, PushSubscription, User
from accounts.tokens.services import token_make
from sessions.portable import registry
from tests.accounts.factors import add_passkey, set_up_totp, signed_in
from tests.accounts.passkey import Passkey
from tests.workouts.carried import unpacked

TOLD_IN = {
    "account.EmailAddress": "no address is in an export: the file may be passed on",
    "accounts.ApiToken": "tokens",
    "accounts.AuditEntry": "account",
    "accounts.CoachRequest": "requests",
    "accounts.Consent": "consents",
    "accounts.Notification": "notifications",
    "accounts.NotificationSettings": "settings",
    "accounts.PushSubscription": "settings",
    "admin.LogEntry": "what an admin did is told by the account's log",
    "coach.Access": "looks",
    "coach.AthleteGroup": "a coach's order of a page",
    "coach.AthleteStatus": "follows from the rest",
    "coach.CalendarFeed": "the address is a secret",
    "coach.CoachLink": "coaches",
    "coach.CoachNote": "notes",
    "coach.Invitation": "holds addresses of others",
    "coach.Message": "threads",
    "coach.Plan": "plans",
    "coach.PlanChange": "changes",
    "coach.Programme": "programmes",
    "coach.Thread": "threads",
    "mfa.Authenticator": "factors",
    "usersessions.UserSession": "signins",
    "workouts.Correction": "workouts",
    "workouts.Import": "a file that the person has; its report goes with it",
    "workouts.LabelReview": "what an admin decided about a set",
    "workouts.ModelVersion": "a version that an admin brought",
    "workouts.OwnExercise": "shown",
    "workouts.Rescore": "work that an admin began",
    "workouts.TrendDay": "follows from the rest",
    "workouts.WorkoutSession": "workouts",
}


def leads_to_a_person(model: type[Model]) -> bool:
    keys = [field for field in model._meta.fields if isinstance(field, ForeignKey)]
    return any(field.related_model is User for field in keys)


def test_every_table_about_people_is_told_or_has_a_reason() -> None:
    tables = {
        model._meta.label for model in apps.get_models()
        if leads_to_a_person(model) and not model._meta.object_name.startswith("Historical")
    }  # fmt: skip
    assert tables == TOLD_IN.keys()
    files = {*registry.told_alone(), *(part.kind for part in registry.parts()), "workouts"}
    named = {told for told in TOLD_IN.values() if " " not in told}
    assert named <= files


@pytest.mark.django_db
def test_sign_ins_and_factors_are_told_without_what_opens_anything() -> None:
    browser = signed_in()
    secret = set_up_totp(browser)
    assert add_passkey(browser, Passkey(), "Phone").status_code == 200
    user, now = User.objects.get(), timezone.now()
    made = token_make(
        user=user, name="watch", scopes=["plan:read"], expires_at=now + timedelta(days=1)
    )
    PushSubscription.objects.create(
        user=user, endpoint="https://push.example.org/hidden", key="k1", secret="s1", created_at=now
    )
    Notification.objects.create(user=user, kind="new_link", data={"by": "Cora"}, created_at=now)
    files = unpacked(b"".join(browser.get("/api/export").streaming_content))
    told = {name: json.loads(body) for name, body in files.items() if name.endswith(".json")}

    [here] = told["signins.json"]
    assert here.keys() == {"browser", "system", "address", "signed_in_at", "seen_at"}
    assert here["address"] == "127.0.0.1"
    kinds = {one["kind"]: one["name"] for one in told["factors.json"]}
    assert kinds == {"totp": "", "recovery_codes": "", "webauthn": "Phone"}
    [token] = told["tokens.json"]
    assert (token["name"], token["scopes"], token["prefix"]) == (
        "watch", ["plan:read"], made.secret[:8],
    )  # fmt: skip
    [settings] = told["settings.json"]
    assert [one["service"] for one in settings["browsers"]] == ["push.example.org"]
    assert told["notifications.json"][0]["data"] == {"by": "Cora"}

    everything = b"".join(files.values()).decode()
    session = browser.client.cookies["sessionid"].value
    for hidden in (secret, session, made.secret, made.token.digest, "hidden", "credential"):
        assert hidden not in everything

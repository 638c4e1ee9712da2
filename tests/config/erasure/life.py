"""`python -m tests.config.erasure.life begin|erase`: an athlete and a coach who have everything.

`begin` prints, for each of the two, the words by which they would be found; `erase` erases them as
an admin does.
"""

import json
import secrets
import sys
from datetime import timedelta
from typing import Any

import django

PASSWORD = "three calm otters"
ADDRESSES = {"athlete": "xanthippe@quill.example", "coach": "ferdinand@brack.example"}
NAMES = {"athlete": "Xanthippe Quillfeather", "coach": "Ferdinand Brackwater"}
FORMER = {"athlete": "Xanthi Oldquill", "coach": "Ferdi Oldbrack"}


def main() -> None:
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    print(json.dumps(begin() if sys.argv[1] == "begin" else erase()))


def begin() -> dict[str, list[str]]:
    from coach.models import Scope
    from tests.config.access.world import ADMIN, ATHLETE, OTHER, make_world

    world = make_world()
    admin, other = world.users[ADMIN], world.users[OTHER]
    people = {"athlete": world.users[ATHLETE], "coach": world.users[Scope.PLAN]}
    words = {}
    for who, user in people.items():
        former = [user.email, FORMER[who]]
        user.set_password(PASSWORD)
        user.display_name = FORMER[who]
        user.save()
        user.email, user.display_name = ADDRESSES[who], NAMES[who]
        user.save()
        secret = _lives(user, other, admin)
        words[who] = [user.email, user.display_name, *former, str(user.pk), user.pk.hex, secret]
        words[who] += _movements(user)
    return words


def _lives(user: Any, other: Any, admin: Any) -> str:
    """What the access table's world has no need of. Returns the digest of a token."""
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from django.contrib.admin.models import CHANGE, LogEntry
    from django.utils import timezone

    from accounts.audit import Kind, record
    from accounts.models import (
        ApiToken,
        CoachRequest,
        Consent,
        Notification,
        NotificationSettings,
        PushSubscription,
    )
    from accounts.notifications.services import notify
    from accounts.tokens.scopes import TokenScope
    from accounts.tokens.services import token_make
    from coach.models import Access, CoachLink, Invitation, Programme
    from sessions.models import Correction, LabelReview, ModelVersion, Rescore, WorkoutSet

    now = timezone.now()
    address = EmailAddress.objects.create(user=user, email=user.email, primary=True)
    EmailConfirmation.objects.create(email_address=address, sent=now, key=f"key-{user.pk.hex[:20]}")
    asked = CoachRequest.objects.create(user=user, about=f"I am {user}.", created_at=now)
    Consent.objects.create(
        user=user, document="movement", version="1", language="en", agreed_at=now
    )
    NotificationSettings.objects.create(user=user)
    PushSubscription.objects.create(
        user=user, endpoint=f"https://push.example/{user.pk}", key="k", secret="s", created_at=now
    )
    Authenticator.objects.create(user=user, type="totp", data={"secret": user.email})
    made = token_make(
        user=user, name=f"of {user}", scopes=TokenScope.values[:1],
        expires_at=now + timedelta(days=30),
    )  # fmt: skip
    record(Kind.EXPORTED, about=user, by=user, detail=str(user)[:20])
    notify(user=other, kind="comment", data={"exercise": None}, url="/a", by=user)
    notify(user=user, kind="comment", data={"exercise": None}, url="/b", by=other)
    for by in (str(user), FORMER["athlete" if "xan" in user.email else "coach"]):
        Notification.objects.create(
            user=other, kind="link_ended", data={"by": by}, url="/c", created_at=now
        )
    Invitation.objects.create(
        coach=other, digest=secrets.token_hex(32), scopes=["results"], email=user.email.title(),
        created_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    other.is_coach = True
    other.save()
    Access.objects.create(coach=other, athlete=user, what="overview", target=user.pk, at=now)
    link = CoachLink.objects.create(
        coach=other, athlete=user, scopes=["results"], granted_at=now - timedelta(days=9),
        ended_at=now, ended_by=user,
    )  # fmt: skip
    for row in (asked, link, user, *Invitation.objects.filter(email__iexact=user.email)):
        LogEntry.objects.log_actions(
            admin.pk, [row], CHANGE, change_message=f"Looked at {user.email}."
        )
    built_in = Programme.objects.exclude(slug=None).first()
    built_in._history_user = user
    built_in.title += " "
    built_in.save()
    version = ModelVersion.objects.first()
    version.registered_by = version.promoted_by = user
    version._history_user = user
    version.save()
    rescore = Rescore.objects.create(
        version=version, by=user, state="done", since=now.date(), until=now.date()
    )
    rescore.athletes.add(user)
    for said in Correction.objects.filter(review=None)[:2]:
        LabelReview.objects.create(correction=said, state="approved", reviewer=user, decided_at=now)
    WorkoutSet.objects.filter(workout__athlete=user).update(last_error=f"of {user.pk}")
    return str(ApiToken.objects.get(pk=made.token.pk).digest)


def _movements(user: Any) -> list[str]:
    """Stored keypoints as hexadecimal digits; short enough to fit on a page of SQLite.

    Every coach of the access table has filmed the same: here each gets bytes of their own.
    """
    from sessions.models import Clip, OwnExercise

    for one in OwnExercise.objects.filter(author=user):
        OwnExercise.objects.filter(pk=one.pk).update(reference=secrets.token_bytes(500))
    clips = Clip.objects.filter(set__workout__athlete=user).values_list("payload", flat=True)
    shown = OwnExercise.objects.filter(author=user).values_list("reference", flat=True)
    return [bytes(body)[40:72].hex() for body in (*clips, *shown)]


def erase() -> list[str]:
    from accounts.erasure import user_erase
    from accounts.models import User

    admin = User.objects.get(email="the-admin@example.org")
    for address in ADDRESSES.values():
        user_erase(user=User.objects.get(email=address), by=admin)
    return list(User.objects.values_list("email", flat=True))


if __name__ == "__main__":
    main()

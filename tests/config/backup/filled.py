"""`python -m tests.config.backup.filled`: everybody of the access table, and sets with clips."""

import json
from datetime import timedelta
from typing import Any

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from accounts.models import User
    from sessions.analysis import analyze_set
    from sessions.trends import refresh
    from tests.config.access.world import make_world
    from tests.workouts.builders import START, Athlete, squats

    setup_test_environment()
    call_command("setup", demo=False, verbosity=0)
    make_world()
    ada = Athlete(User.objects.create_user("film@example.org", display_name="Zoë Ωmega 'quoted'"))
    for number, reps in enumerate((2, 4)):
        at = START + timedelta(days=number)
        set_id = ada.start_set(ada.start_workout(at), at=at)
        ada.finish(set_id, ada.send_all(set_id, squats(reps)))
        analyze_set(set_id)
    refresh(ada.user.pk)
    subscribed(ada.user)
    print(json.dumps({"person": str(ada.user.pk)}))


def subscribed(user: Any) -> None:
    """A browser that is told what is new; its sign-in, to which it points, is in no backup."""
    from allauth.usersessions.models import UserSession

    from accounts.notifications.subscribing import push_subscribe

    UserSession.objects.create(user=user, ip="192.0.2.7", session_key="s", user_agent="x")
    endpoint = "https://fcm.googleapis.com/1"
    keys = {"p256dh": "k", "auth": "s"}
    push_subscribe(user=user, endpoint=endpoint, keys=keys, session_key="s")


if __name__ == "__main__":
    main()

"""Plans over HTTP in the hands of a coach: given, changed, and nothing without a grant."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Notification, User
from coach.models import Access, Programme
from coach.services.links import grant_link
from sessions.models import Exercise, OwnExercise
from tests.coach.builders import SQUATS, a_plan, a_programme, planned_rows
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db


def granted(ada: Athlete, tom: Athlete, *scopes: str) -> str:
    grant_link(athlete=ada.user, coach=tom.user, scopes=list(scopes or ("plan",)))
    return f"athletes/{ada.user.id}"


def start(programme: object, **change: Any) -> dict[str, Any]:
    return {
        "programme": str(programme), "starts_on": timezone.now().date().isoformat(),
        "weekdays": [0, 2], "weeks": 2,
    } | change  # fmt: skip


def test_a_coach_gives_a_programme_of_their_own(ada: Athlete, tom: Athlete) -> None:
    path, plan = granted(ada, tom), uuid4()
    programme = a_programme(tom.user, [SQUATS])
    for _ in range(2):
        answer = tom.call("PUT", f"{path}/plans/{plan}", start(programme))
        assert (answer.status_code, answer.json()["assigned_by"]) == (200, "Tom")
    [seen] = ada.get("plans")
    assert (seen["id"], seen["assigned_by"], seen["tally"]["planned"]) == (str(plan), "Tom", 4)
    assert [one["own"] for one in ada.get("programmes")] == [False] * 4
    [note] = Notification.objects.filter(user=ada.user)
    assert (note.kind, note.url) == ("plan_assigned", f"/plan?of={plan}")


def test_a_refused_plan_names_its_field(ada: Athlete, eve: Athlete, tom: Athlete) -> None:
    path = granted(ada, tom)
    hers = a_programme(eve.user, [SQUATS])
    for body, field in (
        (start(hers), "programme"),
        (start(Programme.objects.get(slug="first_steps").id, starts_on="2001-01-01"), "starts_on"),
    ):
        answer = tom.call("PUT", f"{path}/plans/{uuid4()}", body)
        assert (answer.status_code, list(errors(answer))) == (400, [field])
    assert ada.get("plans") == []


def test_a_week_of_a_template_keeps_its_days_together(ada: Athlete, tom: Athlete) -> None:
    path = granted(ada, tom)
    programme, heavy = uuid4(), SQUATS | {"sets": 5}
    body = {
        "title": "Block", "weeks": 4, "cycle_weeks": 3,
        "days": [
            {"week": 0, "title": "A", "items": [SQUATS]},
            {"week": 0, "title": "B", "items": [SQUATS]},
            {"week": 1, "title": "C", "items": [heavy]},
        ],
    }  # fmt: skip
    made = tom.call("PUT", f"programmes/{programme}", body).json()
    assert (made["cycle_weeks"], made["days_per_week"]) == (3, 2)
    tom.call("PUT", f"{path}/plans/{uuid4()}", start(programme, weeks=4, starts_on="2026-11-23"))
    told = ada.get("planned?from=2026-11-23&to=2026-12-31")
    assert [(one["day"], one["title"]) for one in told] == [
        ("2026-11-23", "A"), ("2026-11-25", "B"), ("2026-11-30", "C"), ("2026-12-14", "A"),
        ("2026-12-16", "B"),
    ]  # fmt: skip
    short = tom.call("PUT", f"programmes/{programme}", body | {"cycle_weeks": 1})
    assert list(errors(short)) == ["cycle_weeks"]


def test_a_coach_changes_takes_back_and_the_athlete_reads_it(ada: Athlete, tom: Athlete) -> None:
    path = granted(ada, tom)
    today = timezone.now().date()
    plan = a_plan(ada.user, weekdays=tuple(range(7)), starts_on=today, now=timezone.now())
    first = planned_rows(plan)[1]
    change = f"{path}/plan-changes/{uuid4()}"
    items = [SQUATS | {"sets": 4}]
    body = {"plan": str(plan.id), "kind": "edit", "planned": str(first.id), "items": items}
    for _ in range(2):
        assert tom.call("PUT", change, body).status_code == 200
    [told] = ada.get("plan-changes")
    assert told == tom.get(f"{path}/plan-changes")[0]
    assert (told["author"], told["kind"], told["undone"]) == ("Tom", "edit", False)
    assert (told["was"][0]["sets"], told["now"][0]["sets"]) == (3, 4)
    assert tom.get(f"{path}/planned/{first.id}")["items"][0]["sets"] == 4
    moved = {"plan": str(plan.id), "kind": "shift", "days": 2}
    assert tom.call("PUT", f"{path}/plan-changes/{uuid4()}", moved).status_code == 200
    told = next(one for one in ada.get("plan-changes") if one["kind"] == "shift")
    assert (told["days"], told["was"], told["now"]) == (2, None, None), "days alone have changed"
    assert tom.call("DELETE", f"{path}/plan-changes/{told['id']}").status_code == 204
    assert tom.call("DELETE", change).status_code == 204
    assert ada.get("plan-changes")[0]["undone"] is True
    assert ada.get(f"planned/{first.id}")["items"][0]["sets"] == 3


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "move"}, "planned"),
        ({"kind": "shift"}, "days"),
        ({"kind": "shift", "days": 4000}, "days"),
        ({"kind": "copy_week"}, "week"),
        ({"kind": "dance"}, "kind"),
        ({"kind": "add", "day": "2001-01-01", "items": [SQUATS]}, "day"),
    ],
)
def test_a_wrong_change_is_named(
    ada: Athlete, tom: Athlete, body: dict[str, Any], field: str
) -> None:
    path, plan = granted(ada, tom), a_plan(ada.user, now=timezone.now(), starts_on=today())
    if body["kind"] == "add":
        body = body | {"planned": str(uuid4())}
    answer = tom.call("PUT", f"{path}/plan-changes/{uuid4()}", body | {"plan": str(plan.id)})
    assert answer.status_code == 400
    assert field in errors(answer)


def test_only_who_was_granted_the_plan(ada: Athlete, eve: Athlete, tom: Athlete) -> None:
    plan = a_plan(ada.user, now=timezone.now(), starts_on=today())
    theirs = planned_rows(plan)[0]
    path = granted(ada, tom, "results")
    shift = {"plan": str(plan.id), "kind": "shift", "days": 1}
    calls = [
        ("GET", "plans", None), ("GET", f"plans/{plan.id}", None),
        ("PUT", f"plans/{uuid4()}", start(plan.programme_id)),
        ("GET", f"planned/{theirs.id}", None), ("GET", f"planned/{theirs.id}/done", None),
        ("GET", "plan-changes", None), ("PUT", f"plan-changes/{uuid4()}", shift),
        ("DELETE", f"plan-changes/{uuid4()}", None),
    ]  # fmt: skip
    for method, rest, body in calls:
        assert tom.call(method, f"{path}/{rest}", body).status_code == 404, rest
    assert planned_rows(plan)[0].day == theirs.day
    # Of one athlete nothing leads to another.
    other = granted(eve, tom)
    for method, rest, body in calls[1:2] + calls[3:5] + calls[6:]:
        assert tom.call(method, f"{other}/{rest}", body).status_code == 404, rest


def test_looks_at_a_plan_are_in_the_athletes_log(ada: Athlete, tom: Athlete) -> None:
    path = granted(ada, tom)
    plan = a_plan(ada.user, now=timezone.now(), starts_on=today())
    answer = tom.call("GET", f"{path}/planned/{planned_rows(plan)[0].id}/done")
    assert answer["Cache-Control"] == "no-store"
    [look] = Access.objects.filter(athlete=ada.user, what="plan")
    assert look.target == planned_rows(plan)[0].id


def test_a_coach_hears_when_an_athlete_has_no_room(
    ada: Athlete, tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.services.plans.MOST_PLANS", 1)
    path, body = granted(ada, tom), start(Programme.objects.get(slug="first_steps").id)
    told = [tom.call("PUT", f"{path}/plans/{uuid4()}", body) for _ in range(2)]
    assert [one.status_code for one in told] == [200, 409]
    assert "This athlete" in told[1].json()["error"]["message"]


def test_a_full_plan_takes_no_more(
    ada: Athlete, tom: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.services.plan_rows.MOST_PLANNED", 4)
    path, plan = granted(ada, tom), a_plan(ada.user, now=timezone.now(), starts_on=today())
    body = {
        "plan": str(plan.id), "kind": "add", "planned": str(uuid4()),
        "day": today().isoformat(), "items": [SQUATS],
    }  # fmt: skip
    refused = tom.call("PUT", f"{path}/plan-changes/{uuid4()}", body)
    assert refused.status_code == 409
    assert "at most 4 workouts" in refused.json()["error"]["message"]
    assert len(planned_rows(plan)) == 4


def today() -> date:
    return timezone.now().date()


def test_an_exercise_that_is_not_shared_is_not_asked_for(ada: Athlete, tom: Athlete) -> None:
    path = granted(ada, tom)
    exercise = Exercise.objects.create(slug="own-twist", name="Twist", description="", joints=[])
    kim = User.objects.create_user("kim@example.org", is_coach=True)
    own = OwnExercise.objects.create(
        exercise=exercise, author=kim, reference=b"",
        created_at=timezone.now(), changed_at=timezone.now(),
    )  # fmt: skip
    own.shared_with.add(tom.user)  # his own ones come with the plan
    twist = SQUATS | {"exercise": "own-twist"}
    programme = a_programme(tom.user, [twist])
    refused = tom.call("PUT", f"{path}/plans/{uuid4()}", start(programme))
    assert list(errors(refused)) == ["programme"]
    plan = a_plan(ada.user, now=timezone.now(), starts_on=today())
    edit = {
        "plan": str(plan.id), "kind": "edit", "planned": str(planned_rows(plan)[0].id),
        "items": [SQUATS, twist],
    }  # fmt: skip
    assert list(errors(tom.call("PUT", f"{path}/plan-changes/{uuid4()}", edit))) == ["items"]
    own.shared_with.add(ada.user)
    assert tom.call("PUT", f"{path}/plans/{uuid4()}", start(programme)).status_code == 200
    assert tom.call("PUT", f"{path}/plan-changes/{uuid4()}", edit).status_code == 200

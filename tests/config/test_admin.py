"""Django admin: every model can be found, searched and opened, under the strict policy."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from config import demo
from sessions.services.versions import version_register_shipped

OURS = ("accounts", "workouts", "coach")
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]


@pytest.fixture
def client(demo_people: None, db: None, client: Client) -> Client:
    client.force_login(User.objects.get(email=demo.ADMIN.email))
    return client


def name_of(model: Any) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def test_every_model_of_ours_is_there_with_search_and_filters() -> None:
    for model in MODELS:
        found = admin.site.get_model_admin(model)
        assert found.search_fields, model
        assert found.list_filter, model


def test_every_list_search_and_row_opens(client: Client) -> None:
    for model, options in admin.site._registry.items():
        where = name_of(model)
        assert client.get(reverse(f"{where}_changelist")).status_code == 200, model
        assert client.get(reverse(f"{where}_changelist"), {"q": "mira"}).status_code == 200, model
        may_add = options.has_add_permission(client.get("/admin/").wsgi_request)
        assert client.get(reverse(f"{where}_add")).status_code == (200 if may_add else 403), model
        if row := model._default_manager.first():
            page = client.get(reverse(f"{where}_change", args=[row.pk]))
            assert page.status_code == 200, model


def test_a_list_asks_as_often_for_many_rows_as_for_a_few(
    client: Client,
) -> None:
    """Fifteen: session, user, permissions, counts, rows, filters, days of the hierarchy."""
    for model in MODELS:
        if model._default_manager.count() < 2:
            continue
        url = reverse(f"{name_of(model)}_changelist")
        options = admin.site.get_model_admin(model)
        asked = {}
        for rows in (1, 40):
            with CaptureQueriesContext(connection) as captured:
                options.list_per_page, options.list_max_show_all = rows, 0
                assert client.get(url).status_code == 200
            asked[rows] = len(captured)
        options.list_per_page = 100
        assert asked[40] <= asked[1] + 1, (model, asked)
        assert asked[40] <= 15, (model, asked)


def test_no_page_needs_what_the_policy_forbids(client: Client) -> None:
    athlete = User.objects.get(email=demo.ATHLETE.email)
    version = version_register_shipped()
    for path in (
        "/admin/",
        "/admin/jobs/",
        "/admin/health/",
        reverse("admin:accounts_user_change", args=[athlete.pk]),
        reverse("admin:workouts_modelversion_change", args=[version.pk]),
        reverse("admin:workouts_exercise_import"),
        reverse("admin:accounts_user_export"),
        reverse("admin:accounts_user_history", args=[athlete.pk]),
    ):
        page = client.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page)
        assert not re.search(r"<style|\son[a-z]+=", page)
        assert "unsafe-inline" not in client.get(path)["Content-Security-Policy"]


def test_an_admin_adds_a_user(client: Client) -> None:
    form = {
        "email": "New@Example.org",
        "usable_password": "true",
        "password1": "three calm otters",
        "password2": "three calm otters",
    }
    answer = client.post(reverse("admin:accounts_user_add"), form)
    assert answer.status_code == 302, answer.content.decode()
    assert User.objects.get(email="new@example.org").check_password("three calm otters")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_admin_has_no_sign_in_of_its_own(method: str) -> None:
    """One sign-in, with its limits against guessing and its second step."""
    User.objects.create_superuser("root@example.org", "three calm otters")
    login = {"username": "root@example.org", "password": "three calm otters"}
    visitor = Client()
    answer = getattr(visitor, method)("/admin/login/?next=/admin/workouts/", login)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=%2Fadmin%2Fworkouts%2F" or method == "get"
    assert visitor.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_the_way_back_to_admin_is_a_page_of_ours() -> None:
    answer = Client().get("/admin/login/?next=https://elsewhere.example/")
    assert answer["Location"] == "/sign-in?next=%2Fadmin%2F"


@pytest.mark.django_db
def test_an_athlete_is_told_that_admin_is_not_for_them() -> None:
    visitor = Client()
    visitor.force_login(
        User.objects.create_user("ada@example.org", "three calm otters"),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    answer = visitor.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "no administrator" in answer.content.decode()


def test_an_admin_is_led_on(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/jobs/")["Location"] == "/admin/jobs/"

"""Django admin: every model can be found, searched and opened, under the strict policy."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from config import demo
from sessions.services.catalogue import catalogue_load

OURS = ("accounts", "workouts", "coach")
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]


@pytest.fixture
def client(db: None, client: Client) -> Client:
    catalogue_load()
    demo.load()
    client.force_login(User.objects.get(email=demo.ADMIN.email))
    return client


def test_every_model_of_ours_is_there_with_search_and_filters() -> None:
    for model in MODELS:
        found = admin.site.get_model_admin(model)
        assert found.search_fields, model
        assert found.list_filter, model


def test_every_list_search_and_row_opens(client: Client) -> None:
    for model in MODELS:
        where = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{where}_changelist")).status_code == 200, model
        assert client.get(reverse(f"{where}_changelist"), {"q": "mira"}).status_code == 200, model
        if row := model._default_manager.first():
            page = client.get(reverse(f"{where}_change", args=[row.pk]))
            assert page.status_code == 200, model


def test_no_page_needs_what_the_policy_forbids(client: Client) -> None:
    athlete = User.objects.get(email=demo.ATHLETE.email)
    for path in ("/admin/", reverse("admin:accounts_user_change", args=[athlete.pk])):
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
def test_admin_is_no_way_around_the_limits_against_guessing() -> None:
    User.objects.create_superuser("root@example.org", "three calm otters")
    login = {"username": "root@example.org", "password": "wrong"}
    guesser = Client()
    for _ in range(6):
        guesser.post("/admin/login/", login)
    page = guesser.post("/admin/login/", login | {"password": "three calm otters"})
    assert page.status_code == 200
    assert "Too many failed login attempts" in page.content.decode()


@pytest.mark.django_db
def test_an_admin_signs_in() -> None:
    User.objects.create_superuser("root@example.org", "three calm otters")
    login = {"username": "Root@example.org", "password": "three calm otters"}
    assert Client().post("/admin/login/?next=/admin/", login).status_code == 302


@pytest.mark.django_db
def test_an_athlete_does_not() -> None:
    User.objects.create_user("ada@example.org", "three calm otters")
    login = {"username": "ada@example.org", "password": "three calm otters"}
    assert Client().post("/admin/login/?next=/admin/", login).status_code == 200

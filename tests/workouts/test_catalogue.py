import pytest
from django.core.management import call_command

from models.exercises import CATALOGUE
from sessions.models import Exercise

pytestmark = pytest.mark.django_db


def test_loading_keeps_what_an_admin_has_edited() -> None:
    call_command("load_catalogue", verbosity=0)
    assert set(Exercise.objects.values_list("slug", flat=True)) == {one.slug for one in CATALOGUE}
    Exercise.objects.filter(slug="squat").update(
        description="Ours.", is_active=False, name="Sqat", kind="hold"
    )
    call_command("load_catalogue", verbosity=0)
    squat = Exercise.objects.get(slug="squat")
    assert (squat.description, squat.is_active) == ("Ours.", False)
    assert (squat.name, squat.kind) == ("Squat", "reps")

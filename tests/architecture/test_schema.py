"""docs/openapi.yaml is what the code answers, and docs/data-flow.md names every call."""

import re
from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest
import yaml
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

ROOT = Path(__file__).resolve().parents[2]
CHECKED_IN = ROOT / "docs/openapi.yaml"


@pytest.fixture(scope="module")
def generated() -> str:
    with translation.override("en"):  # whatever language the test before has left
        schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()


def test_the_checked_in_schema_is_up_to_date(generated: str) -> None:
    there, now = (yaml.safe_load(text) for text in (CHECKED_IN.read_text(), generated))
    if there != now:
        lines = (yaml.safe_dump(one).splitlines() for one in (there, now))
        different = "\n".join(islice(unified_diff(*lines, "checked in", "generated"), 60))
        pytest.fail(f"Run `python manage.py spectacular --file docs/openapi.yaml`.\n{different}")


def test_every_call_is_in_the_data_flow(generated: str) -> None:
    told = re.sub(r"\{[a-z_]+\}", "{}", (ROOT / "docs/data-flow.md").read_text())
    for path in yaml.safe_load(generated)["paths"]:
        assert re.sub(r"\{[a-z_]+\}", "{}", path) in told, path

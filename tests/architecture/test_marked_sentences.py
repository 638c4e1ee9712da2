"""What the server refuses, it refuses in the language of who reads it."""

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest

from scripts.steps import ROOT
from scripts.words import MARKS, PLURAL_MARKS, ROOMS

REFUSALS: Final = {
    "ValidationError", "ModelError", "DjangoValidationError", "RefusedError", "Conflict",
    "PermissionDenied", "NotFound", "ParseError", "TooLarge",
}  # fmt: skip
ALL_MARKS: Final = MARKS | PLURAL_MARKS
# Said in English: the file, and who alone meets it. Whole folders of Django admin and of commands
# are for who runs the server.
ENGLISH: Final = {
    "sessions/parsers.py": "a program: the page sends neither broken JSON nor bodies too long",
    "sessions/services/clips.py": "a program: the page mends what a clip is refused for by itself",
    "sessions/services/again.py": "Django admin",
    "sessions/services/rescores.py": "Django admin",
    "sessions/services/versions.py": "Django admin",
    "config/jobs.py": "Django admin",
}
OF_ADMINS: Final = {"admin", "management", "migrations"}


def name_of(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def plain(node: ast.AST) -> Iterator[str]:
    """Sentences below the node that no mark is around; values that are filled in are none."""
    match node:
        case ast.Call(func) if name_of(func) in ALL_MARKS:
            return
        case ast.Constant(str(text)):
            found = text
        case ast.JoinedStr(values):
            found = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)
        case ast.Dict(_, values):
            for value in values:
                yield from plain(value)
            return
        case ast.BinOp(left, ast.Mod(), _):
            yield from plain(left)
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from plain(child)
            return
    if " " in found and re.search("[A-Za-z]{2}", found):
        yield found


def unmarked(source: str) -> Iterator[str]:
    """What is refused in plain English, and marks around text that no catalogue can hold."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node.func)
        if name in REFUSALS:
            for given in [*node.args, *(k.value for k in node.keywords if k.arg != "code")]:
                yield from plain(given)
        elif name in ALL_MARKS and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
            yield ast.unparse(node)
        for keyword in node.keywords:
            if keyword.arg == "violation_error_message":
                yield from plain(keyword.value)


def all_unmarked() -> dict[str, list[str]]:
    found = {}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT)
        if not OF_ADMINS & {*name.parts, path.stem} and (some := list(unmarked(path.read_text()))):
            found[name.as_posix()] = some
    return found


def test_refusals_are_marked_for_translation() -> None:
    found = all_unmarked()
    said = {path: some for path, some in found.items() if path not in ENGLISH}
    assert not said, "Put gettext around these, then run `python -m scripts.words`."
    assert found.keys() == ENGLISH.keys(), "An exception that is none any more."


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise Conflict("Too late.")', ["Too late."]),
        ('raise Conflict(_("Too late."))', []),
        ('raise serializers.ValidationError({"day": f"Not {day}."})', ["Not {}."]),
        (
            'raise ValidationError({"day": _("Not %(day)s.") % {"day": "a b"}}, "in vain")',
            ["in vain"],
        ),
        ('raise NotFound("no_set")', []),
        ('raise Conflict(_(f"Not {day}."))', ["_(f'Not {day}.')"]),
        ('raise RefusedError(f"{where}: {why}")', []),
        ('models.Check(violation_error_message="Not before.")', ["Not before."]),
    ],
)
def test_the_check_tells_a_marked_sentence_from_a_plain_one(source: str, found: list[str]) -> None:
    assert list(unmarked(source)) == found

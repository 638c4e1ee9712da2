"""Brings the server's catalogues up to date: `python -m scripts.words`.

New sentences come in without a translation, gone ones go. One that is said twice counts once.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib
from django.utils.translation.template import templatize

from config.catalogues import sources
from models.exercises import CATALOGUE
from scripts.steps import ROOT, main_guard, say

ROOMS: Final = ("accounts", "sessions", "coach", "config")
MARKS: Final = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL_MARKS: Final = {"ngettext", "ngettext_lazy"}
IN_TEMPLATE: Final = re.compile(r"""\b(?:_|gettext)\((u?"(?:\\.|[^"])*"|u?'(?:\\.|[^'])*')\)""")


class Sentence(NamedTuple):
    """What is looked up: the English words, and those of the plural where there is one."""

    one: str
    many: str = ""


def sentences(root: Path = ROOT) -> dict[Sentence, str]:
    """Every sentence marked for translation, with the first file that says it.

    The names of the exercises are among them: a calendar names what is planned.
    """
    found = {Sentence(spec.name): "models/exercises.py" for spec in CATALOGUE}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix == ".py":
                said = _in_python(ast.parse(path.read_text()))
            elif path.suffix in {".txt", ".html"} and "templates" in path.parts:
                said = _in_template(path.read_text())
            else:
                continue
            for sentence in said:
                found.setdefault(sentence, path.relative_to(root).as_posix())
    return found


def _in_python(tree: ast.AST) -> Iterator[Sentence]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        texts = [word for word in words if isinstance(word, str)]
        if name in MARKS and texts:
            yield Sentence(texts[0])
        elif name in PLURAL_MARKS and len(texts) > 1:
            yield Sentence(texts[0], texts[1])


def _in_template(text: str) -> Iterator[Sentence]:
    for literal in IN_TEMPLATE.findall(templatize(text)):
        yield Sentence(ast.literal_eval(literal))


def missing(catalogue: polib.POFile, wanted: dict[Sentence, str]) -> list[Sentence]:
    """Sentences without a whole translation."""
    done = {Sentence(e.msgid, e.msgid_plural) for e in catalogue if e.translated()}
    return [sentence for sentence in wanted if sentence not in done]


def update(catalogue: polib.POFile, wanted: dict[Sentence, str]) -> None:
    known = {Sentence(entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    for sentence, entry in known.items():
        if sentence not in wanted:
            catalogue.remove(entry)
    forms = int(re.findall(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[0])
    for sentence in wanted:
        if sentence not in known:
            plural = dict.fromkeys(range(forms), "") if sentence.many else {}
            catalogue.append(
                polib.POEntry(msgid=sentence.one, msgid_plural=sentence.many, msgstr_plural=plural)
            )
    for entry in catalogue:
        entry.occurrences = [(wanted[Sentence(entry.msgid, entry.msgid_plural)], "")]
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))


def main() -> int:
    wanted = sentences()
    for path in sources():
        catalogue = polib.pofile(str(path), wrapwidth=100)
        update(catalogue, wanted)
        catalogue.save(str(path))
        say(f"{path.relative_to(ROOT)}: {len(missing(catalogue, wanted))} of {len(wanted)} to do")
    return 0


if __name__ == "__main__":
    main_guard(main)

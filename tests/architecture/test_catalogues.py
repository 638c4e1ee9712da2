"""The server's catalogues hold every sentence that the code marks, with the same values."""

import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override

from config import catalogues
from scripts import setup, words
from scripts.steps import ROOT

CATALOGUES = catalogues.sources()
VALUES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def language(path: Path) -> str:
    return path.parts[-3]


@pytest.fixture(scope="module")
def wanted() -> dict[words.Sentence, str]:
    return words.sentences()


def test_there_is_one_for_every_language_but_english() -> None:
    assert [language(path) for path in CATALOGUES] == ["de", "es", "zh_Hans"]


def test_the_marks_are_found(wanted: dict[words.Sentence, str]) -> None:
    assert len(wanted) > 40
    assert words.Sentence("Squat") in wanted
    assert words.Sentence("Choose a new password") in wanted
    assert any(sentence.many for sentence in wanted)


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_every_sentence_is_translated(path: Path, wanted: dict[words.Sentence, str]) -> None:
    missing = words.missing(polib.pofile(str(path)), wanted)
    assert not missing, "Run `python -m scripts.words` and translate what it adds."


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_none_is_left_that_nobody_says(path: Path, wanted: dict[words.Sentence, str]) -> None:
    kept = {words.Sentence(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(path))}
    assert kept <= wanted.keys(), "Run `python -m scripts.words`."


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_translations_fill_in_the_same_values_and_stay_calm(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert set(VALUES.findall(text)) == set(VALUES.findall(entry.msgid)), entry.msgid
                assert not re.search("[!¡！]", text), text


def test_set_up_compiles_what_there_is() -> None:
    made = [path.with_suffix(".mo") for path in CATALOGUES]
    assert [str(path.relative_to(ROOT)) for path in made] == list(setup.CATALOGUES)
    for kind in ("run", "test"):
        assert "catalogues" in [step.name for step in setup.python_steps(kind)]


def test_a_catalogue_that_was_changed_is_stale(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_bytes(CATALOGUES[0].read_bytes())
    assert catalogues.stale(tmp_path) == [source]
    assert catalogues.compile_all(tmp_path) == [folder / "django.mo"]
    assert catalogues.stale(tmp_path) == []


def test_django_reads_them() -> None:
    with override("zh-hans"):
        assert gettext("Squat") == "深蹲"
    with override("es"):
        assert gettext("Push-up") == "Flexión"

"""A film that is decoded in order and one that a player seeks through give the same pictures."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from benchmarks._browser import FILM, opened, served
from scripts.lab import build
from tests.e2e.once import once

FPS = 12  # as the product reads a film
SAME = 3.0  # levels of 255: two ways from a film's colours to a screen's
READ = """async ([name, fps, by]) =>
  lab.readFilm(await (await fetch(name)).blob(), fps, by)"""


@pytest.fixture(scope="module")
def page(browsers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    once(tmp_path_factory, "lab", build)
    with served() as address:
        page = opened(browsers(), address)
        yield page
        page.close()


def read(page: Page, by: str) -> dict[str, Any]:
    return page.evaluate(READ, [FILM, FPS, by])


def test_both_readers_give_the_same_pictures(page: Page) -> None:
    decoder, player = read(page, "decoder"), read(page, "player")
    assert (decoder["decoded"], player["decoded"]) == (True, False)
    assert decoder["tMs"] == player["tMs"]
    assert decoder["sizes"] == player["sizes"]
    apart = np.abs(np.array(decoder["colours"]) - np.array(player["colours"])).mean(axis=1)
    print(f"levels apart: mean {apart.mean():.2f}, largest {apart.max():.2f}")
    assert apart.max() <= SAME


def test_pictures_are_those_of_their_times(page: Page) -> None:
    """Somebody squats: no picture stands in for all of the film, nor one for its neighbours."""
    colours = np.array(read(page, "decoder")["colours"])
    steps = np.abs(np.diff(colours, axis=0)).mean(axis=1)
    far = np.abs(colours - colours[0]).mean(axis=1)
    squatting = far > far.max() / 2
    assert far.max() > 3 * np.median(steps)
    assert (steps[squatting[1:]] > 0).all()

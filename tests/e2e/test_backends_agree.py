"""Of one square every engine gives the same keypoints: no film, no following in between."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page

from benchmarks._browser import opened, served
from scripts.lab import build
from tests.e2e.once import once

PICTURES = (0, 6, 12, 18)  # standing, going down, low, coming up
MEDIAN_PX = 0.5
SEE = """async ([name, engine]) =>
  lab.see(await (await fetch(`/images/${name}`)).blob(), engine)"""


@pytest.fixture(scope="module")
def page(browsers, squat: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    once(tmp_path_factory, "lab", build)
    folder = tmp_path_factory.mktemp("figure")
    for number in PICTURES:
        (folder / f"{number}.jpg").write_bytes(squat[number])
    with served(folder) as address:
        page = opened(browsers(webgl=True), address)
        yield page
        page.close()


@pytest.fixture(scope="module")
def wasm(page: Page) -> np.ndarray:
    return poses(page, "wasm", "wasm")


def poses(page: Page, engine: str, backend: str) -> np.ndarray:
    """(N, 17, 3) in pixels, by this engine and by no other that stands in for it."""
    looks = [page.evaluate(SEE, [f"{number}.jpg", engine]) for number in PICTURES]
    assert {look["backend"] for look in looks} == {backend}
    return np.array([look["pose"] for look in looks])


@pytest.mark.parametrize(("engine", "backend"), [("webgl", "webgl"), ("wasm-threads", "wasm")])
def test_the_engine_agrees_with_wasm(
    page: Page, wasm: np.ndarray, engine: str, backend: str
) -> None:
    other = poses(page, engine, backend)
    sure = (wasm[..., 2] > 0.5) & (other[..., 2] > 0.5)
    assert sure.mean() > 0.8
    apart = np.linalg.norm(wasm[..., :2] - other[..., :2], axis=-1)[sure]
    print(f"{engine}: median {np.median(apart):.3f} px, largest {apart.max():.2f} px")
    assert np.median(apart) <= MEDIAN_PX
    assert (apart <= 2 * MEDIAN_PX).mean() >= 0.95

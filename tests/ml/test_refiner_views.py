"""Views for the refiner: what is drawn and where its keypoints are said to be agree."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.refiner_views import SIDE_PX, View, random_view, relit, whole_view
from models.skeleton import KEYPOINTS, K

LEFT, RIGHT = KEYPOINTS.index("left_wrist"), KEYPOINTS.index("right_wrist")


def scene() -> tuple[Image.Image, np.ndarray]:
    """A dark picture with a red dot at the left wrist and a blue one at the right."""
    picture = Image.new("RGB", (400, 300))
    pen = ImageDraw.Draw(picture)
    person = np.zeros((K, 3), np.float32)
    for k, (x, y), colour in ((LEFT, (260, 90), "red"), (RIGHT, (140, 200), "blue")):
        pen.ellipse([x - 8, y - 8, x + 8, y + 8], fill=colour)
        person[k] = x, y, 1
    return picture, person


def middle_of(view: np.ndarray, channel: int) -> tuple[float, float]:
    """Where the dot of this colour is, in [0, 1] of the view."""
    y, x = np.nonzero(view[:, :, channel] > 128)
    return (x.mean() + 0.5) / SIDE_PX, (y.mean() + 0.5) / SIDE_PX


@pytest.mark.parametrize("angle", [0, 90, -90, 17])
@pytest.mark.parametrize("flipped", [False, True])
def test_keypoints_move_with_the_picture(angle: float, flipped: bool) -> None:
    picture, person = scene()
    view = View((210, 140), 280, angle, flipped)
    drawn, inside = np.asarray(view.draw(picture)), view.keypoints(person)
    red, blue = (RIGHT, LEFT) if flipped else (LEFT, RIGHT)
    assert middle_of(drawn, 0) == pytest.approx(inside[red, :2], abs=0.01)
    assert middle_of(drawn, 2) == pytest.approx(inside[blue, :2], abs=0.01)


def test_the_whole_view_holds_every_corner() -> None:
    person = np.zeros((K, 3), np.float32)
    person[:4, :2] = [[0, 0], [400, 0], [0, 300], [400, 300]]
    inside = whole_view(400, 300).keypoints(person)[:4, :2]
    assert inside.min() == pytest.approx(0)
    assert inside.max() == pytest.approx(1)


def test_the_same_seed_gives_the_same_view() -> None:
    picture, person = scene()
    made = []
    for _ in range(2):
        rng = np.random.default_rng(3)
        view = random_view(rng, person, *picture.size, upright_share=0.5)
        made.append(relit(rng, view.draw(picture)))
    assert np.array_equal(*made)
    assert made[0].shape == (SIDE_PX, SIDE_PX, 3)

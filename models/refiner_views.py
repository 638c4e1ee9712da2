"""Squares of pictures, turned, cropped and lit at random, as the refiner learns from them.

A view is a similarity: u = R (p - centre) / side + .5 takes px of the picture to [0, 1] of it.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from models.skeleton import MIRROR

SIDE_PX = 257
SEEN = 0.3
TURNS_DEG = (0, 90, -90)
WHOLE_SHARE = 0.35
FLIP_SHARE = 0.5
BLUR_SHARE = 0.15
GREY_SHARE = 0.1


@dataclass(frozen=True)
class View:
    """centre, side: in px of the picture. angle_deg: clockwise turn of the square."""

    centre: tuple[float, float]
    side: float
    angle_deg: float = 0.0
    flipped: bool = False

    def axes(self) -> np.ndarray:
        """What is right and what is down in the view, as unit vectors of the picture, (2, 2)."""
        angle = np.deg2rad(self.angle_deg)
        right, down = (np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))
        return np.array([right, down]) * ([[-1], [1]] if self.flipped else [[1], [1]])

    def keypoints(self, person: np.ndarray) -> np.ndarray:
        """A person (K, C) of the picture in [0, 1] of the view; mirrored, left is right."""
        inside = np.array(person, np.float32)
        inside[:, :2] = (person[:, :2] - self.centre) @ self.axes().T / self.side + 0.5
        return inside[list(MIRROR)] if self.flipped else inside

    def draw(self, picture: Image.Image, side_px: int = SIDE_PX) -> Image.Image:
        """The view as a square, black beyond the picture; mean colours, not single pixels."""
        fine = 2 * side_px
        step = self.axes() * self.side / fine
        corner = np.array(self.centre) - step.sum(0) * fine / 2
        (right_x, right_y), (down_x, down_y) = step
        matrix = (right_x, down_x, corner[0], right_y, down_y, corner[1])
        drawn = picture.transform(
            (fine, fine), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
        )
        return drawn.resize((side_px, side_px), Image.Resampling.BOX)


def whole_view(width: int, height: int, angle_deg: float = 0.0) -> View:
    """The smallest view that holds the whole picture."""
    return View((width / 2, height / 2), float(max(width, height)), angle_deg)


def random_view(
    rng: np.random.Generator, person: np.ndarray, width: int, height: int, upright_share: float
) -> View:
    """Somewhere about the person, now and then too near to hold the whole of them."""
    others = (1 - upright_share) / 2
    turn = rng.choice(TURNS_DEG, p=(upright_share, others, others))
    angle = float(turn + rng.normal(0, 8))
    flipped = bool(rng.random() < FLIP_SHARE)
    largest = float(max(width, height))
    seen = person[person[:, 2] > SEEN, :2]
    if rng.random() < WHOLE_SHARE or len(seen) < 2:
        side = largest * rng.uniform(0.9, 1.2)
        centre = np.array([width, height]) / 2 + rng.uniform(-0.08, 0.08, 2) * largest
    else:
        low, high = seen.min(0), seen.max(0)
        side = float(np.clip((high - low).max(), 0.15 * largest, largest)) * rng.uniform(0.95, 2.4)
        centre = (low + high) / 2 + rng.uniform(-0.15, 0.15, 2) * side
    return View((float(centre[0]), float(centre[1])), side, angle, flipped)


def relit(rng: np.random.Generator, view: Image.Image) -> np.ndarray:
    """Another exposure and colour, at times out of focus or grey; uint8 (side, side, 3)."""
    if rng.random() < BLUR_SHARE:
        view = view.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.8)))
    if rng.random() < GREY_SHARE:
        view = view.convert("L").convert("RGB")
    light = (np.asarray(view, np.float32) / 255) ** rng.uniform(0.7, 1.5)
    light = light * rng.uniform(0.6, 1.25) * rng.uniform(0.9, 1.1, 3)
    light += rng.normal(0, rng.uniform(0, 0.04), light.shape)
    return np.clip(light * 255, 0, 255).astype(np.uint8)

"""A person made of sticks, doing the exercises of the catalogue and other things before a camera.

Only directions of limbs matter, since every frame is stretched to its bounding box afterwards.
"""

import numpy as np

from models import course
from models.course import Course, Doubles
from models.features import Floats, unit_box
from models.postures import FIGURES, LOOSE, PLANKS, PRONE, REAR, STAND, Figure, P
from models.skeleton import K


def exercise(slug: str, length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of sets of a catalogue exercise."""
    kinds = FIGURES[slug]
    figure = kinds[rng.integers(len(kinds))]
    plan = course.sets(length, rng)
    start = figure.start + rng.normal(0, 6, P)
    turn = start + (figure.turn - figure.start) * rng.uniform(0.75, 1.15) + rng.normal(0, 5, P)
    turns = _turns(figure, start, turn, rng)
    others = np.stack([LOOSE[i] for i in rng.integers(len(LOOSE), size=course.OTHERS)])
    angles = start + plan.depth[:, None] * (turns[plan.side] - start)
    angles += plan.away[:, None] * 0.6 * (others[plan.other] - start)
    pitch = figure.pitch + rng.normal(0, 5)
    return _film(angles + _restless(length, 3, rng), pitch, rng), plan


def plank(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    still = PLANKS[rng.integers(len(PLANKS))] + rng.normal(0, 5, P)
    angles = still + _restless(length, 2, rng)
    return _film(angles, PRONE + rng.normal(0, 5), rng), _nothing(length)


def not_exercising(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """Walking, standing about, moving freely: nothing that counts."""
    kind = rng.integers(3)
    loose = LOOSE[rng.integers(len(LOOSE))] + rng.normal(0, 8, P)
    if kind == 0:
        angles = _walk(length, rng)
    elif kind == 1:
        angles = loose + _restless(length, 6, rng)
    else:
        angles = loose + _restless(length, float(rng.uniform(10, 45)), rng)
    return _film(angles, rng.normal(0, 4), rng), _nothing(length)


def _nothing(length: int) -> Course:
    zero = np.zeros(length)
    none = np.zeros(length, np.int64)
    return Course(zero, none, zero, none, zero, zero > 0, zero)


def _turns(figure: Figure, start: Doubles, turn: Doubles, rng: np.random.Generator) -> Doubles:
    """(2, P) turning postures of the two sides; alike unless the exercise is one-sided."""
    if not figure.one_sided or (figure.both_too and rng.random() < 0.5):
        return np.stack([turn, turn])
    turns = np.stack([turn, turn])
    resting = REAR if figure.one_sided == "lunge" else start
    parts = slice(1, 9) if figure.one_sided == "arms" else slice(9, P)
    columns = np.arange(P)[parts].reshape(2, 2, 2)  # segment, side, (flex, abd)
    for moving in (0, 1):
        still = columns[:, 1 - moving].ravel()
        turns[moving, still] = resting[still]
    if rng.random() < 0.3 and figure.one_sided != "legs":
        turns[1] = turns[0]
    return turns


def _walk(length: int, rng: np.random.Generator) -> Doubles:
    stride = np.exp(rng.uniform(np.log(5), np.log(60)))
    swing = np.sin(2 * np.pi * (np.arange(length) / stride + rng.random()))[:, None]
    angles = np.tile(STAND + rng.normal(0, 5, P), (length, 1))
    leg, arm = rng.uniform(8, 28), rng.uniform(3, 25)
    angles[:, [9]] += leg * swing
    angles[:, [11]] -= leg * swing
    angles[:, [13]] += leg * (swing - np.clip(-swing, 0, 1))
    angles[:, [15]] -= leg * (swing + np.clip(swing, 0, 1))
    angles[:, [1, 5]] -= arm * swing
    angles[:, [3, 7]] += arm * swing
    return angles


def _restless(length: int, degrees: float, rng: np.random.Generator) -> Doubles:
    """(T, P) smooth wandering about 0, never twice the same."""
    knots = max(3, length // int(rng.integers(4, 30)))
    stops = rng.normal(0, degrees, (knots, P))
    at = np.linspace(0, knots - 1.001, length)
    left = at.astype(int)
    share = (1 - np.cos(np.pi * (at - left)))[:, None] / 2
    return np.asarray(stops[left] * (1 - share) + stops[left + 1] * share)


def picture(
    postures: Doubles,
    turn_deg: Doubles,
    pitch_deg: float = 0.0,
    tilt_deg: float = 0.0,
    distance: float = 5.0,
    sizes: Doubles | None = None,
) -> Doubles:
    """(T, 17, 2) points, y down, of postures (T, P) before a camera `distance` body lengths off.

    pitch_deg: 0 upright, 90 face down. turn_deg: (T,) about the vertical. tilt_deg: of the camera.
    sizes: (8,) proportions of the body.
    """
    body = _joints(postures, np.ones(8) if sizes is None else sizes)
    body = _rotate(body, 0, np.full(len(postures), pitch_deg))
    body = _rotate(body, 1, turn_deg)
    body = _rotate(body, 0, np.full(len(postures), tilt_deg))
    depth = 1 + body[:, :, 2:] / distance
    return np.asarray(body[:, :, :2] / np.maximum(depth, 0.3) * [-1, -1])


def _film(postures: Doubles, pitch_deg: float, rng: np.random.Generator) -> Floats:
    """(T, 34): the postures as seen by a camera somewhere around the body."""
    turn = np.linspace(0, rng.normal(0, 20), len(postures)) + rng.uniform(-180, 180)
    points = picture(
        postures,
        turn,
        pitch_deg,
        float(rng.uniform(-25, 8)),
        float(rng.uniform(3, 12)),
        rng.normal(1, 0.08, 8),
    )
    return unit_box(points.astype(np.float32))


def _joints(angles: Doubles, size: Doubles) -> Doubles:
    """(T, 17, 3) positions of a body with these proportions."""
    count = len(angles)
    lean = np.radians(angles[:, 0])
    spine = np.stack([0 * lean, np.cos(lean), np.sin(lean)], axis=1)
    ahead = np.stack([0 * lean, -np.sin(lean), np.cos(lean)], axis=1)
    out = np.array([1.0, 0, 0])
    body = np.empty((count, K, 3))
    neck = spine * 0.52 * size[0]
    head = neck + spine * 0.2 * size[1] + ahead * 0.05
    body[:, 0] = head + ahead * 0.08
    for side, sign in ((0, 1.0), (1, -1.0)):
        body[:, 1 + side] = head + ahead * 0.06 + spine * 0.03 + sign * 0.03 * out
        body[:, 3 + side] = head + sign * 0.07 * out
        body[:, 5 + side] = neck + sign * 0.19 * size[2] * out
        body[:, 11 + side] = sign * 0.11 * size[3] * out
        # Arms hang from the trunk: a lean carries the shoulders, gravity keeps the arm's angle.
        for first, column, lengths in ((5, 1, (0.29, 0.26)), (11, 9, (0.42, 0.42))):
            start = body[:, first + side]
            for step in (0, 1):
                at = column + 4 * step + 2 * side
                flex, abd = np.radians(angles[:, at]), np.radians(angles[:, at + 1])
                way = np.stack(
                    [sign * np.sin(abd), -np.cos(abd) * np.cos(flex), np.cos(abd) * np.sin(flex)],
                    axis=1,
                )
                start = start + way * lengths[step] * size[4 + (first > 5) * 2 + step]
                body[:, first + 2 * (step + 1) + side] = start
    return body


def _rotate(body: Doubles, axis: int, degrees: Doubles) -> Doubles:
    """(T, 17, 3) turned about x (0) or y (1), each frame by its own angle."""
    cos, sin = np.cos(np.radians(degrees))[:, None], np.sin(np.radians(degrees))[:, None]
    a, b = ((1, 2), (2, 0))[axis]
    turned = body.copy()
    turned[:, :, a] = cos * body[:, :, a] - sin * body[:, :, b]
    turned[:, :, b] = sin * body[:, :, a] + cos * body[:, :, b]
    return turned

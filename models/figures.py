"""A person made of sticks, doing the exercises of the catalogue and other things before a camera.

Angles in degrees, in the body's own frame: x to its left, y up, z forward. `flex` swings a segment
forward from hanging down (0) through horizontal (90) to upright (180), `abd` outwards. Only
directions matter, since every frame is stretched to its bounding box afterwards.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from models import course
from models.course import Course, Doubles
from models.features import Floats, unit_box
from models.skeleton import K

# A posture: lean, then flex and abd of upper arm, forearm, thigh, shank; left before right.
SEGMENTS: Final = ("upper_arm", "forearm", "thigh", "shank")
P: Final = 1 + 2 * 2 * len(SEGMENTS)
Part = tuple[float, float]
_PRONE, _SUPINE, _UPRIGHT = 80.0, -88.0, 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """How one exercise looks: postures at start and turn, how the body lies, where sides differ."""

    start: Doubles
    turn: Doubles
    pitch: float = _UPRIGHT
    one_sided: str = ""  # "", "legs" or "arms": the parts that move on one side at a time
    both_too: bool = False  # whether people also do it with both sides at once


def posture(
    lean: float = 0,
    arm: Part = (0, 8),
    forearm: Part | None = None,
    thigh: Part = (0, 4),
    shank: Part | None = None,
) -> Doubles:
    """(P,) both sides alike; a lower segment continues the upper one unless told."""
    lower = (forearm or arm, shank or thigh)
    segments = [arm, lower[0], thigh, lower[1]]
    return np.array([lean, *(angle for part in segments for angle in (*part, *part))], float)


_STAND = posture()
_REAR = posture(thigh=(-25, 4), shank=(-95, 4))
FIGURES: Final[dict[str, tuple[Figure, ...]]] = {
    "squat": (
        Figure(posture(arm=(80, 5)), posture(35, (90, 5), thigh=(95, 12), shank=(-22, 8))),
        Figure(
            posture(arm=(20, 40), forearm=(150, 20)),
            posture(40, (10, 40), (140, 20), thigh=(90, 15), shank=(-25, 8)),
        ),
    ),
    "deadlift": (
        Figure(_STAND, posture(75, (5, 8), thigh=(40, 6), shank=(-12, 4))),
        Figure(_STAND, posture(80, (5, 8), thigh=(15, 6), shank=(0, 4))),
    ),
    "lunge": (
        Figure(_STAND, posture(8, thigh=(75, 4), shank=(-8, 4)), one_sided="lunge"),
        Figure(
            posture(arm=(10, 30), forearm=(80, -40)),
            posture(8, (10, 30), (80, -40), thigh=(75, 4), shank=(-8, 4)),
            one_sided="lunge",
        ),
    ),
    "high_knees": (
        Figure(
            posture(3, (10, 8), (90, 5)),
            posture(0, (-15, 8), (75, 5), (92, 4), (-8, 4)),
            one_sided="legs",
        ),
        Figure(
            posture(arm=(30, 8), forearm=(90, 0)),
            posture(arm=(30, 8), forearm=(90, 0), thigh=(88, 4), shank=(-5, 4)),
            one_sided="legs",
        ),
    ),
    "mountain_climber": (
        Figure(
            posture(arm=(85, 8)),
            posture(arm=(85, 8), thigh=(105, 4), shank=(10, 4)),
            _PRONE,
            "legs",
        ),
    ),
    "push_up": (
        Figure(posture(arm=(85, 8)), posture(arm=(0, 40), forearm=(85, 0)), _PRONE),
        Figure(posture(arm=(80, 8)), posture(arm=(-15, 25), forearm=(80, 5)), 60.0),
    ),
    "sit_up": (
        Figure(
            posture(arm=(150, 30), forearm=(200, -50), thigh=(50, 6), shank=(-55, 6)),
            posture(75, (150, 30), (200, -50), (50, 6), (-55, 6)),
            _SUPINE,
        ),
    ),
    "bench_press": (
        Figure(
            posture(arm=(88, 8), thigh=(5, 20), shank=(-85, 20)),
            posture(arm=(10, 60), forearm=(88, 8), thigh=(5, 20), shank=(-85, 20)),
            _SUPINE,
        ),
    ),
    "pull_up": (
        Figure(
            posture(arm=(178, 12)),
            posture(5, (60, 45), (178, 0), (15, 4), (-40, 4)),
        ),
    ),
    "shoulder_press": (
        Figure(posture(arm=(20, 55), forearm=(175, 5)), posture(arm=(175, 8))),
        Figure(posture(arm=(50, 25), forearm=(165, 5)), posture(arm=(172, 8))),
    ),
    "front_raise": (Figure(_STAND, posture(arm=(92, 4)), one_sided="arms", both_too=True),),
    "bicep_curl": (
        Figure(_STAND, posture(arm=(12, 8), forearm=(140, 2)), one_sided="arms", both_too=True),
        Figure(
            posture(10, (20, 4), thigh=(85, 12), shank=(0, 8)),
            posture(10, (25, 4), (140, 2), (85, 12), (0, 8)),
            one_sided="arms",
            both_too=True,
        ),
    ),
    "jumping_jack": (
        Figure(_STAND, posture(arm=(0, 165), forearm=(0, 175), thigh=(0, 24), shank=(0, 24))),
    ),
}
_PLANKS: Final = (posture(arm=(85, 6)), posture(arm=(85, 6), forearm=(170, -5)))
_LOOSE: Final = (
    _STAND,
    posture(arm=(20, 30), forearm=(100, -30)),
    posture(arm=(0, 25), forearm=(30, -30)),
    posture(10, (40, 10), (110, 0)),
    posture(60, (30, 10), thigh=(30, 6), shank=(-10, 5)),
    posture(arm=(170, 20), forearm=(160, 10)),
    posture(5, (20, 8), (60, 0), (85, 10), (0, 8)),
)


def exercise(slug: str, length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of sets of a catalogue exercise."""
    kinds = FIGURES[slug]
    figure = kinds[rng.integers(len(kinds))]
    plan = course.sets(length, rng)
    start = figure.start + rng.normal(0, 6, P)
    turn = start + (figure.turn - figure.start) * rng.uniform(0.75, 1.15) + rng.normal(0, 5, P)
    turns = _turns(figure, start, turn, rng)
    others = np.stack([_LOOSE[i] for i in rng.integers(len(_LOOSE), size=course.OTHERS)])
    angles = start + plan.depth[:, None] * (turns[plan.side] - start)
    angles += plan.away[:, None] * 0.6 * (others[plan.other] - start)
    pitch = figure.pitch + rng.normal(0, 5)
    return _film(angles + _restless(length, 3, rng), pitch, rng), plan


def plank(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    still = _PLANKS[rng.integers(len(_PLANKS))] + rng.normal(0, 5, P)
    angles = still + _restless(length, 2, rng)
    return _film(angles, _PRONE + rng.normal(0, 5), rng), _nothing(length)


def not_exercising(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """Walking, standing about, moving freely: nothing that counts."""
    kind = rng.integers(3)
    loose = _LOOSE[rng.integers(len(_LOOSE))] + rng.normal(0, 8, P)
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
    resting = _REAR if figure.one_sided == "lunge" else start
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
    angles = np.tile(_STAND + rng.normal(0, 5, P), (length, 1))
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

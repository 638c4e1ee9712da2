"""Synthetic people: sticks in three dimensions that exercise or do something else.

Every call makes up a person, a manner of moving and a camera out of the generator it is given.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from models import body, routine
from models.body import FACE, GAIT, LIMBS, Camera, P
from models.course import Course, Doubles, Writer
from models.errands import ERRANDS
from models.exercises import BY_SLUG
from models.features import Floats, unit_box
from models.heldout import draw
from models.postures import FIGURES, PLANKS
from models.routine import Stops
from models.stance import STAND, TO_FLOOR, Figure, mirrored
from models.uncatalogued import UNCATALOGUED

_T = TypeVar("_T")
_ERRANDS: Final = tuple(ERRANDS.values())
_OTHERS: Final = 4  # postures to idle in


@dataclass(frozen=True, slots=True)
class Motion:
    """Postures (T, P) along a course, before it is filmed."""

    postures: Doubles
    plan: Course
    view: str = "any"


def exercise(slug: str, length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of sets of a catalogue exercise."""
    figure = some(FIGURES[slug], rng)
    poses, stops = stations(figure, rng)
    plan = routine.sets(length, rng, stops, rep_seconds(figure, rng))
    return _film(Motion(move(poses, plan, rng, figure.even), plan, BY_SLUG[slug].view), rng)


def uncatalogued(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of sets of an exercise that counts and has no name here."""
    figure = some(UNCATALOGUED, rng)
    poses, stops = stations(figure, rng)
    plan = routine.sets(length, rng, stops, rep_seconds(figure, rng))
    return _film(Motion(move(poses, plan, rng, figure.even), plan), rng)


def plank(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of a hold, sometimes with getting there."""
    poses = np.stack([some(PLANKS, rng), *TO_FLOOR]) + rng.normal(0, 5, P)
    writer = Writer()
    if rng.random() < 0.3:
        rate = _rate(rng)
        writer = Writer(-rate * rng.exponential(1.5), 1)
        routine.come(writer, Stops(((0,), (0,)), (1, 2, 3, 4)), rate, rng)
    plan = writer.finish(length)
    return _film(Motion(move(poses, plan, rng), plan, "side"), rng)


def not_exercising(length: int, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) samples of walking, sitting down, stretching, drinking…: nothing that counts."""
    rate = _rate(rng)
    plan, poses = errand(length, rate, rng)
    return _film(Motion(move(poses, plan, rng, rate=rate), plan), rng)


def errand(length: int, rate: float, rng: np.random.Generator) -> tuple[Course, Doubles]:
    """A course and its poses (S, P) without any repetition; rate: samples a second."""
    chosen = some(_ERRANDS, rng)
    poses = np.stack(chosen) + rng.normal(0, 6, (len(chosen), P)) * _LOOSE
    poses[:, FACE] += rng.normal(0, 40, len(poses)) * (rng.random() < 0.6)
    if rng.random() < 0.5:
        poses = np.stack([mirrored(pose) for pose in poses])
    writer = Writer(-rate * rng.exponential(2))
    routine.idle(writer, tuple(range(len(poses))), (length - writer.now) / rate, rate, rng)
    return writer.finish(length), poses


def stations(figure: Figure, rng: np.random.Generator) -> tuple[Doubles, Stops]:
    """(S, P) postures of a person who does this exercise in an own way, and what they are for."""
    own = rng.normal(0, 5, P) * _LOOSE
    hers = rng.normal(0, 5, P) * _LOOSE
    way = [pose + own + hers for pose in figure.way]
    sides = some(figure.sides, rng)
    if sides == "one" and rng.random() < 0.5:
        way = [mirrored(pose) for pose in way]
    second = [mirrored(pose) for pose in way] if sides == "change" else way
    approach = figure.approach or (STAND,)
    errands = some(_ERRANDS, rng)
    others = [errands[i] for i in rng.integers(len(errands), size=_OTHERS)]
    away = np.stack([*approach, *others]) + rng.normal(0, 6, (len(approach) + _OTHERS, P)) * _LOOSE
    away[:, FACE] += rng.normal(0, 45, len(away)) * (rng.random(len(away)) < 0.5)
    poses = np.concatenate([[figure.start + own, *way, *second], away])
    n, first = len(way), 1 + 2 * len(way)
    last = first + len(approach)
    ways = (tuple(range(1, 1 + n)), tuple(range(1 + n, first)))
    stops = Stops(
        ways, tuple(range(first, last)), tuple(range(last, len(poses))), sides == "change"
    )
    return poses, stops


def rep_seconds(figure: Figure, rng: np.random.Generator, held_out: bool = False) -> float:
    return float(np.exp(draw(np.log(figure.rep_s[0]), np.log(figure.rep_s[1]), 6, rng, held_out)))


def move(
    poses: Doubles, plan: Course, rng: np.random.Generator, even: bool = False, rate: float = 0.0
) -> Doubles:
    """(T, P) postures along a course: neither quite still nor twice the same; steps where it walks.

    rate: samples a second; without it the walk has a pace of its own.
    """
    roundness = 0.0 if even else float(rng.uniform(0.4, 1))
    angles = plan.path(poses, roundness)
    angles[:, LIMBS - 4 :] += _restless(len(plan), float(rng.uniform(0.5, 4)), P - LIMBS + 4, rng)
    if angles[:, GAIT].max() > 0.02:
        stride = (rate or float(np.exp(rng.uniform(1.2, 3.8)))) * float(rng.uniform(0.85, 1.4))
        walk = body.swing(len(plan), max(stride, 2.5), float(rng.random()))
        angles += np.clip(angles[:, GAIT], 0, 1)[:, None] * float(rng.uniform(0.5, 1.3)) * walk
    return angles


def picture(
    postures: Doubles,
    turn_deg: Doubles,
    pitch_deg: float = 0.0,
    tilt_deg: float = 0.0,
    distance: float = 3.0,
    sizes: Doubles | None = None,
) -> Doubles:
    """(T, 17, 2) points, y down, of postures (T, P) before a camera `distance` statures off.

    pitch_deg: added to the postures'; turn_deg: (T,) about the vertical; tilt_deg: of the camera.
    sizes: proportions of the body as in `body`.
    """
    turned = postures.copy()
    turned[:, body.PITCH] += pitch_deg
    turned[:, FACE] += turn_deg
    camera = Camera(0.0, tilt_deg=tilt_deg, distance=distance)
    return body.project(turned, camera, np.ones(body.SIZES) if sizes is None else sizes)


def some(things: tuple[_T, ...], rng: np.random.Generator) -> _T:
    return things[int(rng.integers(len(things)))]


def _film(motion: Motion, rng: np.random.Generator) -> tuple[Floats, Course]:
    """(T, 34) as an even camera sees it, somebody's feet or far side perhaps out of sight."""
    points = body.project(motion.postures, body.camera(motion.view, rng), body.sizes(rng))
    return unit_box(points.astype(np.float32)), motion.plan


def _rate(rng: np.random.Generator) -> float:
    return float(np.exp(rng.uniform(*np.log((1.2, 30.0)))))


def _restless(length: int, degrees: float, width: int, rng: np.random.Generator) -> Doubles:
    """(T, width) smooth wandering about 0."""
    knots = max(3, length // int(rng.integers(4, 40)))
    stops = rng.normal(0, degrees, (knots, width))
    at = np.linspace(0, knots - 1.001, length)
    left = at.astype(int)
    share = (1 - np.cos(np.pi * (at - left)))[:, None] / 2
    return np.asarray(stops[left] + share * (stops[left + 1] - stops[left]))


_LOOSE: Final = np.ones(P)
_LOOSE[[GAIT, FACE, body.HANG]] = 0
_LOOSE[[body.PITCH, body.LEAN]] = 0.7

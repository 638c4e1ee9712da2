"""Sets as a camera would have seen them: keypoints of a synthetic person, some faults on purpose.

Plain numpy, seconds of film in milliseconds; counted and judged like anybody's.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models import body, estimator_noise
from models.body import Camera, Doubles
from models.course import Writer
from models.form_changes import change_for
from models.form_manners import HOLD, Manner
from models.postures import FIGURES, PLANKS
from models.sequence import Sequence
from models.stance import SIDED

ESTIMATOR: Final = "posenet_refined"
WIDTH_PX, HEIGHT_PX = 640, 480
ASPECT: Final = WIDTH_PX / HEIGHT_PX
FPS: Final = 12.0
_SHARE: Final = 0.8  # of the picture that the body takes
_SURE: Final = 7.0  # logit of the scores: a well-lit room, nothing in the way
_BEFORE_S, _AFTER_S = 1.5, 1.2  # in position, still
_TURN_S, _REST_S = 0.2, 0.3
_OWN: Final = 1.5  # degrees by which repetitions differ
_SWAY: Final = 0.8  # degrees, of somebody who holds still
_UNSTEADY: Final = 0.04  # of the logarithm of durations
_TURNED: Final = 8.0  # degrees; more, and they are not counted
_BODY: Final = np.ones(body.SIZES)  # typical proportions


@dataclass(frozen=True, slots=True)
class Take:
    """faults: of each repetition, None where it is clean; of a hold, empty. figure: which of the
    postures of the exercise. yaw_deg: 0 from the side. out_s, back_s: to the turn and back.
    hold_s: 0 unless it is a hold."""

    exercise: str
    faults: tuple[str | None, ...] = ()
    figure: int = 0
    yaw_deg: float = 25.0
    out_s: float = 1.4
    back_s: float = 1.2
    hold_s: float = 0.0


def filmed(take: Take, rng: np.random.Generator) -> Sequence:
    """The keypoints of the whole set; the same for the same take and generator."""
    postures = _held(take, rng) if take.exercise == HOLD else _repeated(take, rng)
    camera = Camera(90 + take.yaw_deg, tilt_deg=-4, distance=3.5)
    points = _framed(body.project(postures, camera, _BODY, grounded=True))
    found, score = estimator_noise.seen(points, _trunk(points), _SURE, FPS, rng)
    poses = np.concatenate([found / [ASPECT, 1], score[:, :, None]], axis=2)
    return Sequence.at_fps(np.clip(poses, 0, 1), FPS, ASPECT)


def _repeated(take: Take, rng: np.random.Generator) -> Doubles:
    """(T, P) from the start to each turn and back, every repetition in a manner of its own."""
    figure = FIGURES[take.exercise][take.figure]
    good = Manner(figure.start, figure.turn, take.out_s, take.back_s)
    poses, writer = [good.start], Writer()
    writer.stay(_BEFORE_S * FPS)
    for fault in take.faults:
        manner = _on_toes(change_for(take.exercise, fault)(good, rng), fault) if fault else good
        own = _OWN * _unlike(rng)
        pace = FPS * float(np.exp(rng.normal(0, _UNSTEADY)))
        poses += [manner.turn + own, manner.start + own / 2]
        writer.move(pace * manner.out_s, len(poses) - 2)
        writer.stay(pace * _TURN_S)
        writer.move(pace * manner.back_s, len(poses) - 1)
        writer.stay(pace * _REST_S)
    writer.stay(_AFTER_S * FPS)
    return writer.finish(int(writer.now)).path(np.stack(poses))


def _on_toes(manner: Manner, fault: str) -> Manner:
    """Hips that sag lift the feet; the body turns about the hands until they are down again."""
    if fault != "sagging_hips":
        return manner
    turn = np.zeros(body.P)
    turn[body.PITCH] = -_TURNED
    turn[SIDED[:2, :, 0]] = -_TURNED  # the arms stay as they were in space
    return replace(manner, start=manner.start + turn, turn=manner.turn + turn)


def _held(take: Take, rng: np.random.Generator) -> Doubles:
    """(T, P) one posture with a slow sway."""
    plank = PLANKS[take.figure]
    poses, writer = np.stack([plank, plank + _SWAY * _unlike(rng)]), Writer()
    while writer.now < take.hold_s * FPS:
        writer.visit(4 * FPS, 1, float(rng.uniform(0.3, 1)))
    return writer.finish(int(writer.now)).path(poses)


def _unlike(rng: np.random.Generator) -> Doubles:
    """(P,) of unit size, for the trunk and the limbs; the body stays where it is."""
    return np.where(np.arange(body.P) < body.LEAN, 0, rng.normal(size=body.P))


def _framed(points: Doubles) -> Doubles:
    """In heights of the picture, the body in its middle."""
    low, high = points.min((0, 1)), points.max((0, 1))
    scale = _SHARE * min(ASPECT / (high - low)[0], 1 / (high - low)[1])
    return np.asarray(np.array([ASPECT, 1]) / 2 + scale * (points - (low + high) / 2))


def _trunk(points: Doubles) -> float:
    """Length, in heights of the picture."""
    trunks = points[:, 5:7].mean(axis=1) - points[:, 11:13].mean(axis=1)
    return float(np.quantile(np.hypot(*trunks.T), 0.8))

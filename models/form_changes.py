"""Ways of doing an exercise wrong, each in one named way.

A fault changes the postures of a good manner, or the time between them. How much is drawn from a
range that lies clear of the standard's limit on its wrong side, as good manners lie clear of it on
the right one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from models.body import BEND, LEAN, Doubles
from models.faults import STANDARDS
from models.form_manners import HOLD, Manner
from models.stance import SIDED

Change = Callable[[Manner, np.random.Generator], Manner]

ARM, FOREARM, THIGH, SHANK = range(4)
ARMS, LEGS = (ARM, FOREARM), (THIGH, SHANK)
# The start is at the top, so that the way to the turn is the way down.
_DOWN_FIRST: Final = frozenset({"squat", "push_up", "lunge", "bench_press", "deadlift"})


def _moved(
    posture: Doubles,
    segments: tuple[int, ...],
    flex: float = 0,
    abd: float = 0,
    lean: float = 0,
    sides: tuple[int, ...] = (0, 1),
) -> Doubles:
    made = posture.copy()
    for side in sides:
        made[SIDED[list(segments), side, 0]] += flex
        made[SIDED[list(segments), side, 1]] += abd
    made[LEAN] += lean
    return made


def _toward(a: Doubles, b: Doubles, share: float, segments: tuple[int, ...] = ()) -> Doubles:
    """A share of the way from a to b, of all or of these segments of both sides alone."""
    if not segments:
        return a + share * (b - a)
    made = b.copy()
    columns = SIDED[list(segments)].ravel()
    made[columns] = a[columns] + share * (b - a)[columns]
    return made


def _short(low: float, high: float, *segments: int) -> Change:
    """The turn is not reached."""
    return lambda one, rng: replace(
        one, turn=_toward(one.start, one.turn, rng.uniform(low, high), segments)
    )


def _unfinished(low: float, high: float, *segments: int) -> Change:
    """The way back to the start is not finished."""
    return lambda one, rng: replace(
        one, start=_toward(one.turn, one.start, 1 - rng.uniform(low, high), segments)
    )


def _always(segments: tuple[int, ...], flex: tuple[float, float], lean: float = 0) -> Change:
    """Start and turn alike; lean in shares of the flexion."""

    def change(one: Manner, rng: np.random.Generator) -> Manner:
        by = float(rng.uniform(*flex))
        start, turn = (_moved(p, segments, by, lean=lean * by) for p in (one.start, one.turn))
        return replace(one, start=start, turn=turn)

    return change


def _leaning(start: tuple[float, float], turn: tuple[float, float]) -> Change:
    """The trunk leans this much more, below 0 back, and the arms hang on as they were."""

    def change(one: Manner, rng: np.random.Generator) -> Manner:
        more, most = float(rng.uniform(*start)), float(rng.uniform(*turn))
        return replace(
            one, start=_moved(one.start, (), lean=more), turn=_moved(one.turn, (), lean=most)
        )

    return change


def _at_turn(
    segments: tuple[int, ...], flex: tuple[float, float] = (0, 0), abd: tuple[float, float] = (0, 0)
) -> Change:
    return lambda one, rng: replace(
        one, turn=_moved(one.turn, segments, rng.uniform(*flex), rng.uniform(*abd))
    )


def _arm_behind(one: Manner, rng: np.random.Generator) -> Manner:
    """One arm goes half of the way only."""
    side, share = int(rng.integers(2)), float(rng.uniform(0.3, 0.5))
    columns = SIDED[list(ARMS), side].ravel()
    turn = one.turn.copy()
    turn[columns] = one.start[columns] + share * (one.turn - one.start)[columns]
    return replace(one, turn=turn)


def _arm_late(one: Manner, rng: np.random.Generator) -> Manner:
    """One arm comes up half of the way only, where the start is up."""
    back = _arm_behind(replace(one, start=one.turn, turn=one.start), rng)
    return replace(one, start=back.turn)


def _aside(one: Manner, rng: np.random.Generator) -> Manner:
    """Hips to one side of the feet."""
    by = float(rng.uniform(16, 24)) * (1 if rng.random() < 0.5 else -1)
    turn = _moved(_moved(one.turn, LEGS, abd=by, sides=(0,)), LEGS, abd=-by, sides=(1,))
    turn[BEND] += by / 4
    return replace(one, turn=turn)


def _caving(one: Manner, rng: np.random.Generator) -> Manner:
    inward = float(rng.uniform(18, 26))
    turn = _moved(one.turn, (THIGH,), abd=-inward)
    return replace(one, turn=_moved(turn, (SHANK,), abd=0.7 * inward))


def _swinging_arm(one: Manner, rng: np.random.Generator) -> Manner:
    by = float(rng.uniform(48, 70))
    return replace(one, turn=_moved(one.turn, ARMS, by, sides=(0,)))


def _knee_forward(one: Manner, rng: np.random.Generator) -> Manner:
    """The front leg's, which is the left one."""
    by = float(rng.uniform(38, 50))
    return replace(one, turn=_moved(one.turn, (SHANK,), -by, sides=(0,)))


def _flaring(one: Manner, rng: np.random.Generator) -> Manner:
    turn = one.turn.copy()
    turn[SIDED[ARM, :, 1]] = rng.uniform(82, 90)
    return replace(one, turn=turn)


def _fast(slug: str) -> Change:
    def change(one: Manner, rng: np.random.Generator) -> Manner:
        fall_s = float(rng.uniform(0.2, 0.35))
        if slug in _DOWN_FIRST:
            return replace(one, out_s=fall_s)
        return replace(one, back_s=fall_s)

    return change


def _one_short(one: Manner, rng: np.random.Generator) -> Manner:
    depths = list(one.depths)
    depths[int(rng.integers(len(depths)))] = float(rng.uniform(0.35, 0.55))
    return replace(one, depths=tuple(depths))


def _uneven(one: Manner, _: np.random.Generator) -> Manner:
    return replace(one, paces=(0.65, 1.6), depths=(1.0,) * 8)


_BACK: Final = _leaning((-4, 4), (-34, -24))
_SWAY: Final = _leaning((14, 20), (-18, -12))
_SAG: Final = _always(LEGS, (-18, -12), lean=1.0)
_PIKE: Final = _always(LEGS, (17, 26), lean=1.0)
_MADE: Final[dict[tuple[str, str], Change]] = {
    ("squat", "depth"): _short(0.3, 0.5),
    ("squat", "lockout"): _unfinished(0.35, 0.45),
    ("squat", "trunk_lean"): _leaning((0, 0), (32, 42)),
    ("squat", "knee_cave"): _caving,
    ("squat", "asymmetry"): _aside,
    ("push_up", "depth"): _short(0.25, 0.45),
    ("push_up", "lockout"): _unfinished(0.45, 0.6),
    ("push_up", "sagging_hips"): _SAG,
    ("push_up", "piked_hips"): _PIKE,
    ("push_up", "elbow_flare"): _flaring,
    ("sit_up", "half_way"): _short(0.2, 0.4),
    ("pull_up", "chin_low"): _short(0.35, 0.6),
    ("pull_up", "extension"): _unfinished(0.35, 0.5, *ARMS),
    ("pull_up", "swinging_trunk"): _leaning((22, 30), (-30, -22)),
    ("pull_up", "asymmetry"): _arm_behind,
    ("lunge", "depth"): _short(0.25, 0.45),
    ("lunge", "trunk_lean"): _leaning((0, 0), (38, 50)),
    ("lunge", "knee_forward"): _knee_forward,
    ("jumping_jack", "arms_low"): _short(0.35, 0.6, *ARMS),
    ("jumping_jack", "feet_narrow"): _short(0.0, 0.25, *LEGS),
    ("jumping_jack", "asymmetry"): _arm_behind,
    ("bicep_curl", "half_way"): _short(0.35, 0.55, *ARMS),
    ("bicep_curl", "extension"): _unfinished(0.4, 0.55, *ARMS),
    ("bicep_curl", "swinging_arm"): _swinging_arm,
    ("bicep_curl", "swinging_trunk"): _SWAY,
    ("bicep_curl", "lean_back"): _BACK,
    ("shoulder_press", "depth"): _unfinished(0.55, 0.7, *ARMS),
    ("shoulder_press", "lockout"): _short(0.4, 0.6, *ARMS),
    ("shoulder_press", "lean_back"): _leaning((-34, -28), (-38, -30)),
    ("shoulder_press", "asymmetry"): _arm_behind,
    ("front_raise", "arms_low"): _short(0.35, 0.6, *ARMS),
    ("front_raise", "bent_arms"): _at_turn((FOREARM,), (55, 80)),
    ("front_raise", "swinging_trunk"): _SWAY,
    ("front_raise", "lean_back"): _BACK,
    ("bench_press", "depth"): _short(0.25, 0.45),
    ("bench_press", "lockout"): _unfinished(0.45, 0.6),
    ("bench_press", "elbow_flare"): _flaring,
    ("bench_press", "asymmetry"): _arm_late,
    ("deadlift", "lockout"): _unfinished(0.35, 0.45),
    ("deadlift", "lean_back"): _leaning((-34, -24), (0, 0)),
    ("high_knees", "knee_low"): _short(0.25, 0.5, *LEGS),
    ("high_knees", "lean_back"): _leaning((-34, -24), (-34, -24)),
    ("mountain_climber", "knee_low"): _short(0.2, 0.4, *LEGS),
    ("mountain_climber", "piked_hips"): _leaning((34, 44), (34, 44)),
    (HOLD, "sagging_hips"): _always(LEGS, (-13, -10), lean=0.8),
    (HOLD, "piked_hips"): _always(LEGS, (20, 24), lean=0.8),
}


def change_for(slug: str, fault: str) -> Change:
    """What makes a good manner of this exercise show this fault. Raises KeyError for another."""
    shared = {"fast_lowering": _fast(slug), "short_range": _one_short, "uneven_tempo": _uneven}
    return shared[fault] if fault in shared else _MADE[slug, fault]


ALL: Final = tuple(
    (slug, fault.name) for slug, standard in STANDARDS.items() for fault in standard.faults
)

"""Films of synthetic people with their true proportions kept, for what wants true angles."""

from typing import Final

import numpy as np

from models import body, figures, routine
from models.dataset import REST
from models.exercises import BY_SLUG
from models.features import Floats
from models.postures import FIGURES
from models.results import UNKNOWN
from models.stance import Figure
from models.uncatalogued import UNCATALOGUED

KINDS: Final = (*FIGURES, UNKNOWN, REST)


def film(kind: str, length: int, rng: np.random.Generator) -> Floats:
    """(T, 17, 2) points, y down, both axes in the same unit.

    kind: an exercise with repetitions, UNKNOWN for one outside the catalogue, REST for none.
    """
    view = BY_SLUG[kind].view if kind in BY_SLUG else "any"
    if kind == REST:
        plan, poses = figures.errand(length, float(np.exp(rng.uniform(0.5, 3))), rng)
        postures = figures.move(poses, plan, rng)
    else:
        postures = _exercise(figures.some(FIGURES.get(kind, UNCATALOGUED), rng), length, rng)
    points = body.project(postures, body.camera(view, rng), body.sizes(rng))
    return points.astype(np.float32)


def _exercise(figure: Figure, length: int, rng: np.random.Generator) -> body.Doubles:
    poses, stops = figures.stations(figure, rng)
    plan = routine.sets(length, rng, stops, figures.rep_seconds(figure, rng))
    return figures.move(poses, plan, rng, figure.even)

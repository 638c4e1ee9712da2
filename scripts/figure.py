"""The figure's body: tapered limbs that melt into each other, and the distance to them.

Knows nothing of pictures, light or cameras.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

YAW = np.radians(32.0)
SKIN, HAIR, SHIRT, SHORTS, SHOE, SOCK = range(6)


@dataclass(frozen=True)
class Parts:
    """Tapered capsules: from `a` to `b` (P, 3), in metres, with radii (P,), one colour each."""

    a: Array
    b: Array
    radius_a: Array
    radius_b: Array
    colour: NDArray[np.int64]


def knee(hip: Array, ankle: Array, forward: Array) -> Array:
    """Where the knee is, bending towards `forward`, when thigh and shin are 0.43 m each."""
    middle, line = (hip + ankle) / 2, ankle - hip
    height = np.sqrt(max(0.43**2 - float(line @ line) / 4, 0.0))
    aside = forward - line * (forward @ line) / (line @ line)
    return middle + aside / np.linalg.norm(aside) * height


def body(depth: float) -> tuple[Parts, Array, Array]:
    """The figure at a depth of squat (0 standing, 1 thighs level), its head's centre and axes."""
    rows: list[tuple[Array, Array, float, float, int]] = []

    def add(a: Array, b: Array, radius_a: float, radius_b: float, colour: int) -> None:
        rows.append((a, b, radius_a, radius_b, colour))

    def at(x: float, y: float, z: float) -> Array:
        return np.array([x, y, z])

    lean = np.radians(4 + 34 * depth)
    pelvis = at(0, 0.93 - 0.42 * depth, -0.02 - 0.24 * depth)
    up = at(0, np.cos(lean), np.sin(lean))
    chest = pelvis + 0.34 * up
    neck = pelvis + 0.52 * up
    gaze = np.radians(12 * depth)
    head_up, face = at(0, np.cos(gaze), np.sin(gaze)), at(0, -np.sin(gaze), np.cos(gaze))
    head = neck + 0.09 * up + 0.115 * head_up + 0.015 * face

    add(pelvis - 0.02 * up, pelvis + 0.10 * up, 0.125, 0.120, SHORTS)
    add(pelvis + 0.10 * up, chest, 0.122, 0.135, SHIRT)
    add(chest, chest + 0.06 * up, 0.137, 0.128, SHIRT)
    add(neck - 0.05 * up, head - 0.06 * head_up, 0.062, 0.056, SKIN)
    add(
        head + 0.03 * head_up - 0.012 * face,
        head - 0.055 * head_up + 0.018 * face,
        0.092,
        0.066,
        SKIN,
    )
    add(
        head + 0.048 * head_up - 0.030 * face,
        head - 0.015 * head_up - 0.045 * face,
        0.089,
        0.078,
        HAIR,
    )
    add(
        head + 0.012 * head_up + 0.088 * face,
        head - 0.022 * head_up + 0.104 * face,
        0.012,
        0.019,
        SKIN,
    )

    for side in (1.0, -1.0):
        out = at(side, 0, 0)
        shoulder = chest + 0.115 * up + 0.165 * out
        hip = pelvis + 0.095 * out
        ankle = at(side * 0.17, 0.085, 0.0)
        toe = ankle + at(side * 0.055, -0.045, 0.16)
        bend = knee(hip, ankle, at(side * 0.38, 0, 1.0))
        add(chest + 0.09 * up + 0.05 * out, shoulder, 0.105, 0.072, SHIRT)
        add(hip, hip + 0.62 * (bend - hip), 0.100, 0.088, SHORTS)
        add(hip + 0.5 * (bend - hip), bend, 0.078, 0.060, SKIN)
        add(bend, bend + 0.35 * (ankle - bend), 0.058, 0.062, SKIN)
        add(bend + 0.35 * (ankle - bend), ankle + 0.06 * (bend - ankle), 0.062, 0.040, SKIN)
        add(ankle + 0.22 * (bend - ankle), ankle, 0.043, 0.042, SOCK)
        add(ankle - at(0, 0.03, 0.035), toe, 0.045, 0.038, SHOE)
        reach = np.radians(14 + 58 * depth)
        spread = side * (0.30 - 0.16 * depth)
        upper = at(spread, -np.cos(reach), np.sin(reach))
        upper /= np.linalg.norm(upper)
        reach += np.radians(14)
        lower = at(spread * 0.55, -np.cos(reach), np.sin(reach))
        lower /= np.linalg.norm(lower)
        elbow = shoulder + 0.29 * upper
        wrist = elbow + 0.255 * lower
        add(shoulder, shoulder + 0.55 * (elbow - shoulder), 0.066, 0.058, SHIRT)
        add(shoulder + 0.4 * (elbow - shoulder), elbow, 0.048, 0.041, SKIN)
        add(elbow, wrist, 0.043, 0.029, SKIN)
        add(wrist, wrist + 0.10 * lower, 0.034, 0.030, SKIN)
        add(
            head + side * 0.092 * at(1, 0, 0) - 0.01 * face,
            head + side * 0.092 * at(1, 0, 0) - 0.035 * head_up,
            0.018,
            0.014,
            SKIN,
        )
    a, b, radius_a, radius_b, colour = (np.array(column) for column in zip(*rows, strict=True))
    spin = np.array([[np.cos(YAW), 0, np.sin(YAW)], [0, 1, 0], [-np.sin(YAW), 0, np.cos(YAW)]])
    axes = np.stack([at(1, 0, 0), head_up, face]) @ spin.T
    return Parts(a @ spin.T, b @ spin.T, radius_a, radius_b, colour), head @ spin.T, axes


def distances(points: Array, parts: Parts) -> Array:
    """(N, P) from points (N, 3) to the surface of each part, negative inside."""
    line = parts.b - parts.a
    length2 = np.einsum("pc,pc->p", line, line)
    along = (points @ line.T - np.einsum("pc,pc->p", parts.a, line)) / length2
    along = np.clip(along, 0.0, 1.0)
    # |p - a - along * line|² without making an (N, P, 3) array
    gap = (
        np.einsum("nc,nc->n", points, points)[:, None]
        - 2 * points @ parts.a.T
        + np.einsum("pc,pc->p", parts.a, parts.a)
        - 2 * along * (points @ line.T - np.einsum("pc,pc->p", parts.a, line))
        + along**2 * length2
    )
    radius = parts.radius_a + along * (parts.radius_b - parts.radius_a)
    return np.sqrt(np.maximum(gap, 0.0)) - radius


def surface(points: Array, parts: Parts) -> Array:
    """(N,) to the whole body: parts melt into each other over about 2 cm."""
    every = distances(points, parts)
    nearest = every.min(axis=1)
    return nearest - 0.012 * np.log(np.exp(-(every - nearest[:, None]) / 0.012).sum(axis=1))


def normals(points: Array, parts: Parts) -> Array:
    step = 2e-3
    slope = [
        surface(points + step * axis, parts) - surface(points - step * axis, parts)
        for axis in np.eye(3)
    ]
    normal = np.stack(slope, axis=1)
    return normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)

"""Draw the figure that the browser tests train with: one squat, as JPEG frames.

    python -m scripts.render_figure tests/fixtures/squat.mjpeg [--every 1]

A body of tapered limbs is ray-marched with numpy, lit by one lamp, in a plain room; nobody's
picture is used. The file holds ONE repetition: standing, down, a pause, up. A test repeats its
frames as it likes (`tests/e2e/video.py`). Knows nothing of PoseNet; whether PoseNet sees a
person in it is a test's question.
"""

import argparse
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from scripts.figure import (
    SHIRT,
    SHOE,
    SHORTS,
    SOCK,
    Array,
    Parts,
    body,
    distances,
    normals,
    surface,
)

WIDTH, HEIGHT = 640, 360
FPS = 15
SECONDS = 3.0
CAMERA = np.array([0.0, 0.98, 4.3])
FOCAL_PX = 700.0
LAMP = np.array([0.45, 0.75, 0.6]) / np.linalg.norm([0.45, 0.75, 0.6])

COLOURS = np.array(
    [[205, 150, 118], [58, 38, 26], [52, 96, 148], [44, 44, 52], [225, 222, 215], [236, 236, 232]],
    float,
)


def rays() -> Array:
    """(H, W, 3) unit directions through the pixels."""
    x = np.arange(WIDTH) - WIDTH / 2 + 0.5
    y = HEIGHT / 2 - 0.5 - np.arange(HEIGHT)
    grid = np.stack(np.broadcast_arrays(x[None, :], y[:, None], -FOCAL_PX), axis=-1)
    return grid / np.linalg.norm(grid, axis=-1, keepdims=True)


def room(directions: Array, parts: Parts | None) -> Array:
    """(H, W, 3) a wall with a picture, a skirting board, a wooden floor and anybody's shadow."""
    wall_z = -1.6
    to_floor = np.where(directions[..., 1] < -1e-6, -CAMERA[1] / directions[..., 1], np.inf)
    to_wall = (wall_z - CAMERA[2]) / directions[..., 2]
    floor = to_floor < to_wall
    hit = CAMERA + directions * np.where(floor, to_floor, to_wall)[..., None]
    x, y, z = hit[..., 0], hit[..., 1], hit[..., 2]
    picture = np.empty((*x.shape, 3))
    picture[:] = np.array([214, 208, 196])
    picture *= (0.86 + 0.07 * np.clip(x / 3 + y / 4, -1, 2))[..., None]
    frame = (np.abs(x + 1.75) < 0.46) & (np.abs(y - 1.55) < 0.36) & ~floor
    inner = (np.abs(x + 1.75) < 0.41) & (np.abs(y - 1.55) < 0.31) & ~floor
    picture[frame] = (120, 92, 66)
    picture[inner] = (150, 172, 168)
    picture[~floor & (y < 0.11)] = (238, 236, 230)
    boards = (
        0.92
        + 0.08 * np.sin(np.floor(z / 0.16) * 12.9)
        + 0.02 * np.sin(x * 21 + np.floor(z / 0.16) * 5)
    )
    wood = np.array([164, 126, 88]) * boards[..., None]
    wood *= np.where(np.abs(z / 0.16 - np.round(z / 0.16)) < 0.03, 0.8, 1.0)[..., None]
    picture[floor] = wood[floor]
    if parts is None:
        return picture
    near = floor & (np.hypot(x, z) < 1.2)
    points = hit[near] + np.array([0, 0.01, 0])
    shade = np.ones(len(points))
    for far in (0.05, 0.15, 0.3, 0.5, 0.75, 1.0):
        shade = np.minimum(
            shade, np.clip(0.45 + 6 * surface(points + LAMP * far, parts) / (0.3 + far), 0.45, 1)
        )
    picture[near] *= shade[:, None]
    return picture


def features(points: Array, colour: Array, head: Array, axes: Array) -> Array:
    """Eyes, brows and mouth painted where the head's own coordinates say."""
    x, y, z = ((points - head) @ axes.T).T
    front = z > 0.03
    aside = np.abs(x)
    near = np.linalg.norm(points - head, axis=1) < 0.16

    def spot(cx: float, cy: float, rx: float, ry: float) -> NDArray[np.bool_]:
        return near & front & (((aside - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1)

    colour = colour.copy()
    colour[spot(0.036, 0.012, 0.019, 0.010)] = (240, 236, 230)
    colour[spot(0.036, 0.012, 0.010, 0.010)] = (48, 34, 28)
    colour[spot(0.037, 0.036, 0.023, 0.006)] = (64, 42, 30)
    colour[spot(0.0, -0.058, 0.027, 0.007)] = (160, 84, 76)
    return colour


def draw(depth: float, noise: np.random.Generator) -> Image.Image:
    """One frame."""
    parts, head, axes = body(depth)
    directions = rays()
    picture = room(directions, parts)
    sides = np.concatenate([parts.a, parts.b]) - CAMERA
    on_x = WIDTH / 2 + FOCAL_PX * sides[:, 0] / -sides[:, 2]
    on_y = HEIGHT / 2 - FOCAL_PX * sides[:, 1] / -sides[:, 2]
    box = (
        slice(max(int(on_y.min()) - 28, 0), min(int(on_y.max()) + 28, HEIGHT)),
        slice(max(int(on_x.min()) - 28, 0), min(int(on_x.max()) + 28, WIDTH)),
    )
    aim = directions[box].reshape(-1, 3)
    way = np.full(len(aim), 2.9)
    alive = np.arange(len(aim))
    gap = np.full(len(aim), np.inf)
    for _ in range(48):
        gap[alive] = surface(CAMERA + aim[alive] * way[alive, None], parts)
        way[alive] += 0.9 * gap[alive]
        alive = alive[(gap[alive] > 1.5e-3) & (way[alive] < 5.6)]
        if not len(alive):
            break
    hit = gap < 6e-3
    points = CAMERA + aim[hit] * way[hit, None]
    normal = normals(points, parts)
    every = distances(points, parts)
    # clothes lie over skin: a part that is 6 mm further away but drawn as cloth wins
    cloth = np.isin(parts.colour, (SHIRT, SHORTS, SOCK, SHOE))
    part = np.argmin(every - 0.006 * cloth, axis=1)
    colour = features(points, COLOURS[parts.colour[part]], head, axes)
    colour += noise.normal(0, 5, (len(points), 1)) * cloth[part, None]
    open_sky = np.clip(0.35 + 9 * surface(points + 0.06 * normal, parts), 0.35, 1.0)
    lit = np.clip(normal @ LAMP, 0, 1)
    for far in (0.05, 0.12, 0.25):
        lit *= np.clip(
            0.3 + 14 * surface(points + 0.012 * normal + LAMP * far, parts) / far * 0.25, 0.3, 1
        )
    light = (0.42 + 0.16 * normal[:, 1]) * open_sky + 0.62 * lit
    patch = picture[box].reshape(-1, 3)
    patch[hit] = colour * light[:, None] * 1.06
    picture[box] = patch.reshape(picture[box].shape)
    return photograph(picture, noise)


def photograph(picture: Array, noise: np.random.Generator) -> Image.Image:
    """What a slightly soft, slightly grainy lens makes of the picture (H, W, 3)."""
    grain = noise.normal(0, 1.0, (HEIGHT, WIDTH, 1))
    image = Image.fromarray(np.clip(picture + grain, 0, 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(0.6))


def jpeg(image: Image.Image, quality: int = 65) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def empty_room(seed: int) -> bytes:
    """One JPEG of the room with nobody in it."""
    return jpeg(photograph(room(rays(), None), np.random.default_rng(seed)))


def depths() -> Array:
    """Depth of the squat frame by frame: 0.5 s standing, down, 0.2 s at the bottom, up."""
    t = np.arange(int(SECONDS * FPS)) / FPS
    down, hold, rise = 0.5, 1.5, 1.7
    ramp = np.where(t < hold, (t - down) / (hold - down), 1 - (t - rise) / (SECONDS - 0.1 - rise))
    ramp = np.where((t >= hold) & (t < rise), 1.0, np.clip(ramp, 0, 1))
    return (1 - np.cos(np.pi * ramp)) / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--every", type=int, default=1, help="draw every n-th frame only")
    options = parser.parse_args()
    noise = np.random.default_rng(7)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("wb") as file:
        for depth in depths()[:: options.every]:
            file.write(jpeg(draw(float(depth), noise)))
    print(f"{options.out}: {options.out.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()

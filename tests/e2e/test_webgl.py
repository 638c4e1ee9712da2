"""WebGL gives the keypoints that WASM gives; software rendering proves it where there is no GPU."""

from pathlib import Path

import numpy as np
import pytest

from models.clip import decode
from scripts import video

TOLERANCE_PX = 2.0
PICTURE_MS = 200
WIDTH, HEIGHT = 640, 360


@pytest.fixture(scope="session")
def short_video(browsers, squat: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Under two seconds at five frames a second: as much as software WebGL can carry."""
    page = browsers().new_page()
    path = tmp_path_factory.mktemp("video") / "short.webm"
    slow = [squat[i] for i in (0, 0, 4, 4, 9, 9, 10, 10)]  # no leg hides the other yet
    path.write_bytes(video.webm(page, slow, fps=5, width=WIDTH, height=HEIGHT))
    page.close()
    return path


def keypoints(athlete, backend: str, path: Path) -> dict[int, np.ndarray]:
    """The (17, 3) pose of each frame in pixels, by its time, as it was sent to the server."""
    studio = athlete(webgl=True).open(f"?backend={backend}")
    bodies: list[bytes] = []
    studio.page.on(
        "request",
        lambda request: (
            bodies.append(request.post_data_buffer) if "/clips/" in request.url else None
        ),
    )
    studio.watch_video(path, limit_s=150)
    assert studio.fact("backend") == backend
    poses = {}
    for body in bodies:
        sequence = decode(body).sequence
        for t_ms, pose in zip(sequence.t_ms, sequence.poses, strict=True):
            poses[int(t_ms)] = pose * (WIDTH, HEIGHT, 1)
    return poses


def test_webgl_agrees_with_wasm(athlete, short_video: Path) -> None:
    wasm = keypoints(athlete, "wasm", short_video)
    webgl = keypoints(athlete, "webgl", short_video)
    pairs = [(pose, same_picture(pose, t_ms, webgl)) for t_ms, pose in wasm.items()]
    assert len(pairs) >= 3
    a, b = (np.stack(poses) for poses in zip(*pairs, strict=True))
    sure = (a[..., 2] > 0.5) & (b[..., 2] > 0.5)
    assert sure.mean() > 0.8
    apart = distances(a, b)[sure]
    print(f"{len(a)} frames, {sure.sum()} keypoints, largest difference {apart.max():.2f} px")
    assert np.median(apart) < 1.0
    # The rest: heat maps with two peaks about as high, and legs that look alike. Two drawing
    # engines scale a picture alike only to a shade, and one picture stands for several frames.
    assert (apart <= TOLERANCE_PX).mean() >= 0.9


def same_picture(pose: np.ndarray, t_ms: int, others: dict[int, np.ndarray]) -> np.ndarray:
    """The other run's pose of the same picture: a seek to a border between two may show either."""
    near = [other for t, other in others.items() if abs(t - t_ms) <= PICTURE_MS]
    return min(near, key=lambda other: np.median(distances(pose, other)))


def distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.linalg.norm(a[..., :2] - b[..., :2], axis=-1)

"""How much faster is a binary clip read than the same clip as JSON?"""

import json

from benchmarks._common import best_s, report, squats
from models.clip import Clip, decode, encode, from_json


def main() -> None:
    frames = squats(2)
    clip = Clip("posenet_mobilenet_075", 640, 640, frames.t_ms, frames.poses)
    binary = encode(clip)
    text = json.dumps(
        {
            "estimator": clip.estimator,
            "width_px": clip.width_px,
            "height_px": clip.height_px,
            "frames": [
                {"t_ms": int(t_ms), "keypoints": pose.round(4).tolist()}
                for t_ms, pose in zip(clip.t_ms, clip.poses.astype(float), strict=True)
            ],
        }
    )
    print(f"2 s of frames: {len(binary)} bytes binary, {len(text)} bytes JSON")
    binary_s = best_s(lambda: decode(binary), repeats=50)
    json_s = best_s(lambda: from_json(json.loads(text)), repeats=50)
    report("clips", 1 / binary_s, "clips/s", json_s / binary_s, "JSON")


if __name__ == "__main__":
    main()

"""Write the trained refiner as the TensorFlow.js graph of the browser, and facts to hold it to.

`models/weights/refiner`: model.json and weights, README.md (sources, licences), parity.json:
PoseNet's features of a drawn figure and the keypoints that Keras finds in them, to which the
page is held.
"""

import base64
import json
import tempfile
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageDraw
from tensorflowjs.converters import tf_saved_model_conversion_v2 as converter

from models.refiner import CHANNELS, FEATURES, OUTPUTS, SIDE_PX, decode, posenet_heads, settle
from models.skeleton import K
from models.tfjs_graph import HUMAN_MODELS, load_graph

WEIGHTS: Final = Path(__file__).with_name("weights") / "refiner"
PARITY: Final = "parity.json"


def export_refiner(model: keras.Model, folder: Path = WEIGHTS) -> None:
    """Writes model.json and its weights into `folder`; OUTPUTS follow one another in one map."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.bin"):
        old.unlink()
    widths = {"features": CHANNELS, "heat": K, "offsets": 2 * K}
    specs = [
        tf.TensorSpec((1, None, None, width), tf.float32, name) for name, width in widths.items()
    ]

    @tf.function(input_signature=specs)  # type: ignore[untyped-decorator]
    def serve(features: Any, heat: Any, offsets: Any) -> dict[str, Any]:
        answers = model([features, heat, offsets], training=False)
        return {"maps": tf.concat([answers[name] for name in OUTPUTS], axis=-1)}

    holder = tf.Module()
    holder.model = model
    with tempfile.TemporaryDirectory() as saved:
        tf.saved_model.save(holder, saved, signatures=serve)
        converter.convert_tf_saved_model(saved, str(folder), skip_op_check=True)


def drawn_figure() -> np.ndarray:
    """Somebody of lines and circles, uint8 (side, side, 3)."""
    square = Image.new("RGB", (SIDE_PX, SIDE_PX), (150, 165, 160))
    pen = ImageDraw.Draw(square)
    limbs = [[(128, 90), (128, 150)], [(110, 95), (95, 125), (88, 155)], [(146, 95), (161, 125)]]
    limbs += [[(161, 125), (168, 155)], [(118, 150), (114, 195), (112, 238)]]
    limbs += [[(138, 150), (142, 195), (144, 238)], [(110, 95), (146, 95)]]
    for limb in limbs:
        pen.line(limb, (60, 40, 70), width=13, joint="curve")
    pen.rectangle([112, 90, 144, 150], fill=(70, 60, 120))
    pen.ellipse([112, 45, 144, 85], fill=(205, 160, 130))
    return np.asarray(square)


def write_parity(model: keras.Model, folder: Path = WEIGHTS) -> None:
    """A drawn figure's features, float16 (17, 17, 384) in base64, and its keypoints by Keras."""
    backbone = load_graph(HUMAN_MODELS / "posenet.json", [FEATURES], SIDE_PX)
    pixels = tf.constant(drawn_figure()[None].astype(np.float32) / 127.5 - 1)
    features = np.asarray(backbone(pixels)[0])[0].astype(np.float16)
    heads = posenet_heads()
    given = tf.constant(features[None].astype(np.float32))
    heat, offsets = heads(given)
    answers = model([given, heat, offsets], training=False)
    refined = decode(*(answers[name] for name in OUTPUTS))
    pose = settle(refined, heat, offsets).numpy()[0]
    facts = {
        "shape": list(features.shape),
        "features": base64.b64encode(features.astype("<f2").tobytes()).decode(),
        "heat": encoded(heat),
        "offsets": encoded(offsets),
        "pose": [[round(float(value), 6) for value in row] for row in pose],
    }
    (folder / PARITY).write_text(json.dumps(facts) + "\n")


def encoded(values: Any) -> str:
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()

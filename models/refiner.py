"""The keypoint refiner: a small CNN on PoseNet's features that says where keypoints are instead.

PoseNet runs once; its last features (17 x 17 cells of 16 px at 257 px) and its answers go in.
For each keypoint come out logits over the cells (a SoftMax makes them probabilities of the
location), the offset in cells, and a logit of being right, all as corrections of PoseNet's own.

Training only: the browser runs the exported copy and decodes as `decode` does.
"""

from typing import Any, Final

import keras
import tensorflow as tf

from models.skeleton import K
from models.tfjs_graph import HUMAN_MODELS, load_graph

FEATURES: Final = "MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6"
HEAT: Final = "MobilenetV1/heatmap_2/BiasAdd"
OFFSETS: Final = "MobilenetV1/offset_2/BiasAdd"
CHANNELS: Final = 384
CELLS: Final = 17
STRIDE_PX: Final = 16
SIDE_PX: Final = 257
WIDTHS: Final = (96, 64, 64)
SURE: Final = 0.7  # PoseNet's mean certainty from which on its own places are kept
FIRST_OF_BODY: Final = 5
DROPOUT: Final = 0.15
OUTPUTS: Final = ("location", "offset_y", "offset_x", "score")


def build() -> keras.Model:
    """PoseNet's features, heat map, offsets -> OUTPUTS, each (N, H, W, K); untrained it is PoseNet.

    heat map: logits, (N, H, W, K). offsets: in px, (N, H, W, 2K), first of y, then of x.
    """
    features = keras.Input((None, None, CHANNELS), name="features")
    heat = keras.Input((None, None, K), name="heat")
    offsets = keras.Input((None, None, 2 * K), name="offsets")
    x = keras.layers.SpatialDropout2D(DROPOUT)(features)
    x = convolution(WIDTHS[0], 1)(x)
    x = convolution(WIDTHS[1], 3)(x)
    x = convolution(WIDTHS[2], 3)(x)
    x = keras.layers.Dropout(DROPOUT)(x)
    change = keras.layers.Conv2D(4 * K, 1, kernel_initializer="zeros", name="change")(x)
    outputs = Correction(name="corrected")([heat, offsets, change])
    return keras.Model([features, heat, offsets], dict(zip(OUTPUTS, outputs, strict=True)))


def convolution(width: int, side: int) -> keras.layers.Conv2D:
    return keras.layers.Conv2D(width, side, padding="same", activation="relu")


class Correction(keras.layers.Layer):  # type: ignore[misc]
    """Adds the change to PoseNet's answers, whose logits count as much as is learnt."""

    def build(self, _: Any) -> None:
        self.trusted = self.add_weight(shape=(2, K), initializer="ones", name="trusted")

    def call(self, inputs: Any) -> tuple[Any, ...]:
        heat, offsets, change = inputs
        location, down, right, score = tf.split(change, 4, axis=-1)
        own_down, own_right = tf.split(offsets / STRIDE_PX, 2, axis=-1)
        located, sure = heat * self.trusted[0], heat * self.trusted[1]
        return located + location, own_down + down, own_right + right, sure + score

    def compute_output_shape(self, shapes: Any) -> tuple[Any, ...]:
        return (tuple(shapes[0]),) * len(OUTPUTS)


def settle(refined: Any, heat: Any, offsets: Any) -> Any:
    """The poses that are shown, (N, K, C): PoseNet's own places where it is sure of the whole body.

    refined: as `decode` gives them, whose scores stay. heat, offsets: PoseNet's.
    """
    down, right = tf.split(offsets / STRIDE_PX, 2, axis=-1)
    own = decode(heat, down, right, heat)
    is_sure = tf.reduce_mean(own[:, FIRST_OF_BODY:, 2], axis=1)[:, None, None] > SURE
    places = tf.where(is_sure, own[:, :, :2], refined[:, :, :2])
    return tf.concat([places, refined[:, :, 2:]], axis=-1)


def posenet_heads() -> Any:
    """The function from PoseNet's last features to its heat map and offsets."""
    return load_graph(HUMAN_MODELS / "posenet.json", [HEAT, OFFSETS], SIDE_PX, source=FEATURES)


def decode(location: Any, offset_y: Any, offset_x: Any, score: Any) -> Any:
    """Poses (N, K, C) in [0, 1] of the square: each keypoint from its likeliest cell."""
    height, width = tf.shape(location)[1], tf.shape(location)[2]
    flat = tf.reshape(location, (-1, height * width, K))
    best = tf.argmax(flat, axis=1, output_type=tf.int32)
    chosen = tf.one_hot(best, height * width, axis=1)

    def there(maps: Any) -> Any:
        return tf.reduce_sum(tf.reshape(maps, (-1, height * width, K)) * chosen, axis=1)

    side = STRIDE_PX / SIDE_PX
    x = (tf.cast(best % width, tf.float32) + there(offset_x)) * side
    y = (tf.cast(best // width, tf.float32) + there(offset_y)) * side
    return tf.stack([x, y, tf.sigmoid(there(score))], axis=-1)

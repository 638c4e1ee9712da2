"""The exercise catalogue: one spec list that code, database and page all start from."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["reps", "hold"]
View = Literal["side", "front", "any"]


@dataclass(frozen=True, slots=True)
class ExerciseSpec:
    """slug: also the discriminator's class name.

    joints: angles of `skeleton.json` (without left/right) that drive the movement, main one first.
    alternating: left and right take turns and each counts. opens: whether the main angle grows on
    the way to the turn, as in a press; None where it goes round.
    """

    slug: str
    name: str
    description: str
    joints: tuple[str, ...]
    view: View = "any"
    kind: Kind = "reps"
    alternating: bool = False
    opens: bool | None = False


CATALOGUE: Final[tuple[ExerciseSpec, ...]] = (
    ExerciseSpec(
        "squat", "Squat", "Sit down between your hips and stand up again.", ("knee", "hip")
    ),
    ExerciseSpec(
        "push_up",
        "Push-up",
        "Lower your chest to the floor and press up.",
        ("elbow", "shoulder"),
        "side",
    ),
    ExerciseSpec(
        "sit_up", "Sit-up", "From lying flat, bring your chest to your knees.", ("hip",), "side"
    ),
    ExerciseSpec(
        "pull_up",
        "Pull-up",
        "From hanging, pull your chin over the bar.",
        ("elbow", "shoulder"),
        "front",
    ),
    ExerciseSpec(
        "lunge",
        "Lunge",
        "Step out, lower the back knee, come back up.",
        ("knee", "hip"),
        "side",
        alternating=True,
    ),
    ExerciseSpec(
        "jumping_jack",
        "Jumping jack",
        "Jump feet apart as your arms go overhead, and back.",
        ("shoulder", "hip"),
        "front",
        opens=True,
    ),
    ExerciseSpec(
        "bicep_curl",
        "Bicep curl",
        "Bend your elbows and bring the weight to your shoulders.",
        ("elbow",),
        alternating=True,
    ),
    ExerciseSpec(
        "shoulder_press",
        "Shoulder press",
        "Press the weight from your shoulders overhead.",
        ("elbow", "shoulder"),
        "front",
        opens=True,
    ),
    ExerciseSpec(
        "front_raise",
        "Front raise",
        "Lift straight arms in front of you to shoulder height.",
        ("shoulder",),
        "side",
        opens=True,
    ),
    ExerciseSpec(
        "bench_press",
        "Bench press",
        "Lying down, lower the bar to your chest and press it up.",
        ("elbow", "shoulder"),
        "side",
    ),
    ExerciseSpec(
        "deadlift",
        "Deadlift",
        "Lift the weight from the floor until you stand tall.",
        ("hip", "knee"),
        "side",
        opens=True,
    ),
    ExerciseSpec(
        "high_knees",
        "High knees",
        "Run on the spot and lift each knee to hip height.",
        ("hip", "knee"),
        "side",
        alternating=True,
    ),
    ExerciseSpec(
        "mountain_climber",
        "Mountain climber",
        "From a plank, drive one knee after the other to your chest.",
        ("hip", "knee"),
        "side",
        alternating=True,
    ),
    ExerciseSpec(
        "pommel_horse",
        "Pommel horse",
        "Circle your legs around the horse.",
        ("hip", "shoulder"),
        opens=None,
    ),
    ExerciseSpec(
        "plank",
        "Plank",
        "Hold a straight line from shoulders to heels.",
        ("hip", "shoulder"),
        "side",
        "hold",
    ),
)
BY_SLUG: Final[dict[str, ExerciseSpec]] = {spec.slug: spec for spec in CATALOGUE}

from django.db import models

from accounts.history import Changes


class Exercise(models.Model):
    """The database's copy of `models.exercises.CATALOGUE`, so that an admin can reword and hide."""

    class Kind(models.TextChoices):
        REPS = "reps"
        HOLD = "hold"

    class View(models.TextChoices):
        SIDE = "side"
        FRONT = "front"
        ANY = "any"

    slug = models.SlugField(primary_key=True, max_length=32)
    name = models.CharField(max_length=64)
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.REPS)
    description = models.TextField(max_length=400)
    view = models.CharField(
        max_length=5,
        choices=View.choices,
        default=View.ANY,
        help_text="The side from which the camera sees the movement best.",
    )
    joints = models.JSONField(default=list, help_text="Angles that drive the movement, main first.")
    is_active = models.BooleanField(default=True, help_text="Offered to athletes.")

    history = Changes()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from models.clip import MAX_FRAMES, MAX_SIDE_PX
from sessions.models.sets import MAX_CLIPS, WorkoutSet


class Clip(models.Model):
    """At most 5 s of frames, as they came: the record from which everything is made again.

    payload: the clip at rest (docs/clip-format.md), or of the wire in rows of an older server.
    set_revision: of the set, when the clip came.
    """

    set = models.ForeignKey(WorkoutSet, on_delete=models.CASCADE, related_name="clips")
    index = models.PositiveIntegerField(validators=[MaxValueValidator(MAX_CLIPS - 1)])
    estimator = models.CharField(max_length=32)
    width_px = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MAX_SIDE_PX)]
    )
    height_px = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MAX_SIDE_PX)]
    )
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    frames = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MAX_FRAMES)]
    )
    payload = models.BinaryField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    set_revision = models.PositiveIntegerField(editable=False)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("set", "index")
        constraints = (
            models.UniqueConstraint(fields=("set", "index"), name="clip_index_once"),
            models.CheckConstraint(
                condition=Q(end_ms__gte=F("start_ms")), name="clip_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(frames__gte=1, frames__lte=MAX_FRAMES), name="clip_frames_in_range"
            ),
        )
        indexes = (
            models.Index(fields=("set", "end_ms"), name="clip_end"),
            models.Index(fields=("set", "set_revision"), name="clip_revision"),
        )

    def __str__(self) -> str:
        return f"clip {self.index} of {self.set_id}"

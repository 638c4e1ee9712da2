import uuid
from typing import Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

PART_BYTES: Final = 512 * 1024  # below what a request may carry
MAX_BYTES: Final = 1024**3


class Import(models.Model):
    """A file that an athlete brings: sent in parts, checked, and read once they say so.

    skipped: what the file has and this installation cannot take: [{name, sets}].
    message: why the whole file is refused. with_profile: the profile is to be taken over too.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving"
        CHECKING = "checking"
        CHECKED = "checked"
        READING = "reading"
        DONE = "done"
        REFUSED = "refused"
        UNDOING = "undoing"
        UNDONE = "undone"

    class Unit(models.TextChoices):
        KG = "kg"
        LB = "lb"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports"
    )
    name = models.CharField(max_length=200)
    bytes = models.PositiveBigIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MAX_BYTES)]
    )
    weight_unit = models.CharField(max_length=2, choices=Unit.choices, default=Unit.KG)
    kind = models.CharField(max_length=9, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RECEIVING)
    with_profile = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=list, blank=True)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(
                fields=("changed_at",),
                name="import_under_way",
                condition=Q(state__in=("checking", "reading", "undoing")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def part_count(self) -> int:
        return -(-self.bytes // PART_BYTES)


class ImportPart(models.Model):
    """PART_BYTES of the file; the last part may be shorter. Gone once the file has been read."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    index = models.PositiveIntegerField()
    payload = models.BinaryField(editable=False)

    class Meta:
        ordering = ("source", "index")
        constraints = (
            models.UniqueConstraint(fields=("source", "index"), name="import_part_once"),
        )

    def __str__(self) -> str:
        return f"part {self.index} of {self.source_id}"


class ImportItem(models.Model):
    """One thing of the file that is taken whole or not at all, and what became of it.

    ref: its id. label: by which a person knows it: a day, a title. sets, reps: of a workout.
    """

    class Outcome(models.TextChoices):
        NEW = "new"
        SAME = "same"
        CONFLICT = "conflict"
        REFUSED = "refused"
        BROUGHT = "brought"

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16)
    ref = models.UUIDField()
    label = models.CharField(max_length=80, blank=True)
    sets = models.PositiveIntegerField(default=0)
    reps = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ("source", "id")
        constraints = (
            models.UniqueConstraint(fields=("source", "kind", "ref"), name="import_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


BUSY: Final = (Import.State.CHECKING, Import.State.READING, Import.State.UNDOING)

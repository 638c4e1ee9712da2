import uuid
from typing import Final, Self

from django.core.validators import MaxValueValidator, MinValueValidator, StepValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.catalogue import Exercise
from sessions.models.workouts import WorkoutSession

MAX_CLIPS: Final = 14_400  # one a second for the four hours that a set may last
MAX_REPS: Final = 10_000
MAX_HOLD_S: Final = 4 * 3600
MAX_WEIGHT_KG: Final = 1000
GIVE_UP_AFTER: Final = 5  # failed analyses of the same clips
FINISH_FIELDS: Final = ("ended_at", "clip_count", "abandoned")
# Clips may come after those before them were removed.
HAS_KEYPOINTS: Final = Q(clips_received__gt=0) & (
    Q(frames_removed_at=None) | Q(changed_at__gt=F("frames_removed_at"))
)


class SetQuerySet(models.QuerySet["WorkoutSet"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None, workout__deleted_at=None)

    def unanalyzed(self) -> Self:
        return self.filter(analyzed_revision__lt=F("revision"), failures__lt=GIVE_UP_AFTER)


class WorkoutSet(models.Model):
    """Consecutive repetitions of one exercise, with what the discriminator made of its clips.

    revision counts every change of what there is to analyse; analyzed_revision is the one that
    the result columns stand for. trend_due: the day's trend does not know this result yet.
    abandoned: finished by the server, because nothing came any more; whatever comes reopens it.
    final_rep_count, final_exercise, rom_deg (median over the repetitions that count): what the
    result and the corrections come to; `sessions.finals` alone writes them.
    """

    class Source(models.TextChoices):
        CAMERA = "camera"
        VIDEO = "video"
        IMPORT = "import"  # counted elsewhere: a number without keypoints

        @classmethod
        def filmed(cls) -> list[tuple[str, str]]:
            """Choices of a set that is recorded here."""
            return [(one.value, str(one.label)) for one in (cls.CAMERA, cls.VIDEO)]

    class State(models.TextChoices):
        OPEN = "open"
        ANALYZING = "analyzing"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workout = models.ForeignKey(WorkoutSession, on_delete=models.CASCADE, related_name="sets")
    index = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=6, choices=Source.choices)
    exercise_chosen = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    clip_count = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MAX_CLIPS)]
    )
    clips_received = models.PositiveIntegerField(default=0, editable=False)
    abandoned = models.BooleanField(default=False, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    target_reps = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_REPS)]
    )
    target_hold_s = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_HOLD_S)]
    )
    weight_kg = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MAX_WEIGHT_KG)]
    )
    rpe = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10), StepValueValidator(0.5)],
        help_text="Rate of perceived exertion (Borg CR10): 10 is all that was possible.",
    )
    note = models.TextField(max_length=2000, blank=True)

    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now_add=True)
    analyzed_revision = models.PositiveIntegerField(default=0, editable=False)
    analyzed_to_ms = models.PositiveIntegerField(default=0, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    last_error = models.TextField(blank=True, editable=False)
    trend_due = models.BooleanField(default=False, editable=False)
    frames_removed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Its keypoints are gone, its result stays."
    )

    model_version = models.CharField(max_length=64, blank=True, editable=False)
    exercise = models.CharField(
        max_length=32, blank=True, editable=False, help_text="A slug, “unknown”, or empty."
    )
    confidence = models.FloatField(null=True, editable=False)
    visible = models.FloatField(null=True, editable=False)
    rep_count = models.PositiveIntegerField(default=0, editable=False)
    attempt_count = models.PositiveIntegerField(default=0, editable=False)
    hold_s = models.FloatField(null=True, editable=False)
    active_s = models.FloatField(default=0, editable=False)
    final_rep_count = models.PositiveIntegerField(default=0, editable=False)
    final_exercise = models.CharField(max_length=32, blank=True, editable=False)
    rom_deg = models.FloatField(null=True, editable=False)

    objects = SetQuerySet.as_manager()

    class Meta:
        verbose_name = "set"
        ordering = ("workout", "index")
        constraints = (
            models.UniqueConstraint(fields=("workout", "index"), name="set_index_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="set_ends_after_it_starts",
                violation_error_message=_("A set cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, clip_count=None)
                | Q(ended_at__isnull=False, clip_count__isnull=False),
                name="set_finished_with_clip_count",
            ),
            models.CheckConstraint(
                condition=Q(analyzed_revision__lte=F("revision")), name="set_analyzed_the_past"
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=1),
                name="set_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(weight_kg=None) | Q(weight_kg__gte=0, weight_kg__lte=MAX_WEIGHT_KG),
                name="set_weight_in_range",
            ),
            models.CheckConstraint(
                condition=Q(rpe=None) | Q(rpe__gte=1, rpe__lte=10), name="set_rpe_from_1_to_10"
            ),
        )
        indexes = (
            models.Index(
                fields=("changed_at",),
                name="set_unanalyzed",
                condition=Q(analyzed_revision__lt=F("revision")),
            ),
            models.Index(
                fields=("changed_at",), name="set_open", condition=Q(ended_at=None, deleted_at=None)
            ),
            models.Index(fields=("workout",), name="set_trend_due", condition=Q(trend_due=True)),
        )

    def __str__(self) -> str:
        return f"{self.exercise or self.exercise_chosen_id or 'set'} {self.index + 1}"

    @property
    def is_finished(self) -> bool:
        return self.ended_at is not None

    @property
    def is_complete(self) -> bool:
        """Whether it is finished and every clip has come."""
        return self.clip_count is not None and self.clips_received >= self.clip_count

    def reopen(self) -> None:
        """Takes back that the server has finished the set; the caller saves FINISH_FIELDS."""
        if self.abandoned:
            self.ended_at, self.clip_count, self.abandoned = None, None, False

    @property
    def state(self) -> State:
        if not self.is_finished:
            return self.State.OPEN
        if self.analyzed_revision < self.revision and self.failures < GIVE_UP_AFTER:
            return self.State.ANALYZING
        return self.State.DONE

    @property
    def duration_s(self) -> float | None:
        """Of the footage, which a video file may show slower than it was: up to its last frame."""
        if self.ended_at is None:
            return None
        wall_s = (self.ended_at - self.started_at).total_seconds()
        return self.analyzed_to_ms / 1000 if self.analyzed_to_ms else wall_s

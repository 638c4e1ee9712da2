"""Tables of the training room. Rows know their limits and their state, nothing else."""

from sessions.models.catalogue import Exercise
from sessions.models.clips import Clip
from sessions.models.corrections import Correction
from sessions.models.imports import Import, ImportItem, ImportPart
from sessions.models.labels import LabelReview
from sessions.models.own import OwnExercise
from sessions.models.rescores import Rescore, SetResult
from sessions.models.results import Attempt, Finding, Rep
from sessions.models.runs import TaskRun
from sessions.models.sets import MAX_CLIPS, WorkoutSet
from sessions.models.trends import TrendDay
from sessions.models.versions import ModelFile, ModelVersion
from sessions.models.workouts import PainArea, WorkoutSession

__all__ = [
    "MAX_CLIPS",
    "Attempt",
    "Clip",
    "Correction",
    "Exercise",
    "Finding",
    "Import",
    "ImportItem",
    "ImportPart",
    "LabelReview",
    "ModelFile",
    "ModelVersion",
    "OwnExercise",
    "PainArea",
    "Rep",
    "Rescore",
    "SetResult",
    "TaskRun",
    "TrendDay",
    "WorkoutSession",
    "WorkoutSet",
]

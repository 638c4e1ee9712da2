"""Who counts a set: the network, or, where a coach has shown the exercise, its template."""

from dataclasses import replace

from models import discriminator, own
from models.own_template import Template
from models.registry import Network
from models.results import Analysis
from models.sequence import Sequence
from sessions.models import OwnExercise, WorkoutSet
from sessions.selectors.exercises import OWN


def counted(workout_set: WorkoutSet, sequence: Sequence, network: Network) -> Analysis:
    """What was done in a stretch of the set, by whoever knows its exercise.

    Without its template, since its coach has gone, an own exercise is counted as any movement.
    """
    slug, is_open = workout_set.exercise_chosen_id, not workout_set.is_finished
    if slug is None or not slug.startswith(OWN):
        return discriminator.analyze(sequence, exercise=slug, network=network, is_open=is_open)
    facts = OwnExercise.objects.filter(exercise=slug).values_list("template", flat=True).first()
    if facts is None:
        found = discriminator.analyze(sequence, network=network, is_open=is_open)
        return replace(found, exercise=slug, hold_s=None)
    return own.analyze(sequence, Template.from_json(facts), slug, is_open)

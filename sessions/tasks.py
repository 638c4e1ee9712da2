"""Doors from the queue. Every task may run twice, at once, or too late: it asks what is left."""

from datetime import date
from uuid import UUID

from celery import shared_task

from sessions import analysis, door, meters, rescoring, retention, trends
from sessions.abandoned import finish_abandoned
from sessions.waiting import DUE, lists


@shared_task
def answer_door() -> None:
    """Called when somebody rings: sets have new clips, are finished or are restored."""
    answered = door.answer()
    for due in answered.days:
        refresh_trend.delay(str(due.athlete_id), [due.day.isoformat()])
    if answered.is_more and lists().call():
        answer_door.delay()


@shared_task
def analyze_set(set_id: str) -> None:
    """Called for one set that is not to wait for others."""
    if due := analysis.analyze_set(UUID(set_id)):
        refresh_trend.delay(str(due.athlete_id), [due.day.isoformat()])


@shared_task
def refresh_trend(athlete_id: str, days: list[str] | None = None) -> None:
    """Called when results of these local days changed; without days, all are made again."""
    chosen = None if days is None else [date.fromisoformat(day) for day in days]
    trends.refresh(UUID(athlete_id), chosen)


@shared_task
def sweep() -> None:
    """Called at start and every five seconds: finds what a crash or a lost broker has left."""
    if left := {*finish_abandoned(), *analysis.overdue()}:
        meters.SWEPT.labels("sets").inc(len(left))
        lists().add(DUE, left)
        answer_door.delay()
    for rescore_id in rescoring.overdue():
        meters.SWEPT.labels("rescores").inc()
        advance_rescore.delay(str(rescore_id))


@shared_task
def sweep_trends() -> None:
    """Called at start and every five seconds, behind the trends that it has asked for before."""
    for due in trends.overdue():
        meters.SWEPT.labels("trends").inc()
        refresh_trend.delay(str(due.athlete_id), [due.day.isoformat()])


@shared_task
def advance_rescore(rescore_id: str) -> None:
    """A slice of a re-score; calls itself until it is done. On the queue `batch`."""
    if rescoring.advance(UUID(rescore_id)):
        advance_rescore.delay(rescore_id)


@shared_task
def remove_old_keypoints(first: str | None = None) -> None:
    """Called every night; a slice at a time, on the queue `batch`."""
    if next_one := retention.remove_old_keypoints(UUID(first) if first else None):
        remove_old_keypoints.delay(str(next_one))

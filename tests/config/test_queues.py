"""Which work stands behind which: a live count behind one other task at most, never behind many."""

import threading
from typing import Any

import pytest
from celery import Celery
from django.conf import settings

from config.celery import app

LIVE, TRENDS, BATCH = settings.LIVE_QUEUE, settings.TRENDS_QUEUE, settings.BATCH_QUEUE


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("sessions.tasks.answer_door", LIVE),
        ("sessions.tasks.sweep", LIVE),
        ("sessions.tasks.sweep_trends", TRENDS),
        ("sessions.tasks.refresh_trend", TRENDS),
        ("coach.tasks.sweep_statuses", TRENDS),
        ("coach.tasks.refresh_status", TRENDS),
        ("coach.tasks.sweep_links", TRENDS),
        ("coach.digest.tasks.send_digests", BATCH),
        ("coach.digest.tasks.send_digest", BATCH),
        ("accounts.tasks.sweep_notifications", BATCH),
        ("accounts.tasks.mail_notifications", BATCH),
        ("accounts.tasks.push_notifications", BATCH),
        ("accounts.tasks.forget_sign_ins", BATCH),
        ("accounts.tasks.remove_old_audit", BATCH),
        ("sessions.tasks.advance_rescore", BATCH),
        ("sessions.tasks.remove_old_keypoints", BATCH),
    ],
)
def test_work_has_its_queue(task: str, queue: str) -> None:
    assert app.amqp.router.route({}, task)["queue"].name == queue


def test_nothing_is_led_astray() -> None:
    """A name that no task has would be sent to the live queue without a word."""
    app.loader.import_default_modules()
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_worker_takes_live_work_and_trends_and_no_batch() -> None:
    assert set(app.amqp.queues.consume_from) == {LIVE, TRENDS}


def test_no_queue_gets_what_is_another_ones() -> None:
    bound = {(one.exchange.name, one.routing_key) for one in app.amqp.queues.values()}
    assert len(bound) == len(app.amqp.queues)


def test_a_count_waits_for_one_trend_and_for_no_re_score() -> None:
    """A real worker, one task at a time, with a thousand trends and a re-score before the count."""
    done: list[str] = []
    finished = threading.Event()
    own = Celery("order", broker="memory://order", set_as_current=False)
    own.conf.update(
        task_default_queue=LIVE,
        task_queues=settings.CELERY_TASK_QUEUES,
        task_routes={
            "order.trend": settings.CELERY_TASK_ROUTES["sessions.tasks.refresh_trend"],
            "order.rescore": settings.CELERY_TASK_ROUTES["sessions.tasks.advance_rescore"],
        },
        task_acks_late=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        broker_transport_options={"polling_interval": 0.005},
    )

    @own.task(name="order.trend", shared=False)
    def trend() -> None:
        done.append("trend")

    @own.task(name="order.rescore", shared=False)
    def rescore() -> None:
        done.append("rescore")

    @own.task(name="order.count", shared=False)
    def count() -> None:
        done.append("count")
        finished.set()

    own.control.purge()  # queues in memory are the process's, with whatever tests before have left
    rescore.delay()
    for _ in range(1000):
        trend.delay()
    count.delay()
    worker: Any = own.WorkController(
        pool_cls="solo", without_heartbeat=True, without_mingle=True, without_gossip=True
    )

    def work() -> None:
        own.set_current()  # of this thread: a worker looks its tasks up in the current app
        worker.start()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        assert finished.wait(60)
        assert done.index("count") <= 3
        assert "rescore" not in done
    finally:
        worker.stop()
        thread.join(10)

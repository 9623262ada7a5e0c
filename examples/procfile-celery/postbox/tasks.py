from celery import Celery

from .store import DATA, change

DATA.mkdir(exist_ok=True)

celery = Celery("postbox", broker=f"sqla+sqlite:///{DATA / 'broker.db'}")
celery.conf.beat_schedule = {"mark": {"task": "postbox.tasks.mark", "schedule": 2.0}}
celery.conf.broker_connection_retry_on_startup = True
celery.conf.worker_hijack_root_logger = False


@celery.task
def deliver(letter: int) -> None:
    change("UPDATE letter SET delivered = datetime('now') WHERE id = ?", (letter,))


@celery.task(expires=10)
def mark() -> None:
    change("INSERT INTO mark (at) VALUES (datetime('now'))")

"""`salon worker`: sends what is due and deletes what is kept no longer; any number may run side by side."""

import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from flask import current_app

from config import Settings
from salon import clock, letters, mailer
from salon.domain.errors import SalonError
from salon.usecases import outbox, retention
from salon.usecases.accounts import operator_actor
from salon.usecases.outbox import Claimed
from salon.usecases.salons import list_salons

AT_ONCE = 10
PAUSE_SECONDS = 5.0
_SAFE_BEFORE_LEASE_ENDS = timedelta(minutes=2)
_TIDY_EVERY = timedelta(minutes=15)
log = structlog.get_logger()


@dataclass(slots=True)
class Tally:
    """What one round did. waiting counts messages that stay because there is no mail server to send them."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    waiting: int = 0


def run_once() -> Tally:
    """Send everything that is due, tidy up, and return what was done."""
    tally = Tally()
    settings: Settings = current_app.extensions["settings"]
    if settings.smtp_url is None:
        tally.waiting = waiting()
    else:
        while _send_some(settings.smtp_url, tally):
            pass
    tidy()
    return tally


def waiting() -> int:
    """Return how many messages of all salons wait."""
    return sum(outbox.count_waiting(replace(operator_actor(None), salon_id=salon.id)) for salon in list_salons())


def run(stop: threading.Event, tell: Callable[[Tally], None]) -> None:
    """Work until `stop` is set. A database or a server that is away is waited for."""
    tidied_at: datetime | None = None
    settings: Settings = current_app.extensions["settings"]
    while not stop.is_set():
        tally = Tally()
        try:
            while settings.smtp_url is not None and not stop.is_set() and _send_some(settings.smtp_url, tally):
                pass
            if tidied_at is None or clock.now() - tidied_at > _TIDY_EVERY:
                tidy()
                tidied_at = clock.now()
        except SalonError as error:
            log.warning("worker waits", reason=error.code)
        tell(tally)
        stop.wait(PAUSE_SECONDS)


def tidy() -> None:
    """Delete what is kept no longer, salon by salon."""
    founder = operator_actor(None)
    now = clock.now()
    for salon in list_salons():
        retention.tidy_salon(replace(founder, salon_id=salon.id), now=now)
    retention.tidy_installation(founder, now=now)


def _send_some(url: str, tally: Tally) -> bool:
    """Claim a few messages and send them one after the other; return whether there were any."""
    claimed = outbox.claim_due(operator_actor(None), most=AT_ONCE, now=clock.now())
    for message in claimed:
        if clock.now() > message.leased_until - _SAFE_BEFORE_LEASE_ENDS:
            break  # a slow server: what is left goes back when the lease ends, so nobody sends it twice
        _send(url, message, tally)
    return bool(claimed)


def _send(url: str, message: Claimed, tally: Tally) -> None:
    actor = replace(operator_actor(None), salon_id=message.salon_id)
    failed_for_good = False
    try:
        letter = outbox.open_letter(actor, message.id, now=clock.now())
        if letter is None:
            tally.given_up += 1
            return
        mailer.deliver(url, letters.written(letter, now=clock.now()))
    except mailer.Undeliverable as error:
        failed_for_good = True
        log.warning("message refused", salon=message.salon_id, message=message.id, reason=str(error))
    except SalonError:
        raise  # the database is away: the lease ends and the message comes back
    except (OSError, smtplib.SMTPException) as error:
        log.warning("message put off", salon=message.salon_id, message=message.id, reason=mailer.said(error))
    except Exception as error:  # noqa: BLE001 - one letter that cannot be written must not stop the others
        reason = type(error).__name__  # never its text: it may hold a name
        log.warning("message not written", salon=message.salon_id, message=message.id, reason=reason)
    else:
        outbox.mark_sent(actor, message.id, now=clock.now())
        tally.sent += 1
        return
    if outbox.mark_failed(actor, message.id, for_good=failed_for_good, now=clock.now()):
        tally.given_up += 1
    else:
        tally.put_off += 1

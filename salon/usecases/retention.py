"""What is not kept: drafts and idempotency keys after a day, holds that ran out, old counters and sessions."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.models import IdempotencyKey, IntakeDraft, OutboxMessage, SignedInSession, Throttle
from salon.usecases.booking import drop_expired_holds
from salon.usecases.boundary import use_case

ONE_DAY = timedelta(hours=24)
SENT_KEPT = timedelta(days=30)
SESSIONS_KEPT = timedelta(days=30)


@use_case(Permission.RETENTION_RUN, writes=True)
def tidy_salon(session: Session, actor: Actor, *, now: datetime) -> None:
    """Delete what one salon keeps no longer: drafts and idempotency keys of yesterday, old holds and mail."""
    for stale in (
        delete(IntakeDraft).where(IntakeDraft.salon_id == actor.salon_id, IntakeDraft.saved_at <= now - ONE_DAY),
        delete(IdempotencyKey).where(
            IdempotencyKey.salon_id == actor.salon_id, IdempotencyKey.answered_at <= now - ONE_DAY
        ),
        delete(OutboxMessage).where(
            OutboxMessage.salon_id == actor.salon_id,
            or_(OutboxMessage.sent_at <= now - SENT_KEPT, OutboxMessage.given_up_at <= now - SENT_KEPT),
        ),
    ):
        session.execute(stale)
    drop_expired_holds(session, actor.salon_id, now=now)


@use_case(Permission.RETENTION_RUN, writes=True)
def tidy_installation(session: Session, _actor: Actor, *, now: datetime) -> None:
    """Delete what belongs to no salon: counters of tries of yesterday, sessions that ended or ran out."""
    session.execute(delete(Throttle).where(Throttle.window_starts_at <= now - ONE_DAY))
    session.execute(
        delete(SignedInSession).where(
            or_(
                SignedInSession.ended_at <= now - SESSIONS_KEPT,
                SignedInSession.started_at <= now - SESSIONS_KEPT,
            )
        )
    )

"""Links that clients hold: minted for each message, only their hashes stored."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from salon.models import Link
from salon.usecases.accounts import new_token, token_hash


def mint_links(
    session: Session, salon_id: int | None, visit_id: int, kinds: tuple[str, ...], *, now: datetime
) -> dict[str, str]:
    """Return a new token for each kind of link; only their hashes are stored."""
    tokens = {kind: new_token() for kind in kinds}
    session.execute(
        insert(Link),
        [
            {
                "salon_id": salon_id,
                "visit_id": visit_id,
                "kind": kind,
                "token_hash": token_hash(token),
                "minted_at": now,
            }
            for kind, token in tokens.items()
        ],
    )
    return tokens

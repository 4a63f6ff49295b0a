"""A real mail server for tests: it takes every message and keeps it."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """Keeps what arrives; `refuses_with` makes it answer an SMTP error instead (such as "451 later")."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuses_with: str | None = None
        self.url = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses_with is not None:
            return self.refuses_with
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 kept"

    def text(self, index: int = -1) -> str:
        """Return the plain text of one message, the newest by default."""
        body = self.messages[index].get_body(("plain",))
        assert body is not None
        return str(body.get_content())


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[Postbox]:
    """Serve SMTP on a free port of this machine until the end."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    postbox.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield postbox
    finally:
        controller.stop()

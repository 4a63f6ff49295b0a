"""Mail: one message rendered in the client's language, and handed to the SMTP server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Mail:
    """A message ready to send. message_id stays the same when it is sent again; calendar is an .ics file or None."""

    recipient: str
    recipient_name: str
    sender: str
    sender_name: str
    subject: str
    body: str
    reply_to: str | None
    message_id: str
    locale: str
    written_at: datetime
    calendar: bytes | None = None


class Undeliverable(Exception):
    """The server refuses this message for good: no later try will help."""


@contextmanager
def connected(url: str) -> Iterator[smtplib.SMTP]:
    """Give an open connection to smtp://[user:password@]host[:port] or smtps://; plain ones use TLS when offered.

    Raises OSError or smtplib.SMTPException.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def deliver(url: str, mail: Mail) -> None:
    """Hand one message to the server. Raises Undeliverable, or OSError / SMTPException when a later try may help."""
    try:
        message = composed(mail)
    except (ValueError, IndexError, MessageError) as error:  # an address that no header can hold
        raise Undeliverable(said(error)) from error
    try:
        with connected(url) as server:
            server.send_message(message, from_addr=mail.sender, to_addrs=[mail.recipient])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if all(_is_final(code) for code in codes):
            raise Undeliverable(said(error)) from error
        raise
    except smtplib.SMTPNotSupportedError as error:  # letters beyond ASCII in an address that the server cannot take
        raise Undeliverable(said(error)) from error
    except smtplib.SMTPResponseException as error:
        is_about_us = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError)
        if _is_final(error.smtp_code) and not is_about_us:
            raise Undeliverable(said(error)) from error
        raise


def _is_final(code: int) -> bool:
    return 500 <= code < 600


def composed(mail: Mail) -> EmailMessage:
    """Return the message; values with line breaks cannot make a header of their own."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(mail.sender_name, mail.sender)
    message["To"] = _address(mail.recipient_name, mail.recipient)
    if mail.reply_to is not None:
        message["Reply-To"] = _address(mail.sender_name, mail.reply_to)
    message["Subject"] = _one_line(mail.subject)
    message["Message-ID"] = mail.message_id
    message["Date"] = mail.written_at
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    if mail.calendar is not None:
        message.add_attachment(
            mail.calendar, maintype="text", subtype="calendar", filename="visit.ics", params={"method": "PUBLISH"}
        )
    message["Content-Language"] = mail.locale  # last: setting the content drops every Content- header
    return message


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _address(name: str, address: str) -> Address:
    return Address(display_name=_one_line(name), addr_spec=address)


def said(error: Exception) -> str:
    """Return what a server or the network said, short and without an address."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"code {error.smtp_code}"
    return type(error).__name__

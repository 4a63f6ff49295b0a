"""The questionnaire as published, sealed answers, consent, and the append-only evaluations."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, Numbered, OfSalon, of_salon


class QuestionnaireVersion(Numbered, Base):
    """A questionnaire and rule set as shipped; a trigger keeps a published one as it is."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("version", "rules_version"),)
    version: Mapped[str]
    rules_version: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]


class IntakeResponse(OfSalon, Base):
    """Answers of one client at one time, sealed as place (salon, intake_response, visit_id.number, answers).

    scope is `full` (standing items, with the day's when due) or `day`; has_day says that the D items are in it.
    """

    __tablename__ = "intake_response"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "client_id"], ["client.salon_id", "client.id"]),
        ForeignKeyConstraint(["salon_id", "visit_id"], ["visit.salon_id", "visit.id"]),
        UniqueConstraint("salon_id", "visit_id", "number"),
        Index("ix_intake_response_client", "salon_id", "client_id", "submitted_at"),
        CheckConstraint("scope IN ('full', 'day')", name="scope_known"),
        CheckConstraint("author IN ('self', 'guardian', 'staff')", name="author_known"),
    )
    client_id: Mapped[int]
    visit_id: Mapped[int]
    number: Mapped[int]
    scope: Mapped[str]
    has_day: Mapped[bool]
    questionnaire_version: Mapped[str]
    locale: Mapped[str]
    author: Mapped[str]
    answers: Mapped[bytes] = mapped_column(LargeBinary)
    submitted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class IntakeDraft(OfSalon, Base):
    """Answers so far, sealed as place (salon, intake_draft, visit_id, answers); erased 24 h after the last."""

    __tablename__ = "intake_draft"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "visit_id"], ["visit.salon_id", "visit.id"], ondelete="CASCADE"),
        UniqueConstraint("salon_id", "visit_id"),
        Index("ix_intake_draft_saved", "salon_id", "saved_at"),
    )
    visit_id: Mapped[int]
    answers: Mapped[bytes] = mapped_column(LargeBinary)
    locale: Mapped[str]
    saved_at: Mapped[datetime]


class Consent(OfSalon, Base):
    """What was agreed to: statement, version of its text, language, who and through which channel.

    signed_name is sealed as place (salon, consent, response_id, signed_name); so is the guardian.
    """

    __tablename__ = "consent"
    __table_args__ = of_salon(
        ForeignKeyConstraint(
            ["salon_id", "response_id"], ["intake_response.salon_id", "intake_response.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("salon_id", "response_id", "statement"),
    )
    response_id: Mapped[int]
    statement: Mapped[str]
    text_version: Mapped[str]
    locale: Mapped[str]
    channel: Mapped[str]
    signed: Mapped[bytes] = mapped_column(LargeBinary)
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Evaluation(OfSalon, Base):
    """The result for one appointment; the newest is in force. A trigger refuses every change.

    body is sealed as place (salon, evaluation, appointment_id.number, body): flags, results, versions,
    the response used and the hash of its answers.
    """

    __tablename__ = "evaluation"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "appointment_id"], ["appointment.salon_id", "appointment.id"]),
        ForeignKeyConstraint(["salon_id", "response_id"], ["intake_response.salon_id", "intake_response.id"]),
        UniqueConstraint("salon_id", "appointment_id", "number"),
    )
    appointment_id: Mapped[int]
    number: Mapped[int]
    response_id: Mapped[int | None]
    cause: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    evaluated_at: Mapped[datetime]

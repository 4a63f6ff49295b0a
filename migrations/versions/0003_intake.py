"""Sealed answers, evaluations, cautions and the log of who read them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "throttle",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("window_starts_at", MOMENT, nullable=False),
        sa.Column("tries", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_throttle")),
        sa.UniqueConstraint("subject", "window_starts_at", name=op.f("uq_throttle_subject_window_starts_at")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("acted_at", MOMENT, nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_audit_entry_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_audit_entry_salon_id_id")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_at", ["salon_id", "acted_at"], unique=False)
    op.create_table(
        "health_read_head",
        sa.Column("number", KEY, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_health_read_head_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_read_head")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_health_read_head_salon_id_id")),
        sa.UniqueConstraint("salon_id", name=op.f("uq_health_read_head_salon_id")),
    )
    op.create_table(
        "health_read",
        sa.Column("number", KEY, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("client_id", KEY, nullable=False),
        sa.Column("appointment_reference", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "client_id"], ["client.salon_id", "client.id"], name=op.f("fk_health_read_salon_id_client_id")
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_health_read_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_read")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_health_read_salon_id_id")),
        sa.UniqueConstraint("salon_id", "number", name=op.f("uq_health_read_salon_id_number")),
    )
    with op.batch_alter_table("health_read", schema=None) as batch_op:
        batch_op.create_index("ix_health_read_client", ["salon_id", "client_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "member_id"],
            ["membership.salon_id", "membership.id"],
            name=op.f("fk_api_token_salon_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_api_token_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_api_token_salon_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_table(
        "doctor_ok",
        sa.Column("client_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("has_seen_paper", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "client_id"], ["client.salon_id", "client.id"], name=op.f("fk_doctor_ok_salon_id_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "member_id"],
            ["membership.salon_id", "membership.id"],
            name=op.f("fk_doctor_ok_salon_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_doctor_ok_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doctor_ok")),
        sa.UniqueConstraint("salon_id", "client_id", "number", name=op.f("uq_doctor_ok_salon_id_client_id_number")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_doctor_ok_salon_id_id")),
    )
    op.create_table(
        "intake_draft",
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "visit_id"],
            ["visit.salon_id", "visit.id"],
            name=op.f("fk_intake_draft_salon_id_visit_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_intake_draft_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_draft")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_intake_draft_salon_id_id")),
        sa.UniqueConstraint("salon_id", "visit_id", name=op.f("uq_intake_draft_salon_id_visit_id")),
    )
    with op.batch_alter_table("intake_draft", schema=None) as batch_op:
        batch_op.create_index("ix_intake_draft_saved", ["salon_id", "saved_at"], unique=False)
    op.create_table(
        "intake_response",
        sa.Column("client_id", KEY, nullable=False),
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("has_day", sa.Boolean(), nullable=False),
        sa.Column("questionnaire_version", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("author IN ('self', 'guardian', 'staff')", name=op.f("ck_intake_response_author_known")),
        sa.CheckConstraint("scope IN ('full', 'day')", name=op.f("ck_intake_response_scope_known")),
        sa.ForeignKeyConstraint(
            ["salon_id", "client_id"],
            ["client.salon_id", "client.id"],
            name=op.f("fk_intake_response_salon_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "visit_id"], ["visit.salon_id", "visit.id"], name=op.f("fk_intake_response_salon_id_visit_id")
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_intake_response_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_response")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_intake_response_salon_id_id")),
        sa.UniqueConstraint("salon_id", "visit_id", "number", name=op.f("uq_intake_response_salon_id_visit_id_number")),
    )
    with op.batch_alter_table("intake_response", schema=None) as batch_op:
        batch_op.create_index("ix_intake_response_client", ["salon_id", "client_id", "submitted_at"], unique=False)
    op.create_table(
        "level_raise",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("level IN (0, 10, 20, 30, 40, 50)", name=op.f("ck_level_raise_level_known")),
        sa.ForeignKeyConstraint(
            ["salon_id", "member_id"],
            ["membership.salon_id", "membership.id"],
            name=op.f("fk_level_raise_salon_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_level_raise_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_raise")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_level_raise_salon_id_id")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("appointment_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "appointment_id"],
            ["appointment.salon_id", "appointment.id"],
            name=op.f("fk_acknowledgement_salon_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "member_id"],
            ["membership.salon_id", "membership.id"],
            name=op.f("fk_acknowledgement_salon_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_acknowledgement_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint(
            "salon_id", "appointment_id", "number", name=op.f("uq_acknowledgement_salon_id_appointment_id_number")
        ),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_acknowledgement_salon_id_id")),
    )
    op.create_table(
        "consent",
        sa.Column("response_id", KEY, nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "response_id"],
            ["intake_response.salon_id", "intake_response.id"],
            name=op.f("fk_consent_salon_id_response_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_consent_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_consent_salon_id_id")),
        sa.UniqueConstraint(
            "salon_id", "response_id", "statement", name=op.f("uq_consent_salon_id_response_id_statement")
        ),
    )
    op.create_table(
        "evaluation",
        sa.Column("appointment_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("response_id", KEY, nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("evaluated_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "appointment_id"],
            ["appointment.salon_id", "appointment.id"],
            name=op.f("fk_evaluation_salon_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "response_id"],
            ["intake_response.salon_id", "intake_response.id"],
            name=op.f("fk_evaluation_salon_id_response_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_evaluation_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint(
            "salon_id", "appointment_id", "number", name=op.f("uq_evaluation_salon_id_appointment_id_number")
        ),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_evaluation_salon_id_id")),
    )
    op.create_table(
        "observed_caution",
        sa.Column("appointment_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("observed_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "appointment_id"],
            ["appointment.salon_id", "appointment.id"],
            name=op.f("fk_observed_caution_salon_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "member_id"],
            ["membership.salon_id", "membership.id"],
            name=op.f("fk_observed_caution_salon_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_observed_caution_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observed_caution")),
        sa.UniqueConstraint(
            "salon_id", "appointment_id", "number", name=op.f("uq_observed_caution_salon_id_appointment_id_number")
        ),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_observed_caution_salon_id_id")),
    )
    op.create_table(
        "visit_record",
        sa.Column("appointment_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('as_planned', 'adapted', 'stopped')", name=op.f("ck_visit_record_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "appointment_id"],
            ["appointment.salon_id", "appointment.id"],
            name=op.f("fk_visit_record_salon_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "member_id"],
            ["membership.salon_id", "membership.id"],
            name=op.f("fk_visit_record_salon_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_visit_record_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_record")),
        sa.UniqueConstraint(
            "salon_id", "appointment_id", "number", name=op.f("uq_visit_record_salon_id_appointment_id_number")
        ),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_visit_record_salon_id_id")),
    )


def downgrade() -> None:
    op.drop_table("visit_record")
    op.drop_table("observed_caution")
    op.drop_table("evaluation")
    op.drop_table("consent")
    op.drop_table("acknowledgement")
    op.drop_table("level_raise")
    op.drop_table("intake_response")
    op.drop_table("intake_draft")
    op.drop_table("doctor_ok")
    op.drop_table("api_token")
    op.drop_table("health_read")
    op.drop_table("health_read_head")
    op.drop_table("audit_entry")
    op.drop_table("throttle")

"""Clients, visits, appointments with the overlap guard, links and messages."""

import sqlalchemy as sa
from alembic import op
from walls import add_overlap_guard

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "client",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("age_band", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("merged_into_id", KEY, nullable=True),
        sa.Column("may_book_online", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "merged_into_id"],
            ["client.salon_id", "client.id"],
            name=op.f("fk_client_salon_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_client_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_client_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key", name=op.f("uq_client_salon_id_key")),
    )
    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.create_index("ix_client_email", ["salon_id", "email"], unique=False)
        batch_op.create_index("ix_client_phone", ["salon_id", "phone"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_idempotency_key_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_idempotency_key_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key_hash", name=op.f("uq_idempotency_key_salon_id_key_hash")),
    )
    op.create_table(
        "visit",
        sa.Column("client_id", KEY, nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("group_key", sa.String(), nullable=True),
        sa.Column("series_key", sa.String(), nullable=True),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "client_id"], ["client.salon_id", "client.id"], name=op.f("fk_visit_salon_id_client_id")
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_visit_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("salon_id", "id", "client_id", name=op.f("uq_visit_salon_id_id_client_id")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_visit_salon_id_id")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_client", ["salon_id", "client_id"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("visit_id", KEY, nullable=True),
        sa.Column("client_id", KEY, nullable=True),
        sa.Column("technician_id", KEY, nullable=False),
        sa.Column("service_id", KEY, nullable=False),
        sa.Column("station_id", KEY, nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("block_starts_at", MOMENT, nullable=False),
        sa.Column("block_ends_at", MOMENT, nullable=False),
        sa.Column("price_minor", KEY, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("held_until", MOMENT, nullable=True),
        sa.Column("held_by_hash", sa.String(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("checked_in_at", MOMENT, nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("(status = 'held') = (held_until IS NOT NULL)", name=op.f("ck_appointment_hold_ends")),
        sa.CheckConstraint(
            "status IN ('requested', 'held', 'booked', 'checked_in', 'in_service', 'completed',"
            " 'declined', 'cancelled', 'no_show')",
            name=op.f("ck_appointment_status_known"),
        ),
        sa.CheckConstraint(
            "visit_id IS NOT NULL OR status = 'held'", name=op.f("ck_appointment_only_a_hold_has_no_visit")
        ),
        sa.CheckConstraint(
            "(visit_id IS NULL) = (client_id IS NULL)", name=op.f("ck_appointment_client_is_the_visits")
        ),
        sa.CheckConstraint(
            "block_starts_at <= starts_at AND block_ends_at >= ends_at", name=op.f("ck_appointment_block_covers_visit")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointment_ends_after_start")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_appointment_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["salon_id", "service_id"],
            ["service.salon_id", "service.id"],
            name=op.f("fk_appointment_salon_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "station_id"],
            ["station.salon_id", "station.id"],
            name=op.f("fk_appointment_salon_id_station_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "technician_id"],
            ["technician.salon_id", "technician.id"],
            name=op.f("fk_appointment_salon_id_technician_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "visit_id", "client_id"],
            ["visit.salon_id", "visit.id", "visit.client_id"],
            name=op.f("fk_appointment_salon_id_visit_id_client_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_appointment_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("reference", name=op.f("uq_appointment_reference")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_appointment_salon_id_id")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_client_time", ["salon_id", "client_id", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_appointment_hold",
            ["salon_id", "held_until"],
            unique=False,
            sqlite_where=sa.text("held_until IS NOT NULL"),
            postgresql_where=sa.text("held_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_appointment_station_time", ["salon_id", "station_id", "block_starts_at"], unique=False
        )
        batch_op.create_index(
            "ix_appointment_technician_time", ["salon_id", "technician_id", "block_starts_at"], unique=False
        )
        batch_op.create_index("ix_appointment_time", ["salon_id", "block_starts_at"], unique=False)
        batch_op.create_index("ix_appointment_visit", ["salon_id", "visit_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("minted_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('visit', 'intake', 'privacy')", name=op.f("ck_link_kind_known")),
        sa.ForeignKeyConstraint(
            ["salon_id", "visit_id"],
            ["visit.salon_id", "visit.id"],
            name=op.f("fk_link_salon_id_visit_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_link_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_link_salon_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index("ix_link_visit", ["salon_id", "visit_id"], unique=False)
    op.create_table(
        "outbox_message",
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("tries", KEY, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "visit_id"],
            ["visit.salon_id", "visit.id"],
            name=op.f("fk_outbox_message_salon_id_visit_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_outbox_message_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_outbox_message_salon_id_id")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_message_due", ["sent_at", "due_at"], unique=False)
    op.create_table(
        "appointment_addon",
        sa.Column("appointment_id", KEY, nullable=False),
        sa.Column("addon_id", KEY, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("price_minor", KEY, nullable=False),
        sa.Column("duration_minutes", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "addon_id"],
            ["addon.salon_id", "addon.id"],
            name=op.f("fk_appointment_addon_salon_id_addon_id"),
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "appointment_id"],
            ["appointment.salon_id", "appointment.id"],
            name=op.f("fk_appointment_addon_salon_id_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_appointment_addon_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_addon")),
        sa.UniqueConstraint(
            "salon_id", "appointment_id", "addon_id", name=op.f("uq_appointment_addon_salon_id_appointment_id_addon_id")
        ),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_appointment_addon_salon_id_id")),
    )
    if op.get_bind().dialect.name == "postgresql":
        add_overlap_guard(op.get_bind())


def downgrade() -> None:
    op.drop_table("appointment_addon")
    op.drop_table("outbox_message")
    op.drop_table("link")
    op.drop_table("appointment")
    op.drop_table("visit")
    op.drop_table("idempotency_key")
    op.drop_table("client")

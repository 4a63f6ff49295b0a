"""Salons, people, team and menu."""

import sqlalchemy as sa
from alembic import op
from walls import lower_walls

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "questionnaire_version",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint("version", "rules_version", name=op.f("uq_questionnaire_version_version_rules_version")),
    )
    op.create_table(
        "salon",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("locales", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("street", sa.String(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("emergency_number", sa.String(), nullable=True),
        sa.Column("accent", sa.String(), nullable=True),
        sa.Column("logo_text", sa.String(), nullable=True),
        sa.Column("slot_step_minutes", KEY, nullable=False),
        sa.Column("fit", sa.String(), nullable=False),
        sa.Column("min_notice_minutes", KEY, nullable=False),
        sa.Column("horizon_days", KEY, nullable=False),
        sa.Column("cancel_notice_minutes", KEY, nullable=False),
        sa.Column("intake_valid_days", KEY, nullable=False),
        sa.Column("massage_minutes_a_day", KEY, nullable=True),
        sa.Column("founded_at", MOMENT, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("fit IN ('grid', 'tight')", name=op.f("ck_salon_fit_known")),
        sa.CheckConstraint("horizon_days BETWEEN 1 AND 3650", name=op.f("ck_salon_horizon_in_range")),
        sa.CheckConstraint("intake_valid_days BETWEEN 30 AND 365", name=op.f("ck_salon_intake_validity_in_range")),
        sa.CheckConstraint("min_notice_minutes BETWEEN 0 AND 525600", name=op.f("ck_salon_notice_in_range")),
        sa.CheckConstraint("slot_step_minutes BETWEEN 1 AND 480", name=op.f("ck_salon_step_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salon")),
        sa.UniqueConstraint("slug", name=op.f("uq_salon_slug")),
    )
    op.create_table(
        "user",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("tf_primary_method", sa.String(), nullable=True),
        sa.Column("tf_totp_secret", sa.String(), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "addon",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("duration_minutes", KEY, nullable=False),
        sa.Column("price_minor", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("allergens", sa.JSON(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("duration_minutes BETWEEN 0 AND 5760", name=op.f("ck_addon_duration_in_range")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_addon_price_not_negative")),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_addon_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addon")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_addon_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key", name=op.f("uq_addon_salon_id_key")),
    )
    op.create_table(
        "closure",
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_closure_ends_after_start")),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_closure_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_closure_salon_id_id")),
    )
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.create_index("ix_closure_time", ["salon_id", "ends_at"], unique=False)
    op.create_table(
        "product",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("allergens", sa.JSON(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_product_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_product_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key", name=op.f("uq_product_salon_id_key")),
    )
    op.create_table(
        "service",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("duration_minutes", KEY, nullable=False),
        sa.Column("buffer_before_minutes", KEY, nullable=False),
        sa.Column("buffer_after_minutes", KEY, nullable=False),
        sa.Column("price_minor", KEY, nullable=False),
        sa.Column("massage_kind", sa.String(), nullable=True),
        sa.Column("massage_zones", sa.JSON(), nullable=False),
        sa.Column("requires_intake", sa.Boolean(), nullable=False),
        sa.Column("minimum_age", KEY, nullable=False),
        sa.Column("qualification", sa.String(), nullable=True),
        sa.Column("station_kind", sa.String(), nullable=True),
        sa.Column("without_massage_id", KEY, nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "massage_kind IN ('manicure', 'acupressure', 'complex', 'children', 'medical')",
            name=op.f("ck_service_massage_kind_known"),
        ),
        sa.CheckConstraint(
            "buffer_before_minutes BETWEEN 0 AND 240 AND buffer_after_minutes BETWEEN 0 AND 240",
            name=op.f("ck_service_buffers_in_range"),
        ),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 5760", name=op.f("ck_service_duration_in_range")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_service_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["salon_id", "without_massage_id"],
            ["service.salon_id", "service.id"],
            name=op.f("fk_service_salon_id_without_massage_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_service_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_service_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key", name=op.f("uq_service_salon_id_key")),
    )
    op.create_table(
        "signed_in_session",
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("salon_id", KEY, nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_signed_in_session_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_session_token_hash")),
    )
    with op.batch_alter_table("signed_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_in_session_user_id"), ["user_id"], unique=False)
    op.create_table(
        "station",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_station_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_station_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key", name=op.f("uq_station_salon_id_key")),
        sa.UniqueConstraint("salon_id", "position", name=op.f("uq_station_salon_id_position")),
    )
    op.create_table(
        "technician",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("qualifications", sa.JSON(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_technician_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technician")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_technician_salon_id_id")),
        sa.UniqueConstraint("salon_id", "key", name=op.f("uq_technician_salon_id_key")),
    )
    op.create_table(
        "hours_exception",
        sa.Column("technician_id", KEY, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "technician_id"],
            ["technician.salon_id", "technician.id"],
            name=op.f("fk_hours_exception_salon_id_technician_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_hours_exception_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_exception")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_hours_exception_salon_id_id")),
        sa.UniqueConstraint(
            "salon_id", "technician_id", "on_date", name=op.f("uq_hours_exception_salon_id_technician_id_on_date")
        ),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("technician_id", KEY, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "role <> 'technician' OR technician_id IS NOT NULL", name=op.f("ck_membership_technician_is_named")
        ),
        sa.CheckConstraint("role IN ('owner', 'receptionist', 'technician')", name=op.f("ck_membership_role_known")),
        sa.ForeignKeyConstraint(
            ["salon_id", "technician_id"],
            ["technician.salon_id", "technician.id"],
            name=op.f("fk_membership_salon_id_technician_id"),
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_membership_salon_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_membership_salon_id_id")),
        sa.UniqueConstraint("salon_id", "user_id", name=op.f("uq_membership_salon_id_user_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_user_id"), ["user_id"], unique=False)
    op.create_table(
        "service_addon",
        sa.Column("service_id", KEY, nullable=False),
        sa.Column("addon_id", KEY, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["salon_id", "addon_id"],
            ["addon.salon_id", "addon.id"],
            name=op.f("fk_service_addon_salon_id_addon_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "service_id"],
            ["service.salon_id", "service.id"],
            name=op.f("fk_service_addon_salon_id_service_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_service_addon_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_addon")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_service_addon_salon_id_id")),
        sa.UniqueConstraint(
            "salon_id", "service_id", "addon_id", name=op.f("uq_service_addon_salon_id_service_id_addon_id")
        ),
    )
    op.create_table(
        "technician_service",
        sa.Column("technician_id", KEY, nullable=False),
        sa.Column("service_id", KEY, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("duration_minutes", KEY, nullable=True),
        sa.Column("price_minor", KEY, nullable=True),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 5760", name=op.f("ck_technician_service_duration_in_range")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_technician_service_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["salon_id", "service_id"],
            ["service.salon_id", "service.id"],
            name=op.f("fk_technician_service_salon_id_service_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salon_id", "technician_id"],
            ["technician.salon_id", "technician.id"],
            name=op.f("fk_technician_service_salon_id_technician_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salon_id"], ["salon.id"], name=op.f("fk_technician_service_salon_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technician_service")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_technician_service_salon_id_id")),
        sa.UniqueConstraint(
            "salon_id",
            "technician_id",
            "service_id",
            name=op.f("uq_technician_service_salon_id_technician_id_service_id"),
        ),
    )
    with op.batch_alter_table("technician_service", schema=None) as batch_op:
        batch_op.create_index("ix_technician_service_service", ["salon_id", "service_id"], unique=False)
    op.create_table(
        "time_off",
        sa.Column("technician_id", KEY, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_time_off_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["salon_id", "technician_id"],
            ["technician.salon_id", "technician.id"],
            name=op.f("fk_time_off_salon_id_technician_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_time_off_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_time_off_salon_id_id")),
    )
    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.create_index("ix_time_off_time", ["salon_id", "technician_id", "ends_at"], unique=False)
    op.create_table(
        "weekly_hours",
        sa.Column("technician_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("from_time", sa.String(), nullable=False),
        sa.Column("to_time", sa.String(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("salon_id", KEY, nullable=False),
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('hours', 'break')", name=op.f("ck_weekly_hours_kind_known")),
        sa.ForeignKeyConstraint(
            ["salon_id", "technician_id"],
            ["technician.salon_id", "technician.id"],
            name=op.f("fk_weekly_hours_salon_id_technician_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["salon_id"], ["salon.id"], name=op.f("fk_weekly_hours_salon_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_hours")),
        sa.UniqueConstraint("salon_id", "id", name=op.f("uq_weekly_hours_salon_id_id")),
        sa.UniqueConstraint(
            "salon_id",
            "technician_id",
            "kind",
            "position",
            name=op.f("uq_weekly_hours_salon_id_technician_id_kind_position"),
        ),
    )


def downgrade() -> None:
    op.drop_table("weekly_hours")
    op.drop_table("time_off")
    op.drop_table("technician_service")
    op.drop_table("service_addon")
    op.drop_table("membership")
    op.drop_table("hours_exception")
    op.drop_table("technician")
    op.drop_table("station")
    op.drop_table("signed_in_session")
    op.drop_table("service")
    op.drop_table("product")
    op.drop_table("closure")
    op.drop_table("addon")
    op.drop_table("user")
    op.drop_table("salon")
    op.drop_table("questionnaire_version")
    lower_walls(op.get_bind())

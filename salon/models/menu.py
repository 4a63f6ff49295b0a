"""The menu: services, add-ons and the products on the shelf."""

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, OfSalon, of_salon


class Service(OfSalon, Base):
    """A line on the menu. massage_kind is null for a manicure without massage; texts are {locale: text}."""

    __tablename__ = "service"
    __table_args__ = of_salon(
        UniqueConstraint("salon_id", "key"),
        ForeignKeyConstraint(["salon_id", "without_massage_id"], ["service.salon_id", "service.id"]),
        CheckConstraint("duration_minutes BETWEEN 5 AND 5760", name="duration_in_range"),
        CheckConstraint(
            "buffer_before_minutes BETWEEN 0 AND 240 AND buffer_after_minutes BETWEEN 0 AND 240",
            name="buffers_in_range",
        ),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        CheckConstraint(
            "massage_kind IN ('manicure', 'acupressure', 'complex', 'children', 'medical')", name="massage_kind_known"
        ),
    )
    key: Mapped[str]
    name: Mapped[dict[str, str]] = mapped_column(JSON)
    description: Mapped[dict[str, str]] = mapped_column(JSON)
    category: Mapped[str]
    duration_minutes: Mapped[int]
    buffer_before_minutes: Mapped[int]
    buffer_after_minutes: Mapped[int]
    price_minor: Mapped[int]
    massage_kind: Mapped[str | None]
    massage_zones: Mapped[list[str]] = mapped_column(JSON)
    requires_intake: Mapped[bool]
    minimum_age: Mapped[int]
    qualification: Mapped[str | None]
    station_kind: Mapped[str | None]
    without_massage_id: Mapped[int | None]
    needs_approval: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class Addon(OfSalon, Base):
    """Something added to a service: it lengthens the visit and may carry allergens."""

    __tablename__ = "addon"
    __table_args__ = of_salon(
        UniqueConstraint("salon_id", "key"),
        CheckConstraint("duration_minutes BETWEEN 0 AND 5760", name="duration_in_range"),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
    )
    key: Mapped[str]
    name: Mapped[dict[str, str]] = mapped_column(JSON)
    duration_minutes: Mapped[int]
    price_minor: Mapped[int]
    kind: Mapped[str | None]
    allergens: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int]


class ServiceAddon(OfSalon, Base):
    """The service lists this add-on."""

    __tablename__ = "service_addon"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "service_id"], ["service.salon_id", "service.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["salon_id", "addon_id"], ["addon.salon_id", "addon.id"], ondelete="CASCADE"),
        UniqueConstraint("salon_id", "service_id", "addon_id"),
    )
    service_id: Mapped[int]
    addon_id: Mapped[int]
    position: Mapped[int]


class Product(OfSalon, Base):
    """A product on the shelf with the allergens on its label."""

    __tablename__ = "product"
    __table_args__ = of_salon(UniqueConstraint("salon_id", "key"))
    key: Mapped[str]
    name: Mapped[str]
    allergens: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int]

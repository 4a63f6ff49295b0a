"""Tables and constraints, no logic; importing this package registers every table."""

from salon.models.account import ApiToken, Membership, SignedInSession, User
from salon.models.appointment import Appointment, AppointmentAddon, Link, Visit
from salon.models.audit import AuditEntry, HealthRead, HealthReadHead
from salon.models.caution import Acknowledgement, DoctorOk, ObservedCaution, VisitRecord
from salon.models.client import Client
from salon.models.intake import Consent, Evaluation, IntakeDraft, IntakeResponse, QuestionnaireVersion
from salon.models.menu import Addon, Product, Service, ServiceAddon
from salon.models.outbox import IdempotencyKey, OutboxMessage, Throttle
from salon.models.salon import Closure, LevelRaise, Salon, Station
from salon.models.team import HoursException, Technician, TechnicianService, TimeOff, WeeklyHours

__all__ = [
    "Acknowledgement",
    "Addon",
    "ApiToken",
    "Appointment",
    "AppointmentAddon",
    "AuditEntry",
    "Client",
    "Closure",
    "Consent",
    "DoctorOk",
    "Evaluation",
    "HealthRead",
    "HealthReadHead",
    "HoursException",
    "IdempotencyKey",
    "IntakeDraft",
    "IntakeResponse",
    "LevelRaise",
    "Link",
    "Membership",
    "ObservedCaution",
    "OutboxMessage",
    "Product",
    "QuestionnaireVersion",
    "Salon",
    "Service",
    "ServiceAddon",
    "SignedInSession",
    "Station",
    "Technician",
    "TechnicianService",
    "Throttle",
    "TimeOff",
    "User",
    "Visit",
    "VisitRecord",
    "WeeklyHours",
]

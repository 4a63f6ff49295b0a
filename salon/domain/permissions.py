"""Who may do what: one enum, one grants table; what is not granted is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an actor is in one salon. `public` and the two links are clients; `operator` is the command line."""

    PUBLIC = "public"
    VISIT_LINK = "visit_link"
    INTAKE_LINK = "intake_link"
    RECEPTIONIST = "receptionist"
    TECHNICIAN = "technician"
    OWNER = "owner"
    OPERATOR = "operator"


MEMBER_ROLES = frozenset({Role.OWNER, Role.RECEPTIONIST, Role.TECHNICIAN})


class Permission(StrEnum):
    """noun:verb; each use case names exactly one."""

    MENU_READ = "menu:read"
    SLOTS_READ = "slots:read"
    VISIT_BOOK = "visit:book"
    OWN_VISIT_READ = "own_visit:read"
    OWN_VISIT_CHANGE = "own_visit:change"
    OWN_INTAKE_ANSWER = "own_intake:answer"
    OWN_MASSAGE_DROP = "own_massage:drop"
    DAY_READ = "day:read"
    VISIT_BOOK_FOR_CLIENT = "visit:book_for_client"
    VISIT_MOVE = "visit:move"
    VISIT_CANCEL = "visit:cancel"
    VISIT_RECEIVE = "visit:receive"
    SERVICE_CHANGE = "service:change"
    DOCTOR_OK_RECORD = "doctor_ok:record"
    INTAKE_LINK_SEND = "intake_link:send"
    CLIENT_READ = "client:read"
    CARD_READ = "card:read"
    CAUTION_ACKNOWLEDGE = "caution:acknowledge"
    CAUTION_OBSERVE = "caution:observe"
    VISIT_PERFORM = "visit:perform"
    SCREENING_PREVIEW = "screening:preview"
    RULES_READ = "rules:read"
    AUDIT_READ = "audit:read"
    SALON_MANAGE = "salon:manage"
    SALON_IMPORT = "salon:import"
    SALON_EXPORT = "salon:export"
    MEMBER_ADD = "member:add"
    TOKEN_CREATE = "token:create"  # noqa: S105 - a permission's name, not a secret
    MESSAGES_SEND = "messages:send"
    RETENTION_RUN = "retention:run"


_ANYBODY = frozenset({Permission.MENU_READ, Permission.SLOTS_READ, Permission.VISIT_BOOK})
_MEMBER = _ANYBODY | {Permission.RULES_READ}
_DESK = _MEMBER | {
    Permission.DAY_READ,
    Permission.VISIT_BOOK_FOR_CLIENT,
    Permission.VISIT_MOVE,
    Permission.VISIT_CANCEL,
    Permission.VISIT_RECEIVE,
    Permission.SERVICE_CHANGE,
    Permission.DOCTOR_OK_RECORD,
    Permission.INTAKE_LINK_SEND,
    Permission.CLIENT_READ,
}

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.PUBLIC: _ANYBODY,
    Role.VISIT_LINK: _ANYBODY | {Permission.OWN_VISIT_READ, Permission.OWN_VISIT_CHANGE, Permission.OWN_MASSAGE_DROP},
    Role.INTAKE_LINK: frozenset({Permission.OWN_INTAKE_ANSWER, Permission.OWN_MASSAGE_DROP}),
    Role.RECEPTIONIST: _DESK,
    Role.TECHNICIAN: _MEMBER
    | {
        Permission.DAY_READ,
        Permission.CARD_READ,
        Permission.CAUTION_ACKNOWLEDGE,
        Permission.CAUTION_OBSERVE,
        Permission.VISIT_PERFORM,
        Permission.SERVICE_CHANGE,
        Permission.DOCTOR_OK_RECORD,
        Permission.SCREENING_PREVIEW,
    },
    Role.OWNER: _DESK
    | {
        Permission.SCREENING_PREVIEW,
        Permission.AUDIT_READ,
        Permission.SALON_MANAGE,
        Permission.SALON_EXPORT,
        Permission.MEMBER_ADD,
        Permission.TOKEN_CREATE,
    },
    Role.OPERATOR: frozenset(
        {
            Permission.SALON_IMPORT,
            Permission.SALON_EXPORT,
            Permission.MEMBER_ADD,
            Permission.TOKEN_CREATE,
            Permission.MESSAGES_SEND,
            Permission.RETENTION_RUN,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which salon. salon_id is None only for the operator founding one.

    member_id, user_id, technician_id for members; visit_id, link_id for holders of a link.
    source says the channel: "public", "desk", "api", "link", "import", "cli".
    """

    role: Role
    salon_id: int | None
    source: str
    user_id: int | None = None
    member_id: int | None = None
    technician_id: int | None = None
    visit_id: int | None = None
    link_id: int | None = None
    name: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether the grants table gives the permission; a member linked to a technician is one as well."""
        return permission in GRANTS[self.role] or (
            self.technician_id is not None and permission in GRANTS[Role.TECHNICIAN]
        )

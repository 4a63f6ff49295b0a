"""Every use case names a permission that somebody is granted; no permission is left without a use."""

import salon.web  # noqa: F401 - brings in every use case
from salon.domain.permissions import GRANTS, Permission
from salon.usecases.boundary import PERMISSION_OF


def test_every_use_case_is_granted_to_somebody_and_every_permission_is_used() -> None:
    granted = {permission for permissions in GRANTS.values() for permission in permissions}
    assert set(PERMISSION_OF.values()) <= granted
    assert {permission for permission in Permission if permission not in granted} == set()

"""The JSON API under /api/v1: the same use cases as the pages."""

from salon.web.api import documents, intake, public, screening, staff, visits
from salon.web.api.blueprint import api

__all__ = ["api", "documents", "intake", "public", "screening", "staff", "visits"]

"""The blueprint of the health check with all its pages."""

from salon.web.intake import ways
from salon.web.intake.views import intake

__all__ = ["intake", "ways"]

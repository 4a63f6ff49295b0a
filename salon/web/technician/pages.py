"""The blueprint of the technician with all her pages."""

from salon.web.technician import acts, views
from salon.web.technician.views import technician

__all__ = ["acts", "technician", "views"]

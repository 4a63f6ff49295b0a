"""The blueprint of the desk with all its pages."""

from salon.web.desk import booking, views, visit
from salon.web.desk.blueprint import desk

__all__ = ["booking", "desk", "views", "visit"]

"""The blueprint of the public pages with all of them."""

from salon.web.public import booking, views
from salon.web.public.blueprint import public

__all__ = ["booking", "public", "views"]

"""The demo salons: two salons with a fortnight of visits around today, made through the same use cases as real ones."""

from salon.demo.loading import Loaded, load_salons
from salon.demo.people import PASSWORD, SIGN_INS

__all__ = ["PASSWORD", "SIGN_INS", "Loaded", "load_salons"]

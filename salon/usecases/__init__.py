"""Use cases: one function = one permission, one salon, one transaction."""

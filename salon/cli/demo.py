"""`salon demo`: the demo salons, loaded through the same use cases as everything else."""


def load_demo() -> str:
    """Load what is not there yet and return the sign-ins."""
    return ""

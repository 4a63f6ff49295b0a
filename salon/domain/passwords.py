"""Which passwords are taken: 8 to 128 characters, any of them, but none that everybody tries first."""

SHORTEST = 8
LONGEST = 128
# Heads of every public list of leaked passwords; longer ones that only repeat or count are caught below.
_TRIED_FIRST = frozenset(
    {
        *("password", "passw0rd", "p@ssword", "p@ssw0rd", "passwort", "contraseña", "iloveyou", "sunshine", "princess"),
        *("football", "baseball", "superman", "trustno1", "letmein1", "welcome1", "whatever", "computer", "starwars"),
        *("qwertyui", "qwertyuiop", "1q2w3e4r", "1q2w3e4r5t", "zaq12wsx", "qwerty123", "qwer1234", "asdfghjk"),
        *("asdfghjkl", "abcd1234", "abc12345", "admin123", "changeme", "manicure", "nailsalon", "salon123"),
    }
)
_ROWS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def password_fault(password: str) -> str | None:
    """Return why a password is not taken (`too_short`, `too_long`, `too_common`), or None."""
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    plain = password.casefold()
    root = plain.rstrip("0123456789!.?#*")
    repeats = len(set(plain)) <= 2
    if plain in _TRIED_FIRST or root in _TRIED_FIRST or repeats or any(plain in row for row in _ROWS):
        return "too_common"
    return None

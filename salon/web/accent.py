"""A salon's accent: the hue and the strength of its colour, as a style sheet of two values; lightness stays ours."""

import math

STRONGEST = 0.13  # above it the lightest and darkest tints leave what a screen can show
OUR_OWN = (345.0, 0.115)


def accent(colour: str) -> tuple[float, float]:
    """Return hue (degrees) and chroma of a #rrggbb colour in OKLCH; grey or unreadable gives our own plum."""
    try:
        red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    except ValueError:
        return OUR_OWN
    hue, chroma = _oklch(_linear(red), _linear(green), _linear(blue))
    return (hue, min(chroma, STRONGEST)) if chroma > 0.02 else (OUR_OWN[0], chroma)  # grey has no hue


def style_sheet(colour: str) -> str:
    """Return the sheet that the tokens read: hue and chroma, nothing else."""
    hue, chroma = accent(colour)
    return f"@layer tokens {{ :root {{ --accent-hue: {hue:.1f}; --accent-chroma: {chroma:.3f}; }} }}\n"


def _linear(share: float) -> float:
    """Return the light that an sRGB value of 0 to 1 stands for."""
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # the sRGB curve


def _oklch(red: float, green: float, blue: float) -> tuple[float, float]:
    """Return hue in degrees and chroma, by Ottosson's matrices."""
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)

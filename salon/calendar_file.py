"""One visit as an .ics file: what, when, where; no note, no answer, no link that opens more."""

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def calendar_file(
    *, uid: str, starts_at: datetime, ends_at: datetime, zone: ZoneInfo, title: str, place: str, now: datetime
) -> bytes:
    """Return the file. A line break in a text becomes an escape, never a line of the file."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", starts_at.astimezone(zone))
    event.add("dtend", ends_at.astimezone(zone))
    event.add("summary", title)
    if place:
        event.add("location", place)
    calendar = Calendar()
    calendar.add("prodid", "-//Salon//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written

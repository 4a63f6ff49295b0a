"""How long the engine takes for a month of 50 technicians at a 5-minute step: `python -m tests.bench.engine`."""

# ruff: noqa: T201 - its output is what it is for

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from salon.domain.availability import FreeStarts, Request, SalonRules, Span, StationTime, TechnicianTime, free_starts
from salon.domain.minute_mask import covered, dates_from
from salon.domain.working_starts import working_starts
from salon.domain.working_time import WEEKDAYS, Weekly, WorkingTime

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
RULES = SalonRules(ZoneInfo("Europe/Berlin"), step_minutes=5, notice_minutes=120, horizon_days=60)


def technician(number: int, random: Random) -> TechnicianTime:
    """Return one with hours of her own, a lunch break and four bookings on each of five days a week."""
    opens = random.choice([480, 540, 600])
    days = random.sample(WEEKDAYS, 5)
    shift = Weekly.written(days, f"{opens // 60:02d}:{number % 60:02d}", f"{opens // 60 + 9:02d}:00")
    lunch = Weekly.written(days, f"{opens // 60 + 4:02d}:00", f"{opens // 60 + 4:02d}:30")
    blocks = []
    for day in range((LAST - FIRST).days + 1):
        morning = datetime.combine(FIRST, datetime.min.time(), UTC) + timedelta(days=day, minutes=opens)
        for quarter in sorted(random.sample(range(0, 36, 6), 4)) if WEEKDAYS[morning.weekday()] in days else ():
            starts_at = morning + timedelta(minutes=15 * quarter)
            blocks.append(Span(starts_at, starts_at + timedelta(minutes=70)))
    return TechnicianTime(f"technician-{number:02d}", WorkingTime((shift,), (lunch,)), 60, tuple(blocks))


def milliseconds(work: Callable[[], object], *, rounds: int = 30, before: Callable[[], object] = gc.collect) -> str:
    """Return median and least processor time of some rounds."""
    times = []
    for _ in range(rounds):
        before()
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return f"median {statistics.median(times):7.2f} ms   least {min(times):7.2f} ms"


def forget() -> None:
    """Empty what the engine remembers of equal working times."""
    working_starts.cache_clear()
    dates_from.cache_clear()
    gc.collect()


def core(request: Request) -> Callable[[], list[int]]:
    """Return the set arithmetic alone: sets of candidates and of busy minutes given, free starts wanted."""
    from salon.domain.availability import _Window

    window = _Window(RULES, request, FIRST, LAST, NOW)
    allowed, size, origin = window.allowed, window.size, window.origin
    sets = []
    for each in request.technicians:
        grid, _ = working_starts(each.working, RULES.zone, FIRST, LAST, RULES.step_minutes, each.length_minutes)
        blocks = [
            (int(span.starts_at.timestamp()) // 60 - origin, int(span.ends_at.timestamp()) // 60 - origin)
            for span in each.blocks
        ]
        sets.append((grid, covered(blocks, size)))

    def run() -> list[int]:
        found = []
        for grid, busy in sets:
            reach, near = 1, busy
            while reach < 70:  # service and buffer
                by = min(reach, 70 - reach)
                near |= near >> by
                reach += by
            found.append(grid & allowed & ~near)
        return found

    return run


def main() -> None:
    """Print the figures."""
    random = Random(7)
    technicians = tuple(technician(number, random) for number in range(50))
    stations = tuple(StationTime(f"table-{number}", technicians[number].blocks) for number in range(0, 50, 5))
    for count in (1, 10, 50):
        request = Request(technicians[:count], after_minutes=10)

        def free(request: Request = request) -> FreeStarts:
            return free_starts(RULES, request, first=FIRST, last=LAST, now=NOW)

        assert core(request)() == [mask for _, mask in free().masks]
        print(f"{count} technicians, 31 days, step 5 min, {len(free().slots())} starts")
        print(f"  set arithmetic alone                   {milliseconds(core(request))}")
        print(f"  from spans, working times seen before  {milliseconds(free)}")
        print(f"  from spans, nothing remembered         {milliseconds(free, before=forget)}")
        print(f"  from spans to the list of slots        {milliseconds(lambda free=free: free().slots())}")
    with_stations = replace(request, stations=stations)
    print(f"  and with 10 stations, without the list {milliseconds(lambda: free(with_stations))}")


if __name__ == "__main__":
    main()

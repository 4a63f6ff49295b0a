"""Eight clients want the same fifty starts at the same moment, against several server processes, on both databases."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config import Settings
from tests.contract.test_outsider import FILE, Outsider
from tests.servers import production_server, salon_command

RACERS = 8
STARTS = 50


@pytest.fixture
def outsider(settings: Settings) -> Iterator[Outsider]:
    assert salon_command(settings, "import", str(FILE)).returncode == 0
    with production_server(settings, workers=4) as url:
        yield Outsider(url, {})


def _starts(outsider: Outsider, every: int) -> list[str]:
    today = datetime.now(UTC).date() + timedelta(days=2)
    query = f"service=spa-manicure&from={today}&to={today + timedelta(days=20)}"
    _, found = outsider.call("GET", f"/salons/outsider/slots?{query}")
    return [slot["start"] for slot in found["slots"]][::every][:STARTS]


def _race(outsider: Outsider, wanted: list[list[str]]) -> list[list[tuple[int, Any]]]:
    """Let each racer book her list, all beginning each round together; return what each was answered."""
    gate = threading.Barrier(len(wanted))
    answers: list[list[tuple[int, Any]]] = [[] for _ in wanted]

    def run(racer: int) -> None:
        for start in wanted[racer]:
            gate.wait(timeout=60)
            answers[racer].append(outsider.book(start))

    threads = [threading.Thread(target=run, args=(racer,)) for racer in range(len(wanted))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_of_eight_gets_each_start(outsider: Outsider) -> None:
    starts = _starts(outsider, every=5)
    answers = _race(outsider, [starts] * RACERS)
    counted = Counter(status for racer in answers for status, _ in racer)
    assert counted == {201: STARTS, 409: STARTS * (RACERS - 1)}
    for number in range(STARTS):
        assert sum(racer[number][0] == 201 for racer in answers) == 1
    references = {body["reference"] for racer in answers for status, body in racer if status == 201}
    assert len(references) == STARTS


def test_starts_that_overlap_by_a_part_have_one_winner_as_well(outsider: Outsider) -> None:
    starts = _starts(outsider, every=8)[:20]
    quarter = timedelta(minutes=15)
    shifted = [
        [(datetime.fromisoformat(start) + quarter * (racer % 4)).isoformat() for start in starts]
        for racer in range(RACERS)
    ]
    answers = _race(outsider, shifted)
    for number in range(len(starts)):
        assert sum(racer[number][0] == 201 for racer in answers) == 1
    assert {status for racer in answers for status, _ in racer} <= {201, 409}


def test_neighbouring_starts_are_all_accepted(outsider: Outsider) -> None:
    starts = _starts(outsider, every=5)[:RACERS]
    first = datetime.fromisoformat(starts[0])
    neighbours = [[(first + timedelta(minutes=75 * racer)).isoformat()] for racer in range(RACERS)]
    answers = _race(outsider, neighbours)
    assert [racer[0][0] for racer in answers] == [201] * RACERS


def test_the_same_request_at_once_books_once(outsider: Outsider) -> None:
    start = _starts(outsider, every=5)[0]
    gate = threading.Barrier(RACERS)
    answers: list[tuple[int, Any]] = []

    def run() -> None:
        gate.wait(timeout=60)
        answers.append(outsider.book(start, key="one-click"))

    threads = [threading.Thread(target=run) for _ in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [status for status, _ in answers] == [201] * RACERS
    assert len({body["reference"] for _, body in answers}) == 1
